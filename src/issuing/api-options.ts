import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { StatusPurpose } from '../ports/ledger.js';
import { PROOF_SUITES, type ProofSuite } from '../proof/suites.js';
import { type CheckCode, type CheckFacts, checkMessage } from '../text/check-messages.js';
import { jsonPointer } from '../text/json-pointer.js';
import type { LintProblem } from '../verification/lint-credential.js';

/** What a caller of `POST /credentials/issue` asks for besides the credential. */
export interface ApiOptions {
  /** Proofs to make; those that fit the document unless asked. */
  readonly suites?: readonly ProofSuite[];
  /** Purpose of the status entry that is asked for; none unless asked. */
  readonly statusPurpose?: StatusPurpose;
}

export type ApiOptionsReading =
  | { readonly ok: true; readonly options: ApiOptions }
  | { readonly ok: false; readonly problems: readonly LintProblem[] };

const KNOWN: ReadonlySet<string> = new Set(['type', 'cryptosuite', 'credentialStatus']);
const STATUS_MEMBERS: ReadonlySet<string> = new Set(['type', 'statusPurpose']);
const PURPOSES: readonly StatusPurpose[] = ['revocation', 'suspension'];

/**
 * Reads the options strictly: what is not understood is refused, never passed over.
 * @see https://w3c-ccg.github.io/vc-api/#issue-credential
 */
export function readApiOptions(options: JsonObject): ApiOptionsReading {
  const problems: LintProblem[] = unknownMembers(options, KNOWN, '/options');
  const suite = readSuite(options, problems);
  const statusPurpose = readStatusPurpose(options['credentialStatus'], problems);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    options: {
      ...(suite === undefined ? {} : { suites: [suite] }),
      ...(statusPurpose === undefined ? {} : { statusPurpose }),
    },
  };
}

/** `DataIntegrityProof` with a cryptosuite, or the name of a suite in either place. */
function readSuite({ type, cryptosuite }: JsonObject, problems: LintProblem[]): ProofSuite | undefined {
  if (type === undefined && cryptosuite === undefined) return undefined;
  const isNamed = type === undefined || type === 'DataIntegrityProof';
  const name = isNamed ? (cryptosuite ?? 'eddsa-rdfc-2022') : cryptosuite === undefined ? type : undefined;
  const suite = PROOF_SUITES.find((known) => known === name);
  // A cryptosuite of a Data Integrity proof is never the name of the older kind of proof.
  if (suite !== undefined && (suite === 'eddsa-rdfc-2022' || !isNamed)) return suite;
  const pointer = cryptosuite === undefined ? '/options/type' : '/options/cryptosuite';
  const found = String(cryptosuite ?? type);
  problems.push(problem('unsupported-suite', pointer, { found, offered: PROOF_SUITES.join(', ') }));
  return undefined;
}

function readStatusPurpose(value: Json | undefined, problems: LintProblem[]): StatusPurpose | undefined {
  if (value === undefined) return undefined;
  const [entry, ...others] = Array.isArray(value) ? value : [value];
  const pointer = '/options/credentialStatus';
  if (!isJsonObject(entry) || others.length > 0 || entry['type'] !== 'BitstringStatusListEntry') {
    problems.push(problem('unsupported-status-request', pointer));
    return undefined;
  }
  problems.push(...unknownMembers(entry, STATUS_MEMBERS, pointer));
  const { statusPurpose = 'revocation' } = entry;
  const purpose = PURPOSES.find((known) => known === statusPurpose);
  if (purpose === undefined) problems.push(problem('unsupported-status-request', `${pointer}/statusPurpose`));
  return purpose;
}

function unknownMembers(value: JsonObject, known: ReadonlySet<string>, pointer: string): LintProblem[] {
  return Object.keys(value)
    .filter((member) => !known.has(member))
    .map((member) => problem('unknown-member', `${pointer}${jsonPointer([member])}`, { member }));
}

/** A problem outside the credential, in the words of the catalogue. */
export function problem<Code extends CheckCode>(
  code: Code,
  pointer: string | null,
  ...facts: CheckFacts<Code>
): LintProblem {
  return { code, pointer, message: checkMessage(code, ...facts) };
}
