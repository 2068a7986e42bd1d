import type { Json, JsonObject } from '../ports/json.js';
import { CREDENTIALS_V2, DATA_INTEGRITY_V2, ED25519_SIGNATURE_2020_V1 } from '../proof/context-urls.js';
import type { ProofSuite } from '../proof/suites.js';

/** Contexts that define a suite's terms; the last is the one to append where none is there. */
const DEFINED_BY: Readonly<Record<ProofSuite, readonly [...string[], string]>> = {
  'eddsa-rdfc-2022': [CREDENTIALS_V2, DATA_INTEGRITY_V2],
  Ed25519Signature2020: [ED25519_SIGNATURE_2020_V1],
};

/**
 * The proofs a document can bear and the document that bears them. Asked for, a suite's context is appended where it is
 * missing, as Data Integrity has processors do; not asked for, the suites are those whose terms the document defines,
 * and the first with its context appended where it defines none (a document of VCDM 1.1).
 * @param suites at least one. @see https://www.w3.org/TR/vc-data-integrity/#context-injection
 */
export function fittingSuites(
  credential: JsonObject,
  suites: readonly ProofSuite[],
  { asked }: { readonly asked: boolean },
): { readonly document: JsonObject; readonly suites: readonly ProofSuite[] } {
  const context = credential['@context'];
  // What is no list is refused when the document is looked at; nothing is made one here.
  if (!Array.isArray(context)) return { document: credential, suites };
  const fitting = suites.filter((suite) => DEFINED_BY[suite].some((url) => context.includes(url)));
  const chosen = asked || fitting.length === 0 ? suites.slice(0, asked ? suites.length : 1) : fitting;
  const missing = chosen.filter((suite) => !fitting.includes(suite)).flatMap((suite) => DEFINED_BY[suite].at(-1) ?? []);
  const contexts: readonly Json[] = [...context, ...missing];
  return { document: missing.length === 0 ? credential : { ...credential, '@context': contexts }, suites: chosen };
}
