import type { LedgerEvent } from '../../ports/ledger.js';
import type { StoreChange } from '../../ports/store.js';

export type SubjectKind = 'credential' | 'list' | 'issuer' | 'achievement';

/** What a public answer is about: a credential or list by its id, an issuer by its slug, an achievement by its path. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
}

/** Subjects a change touches; without a name all of their kind. */
export type Touched = 'nothing' | 'everything' | readonly { readonly kind: SubjectKind; readonly name?: string }[];

/**
 * What public answers a change of the store may have made untrue. What issuers, programmes and keys are is part of every
 * answer, and an erasure names refs, not credentials: these change seldom and touch everything, and so does a kind of
 * event that nobody thought of here.
 */
export function touchedBy(change: StoreChange): Touched {
  switch (change.shape) {
    case 'ledger':
      return touchedByEvent(change.event);
    case 'documents': {
      const { collection } = change.partition;
      return collection === 'issuers' || collection === 'programmes' ? 'everything' : 'nothing';
    }
    case 'log':
      // Rows about a credential that its page may show, a withdrawal first of all, have its id as their key.
      return [{ kind: 'credential', name: change.key }];
    case 'all':
      return 'everything';
  }
}

function touchedByEvent(event: LedgerEvent): Touched {
  switch (event.kind) {
    case 'sealed':
    case 'judged':
    case 'list-opened':
      return 'nothing';
    case 'reserved':
    case 'issued':
    case 'voided':
      return [{ kind: 'credential', name: event.credential }];
    case 'revoked':
    case 'suspended':
    case 'reinstated':
    case 'superseded':
      return [{ kind: 'credential', name: event.credential }, { kind: 'list' }];
    default:
      return 'everything';
  }
}
