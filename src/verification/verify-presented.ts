import type { JsonObject } from '../ports/json.js';
import type { Language } from '../text/localized.js';
import { parseReading } from './checks/parse.js';
import { isEnvelope, openEnvelope } from './enveloped-credential.js';
import type { VerificationMeans } from './examination.js';
import { readCompactJws } from './inputs/compact-jws.js';
import type { VerificationReport } from './report.js';
import { verifyCredential, verifyParsed } from './verify-credential.js';

/**
 * Verifies a credential as other software hands it in: on its own, in an envelope, or as a compact JWS; an Open Badge or
 * any other. A text is a JWS and nothing else: no address is looked up and no picture opened for it.
 * @see https://w3c-ccg.github.io/vc-api/#verify-credential
 */
export async function verifyPresented(
  credential: JsonObject | string,
  options: VerificationMeans & { readonly language: Language },
): Promise<VerificationReport> {
  const accepting = { ...options, accept: 'credentials' } as const;
  if (typeof credential === 'string') return verifyParsed(parseReading(readCompactJws(credential)), accepting);
  if (!isEnvelope(credential)) return verifyCredential({ ...accepting, input: credential });
  const opened = openEnvelope(credential, options.contexts);
  return opened.ok
    ? verifyParsed(parseReading(readCompactJws(opened.jws)), accepting)
    : verifyParsed({ ok: false, check: 'parse', findings: opened.findings }, accepting);
}
