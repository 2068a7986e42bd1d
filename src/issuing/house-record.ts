import type { IssuerRecord, OwnStateRecord } from '../ports/house-record.js';
import type { IssuingCore } from './context.js';
import { listIssuers } from './issuers.js';
import { findByAddress, ownStateRecord } from './own-resolver.js';
import { isWithdrawn } from './withdrawal.js';

/** Who issues here, for verification that happens elsewhere. */
export async function issuerRecords(context: IssuingCore): Promise<IssuerRecord[]> {
  return Promise.all(
    (await listIssuers(context)).map(async ({ did, baseUrl, slug }) => ({
      did,
      baseUrl,
      controllerDocument: context.didDocument(did, await context.store.ledger.keys(slug)),
    })),
  );
}

/**
 * What is told of a badge to whoever knows its id. Nothing alike of an id that is unknown, reserved, voided or erased and
 * of a badge its holder withdrew from sharing: from outside they cannot be told apart.
 * @param id of the credential, as signed. @param issuer who it says issued it.
 */
export async function tellOwnState(context: IssuingCore, id: string, issuer: string): Promise<OwnStateRecord> {
  const nothing = {
    issuer,
    state: 'not-told',
    newestValidFrom: null,
    superseded: [],
    lists: [],
    recorded: [],
  } as const;
  const entry = await findByAddress(context, id, issuer);
  if (entry === undefined || TOLD_OF_NOBODY.has(entry.state)) return nothing;
  return (await isWithdrawn(context, entry.issuer, entry.credential)) ? nothing : ownStateRecord(context, entry);
}

const TOLD_OF_NOBODY: ReadonlySet<string> = new Set(['reserved', 'voided', 'erased']);
