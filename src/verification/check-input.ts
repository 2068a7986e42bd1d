import type { FetchAnswer } from '../ports/fetcher.js';
import { missingDetail } from '../ports/resolver.js';
import { parseReading } from './checks/parse.js';
import { type InputProblem, nothingToJudge } from './inputs/input-problem.js';
import { readBody } from './inputs/read-body.js';
import { type InputReading, readInput } from './inputs/read-input.js';
import type { VerificationReport } from './report.js';
import { type VerifyCredentialOptions, verifyParsed } from './verify-credential.js';

/** What somebody hands in: a request's body with its declared type, or text or a file that declares nothing. */
export type HandedIn =
  | { readonly bytes: Uint8Array; readonly contentType: string | undefined }
  | { readonly bytes: Uint8Array }
  | { readonly text: string };

/** A report, and where there is nothing to report on, the reason why: the report then says so and no more. */
export type InputAnswer =
  | { readonly kind: 'report'; readonly report: VerificationReport }
  | { readonly kind: 'refused'; readonly problem: InputProblem; readonly report: VerificationReport };

export interface CheckInputOptions extends Omit<VerifyCredentialOptions, 'input'> {
  /** Has what lies at an address. One hop: never asked twice. */
  readonly fetchBadge: (url: string) => Promise<FetchAnswer>;
}

/**
 * Verifies whatever was handed in: JSON, a compact JWS, a PNG or SVG picture with a badge baked in, or an https address
 * of one of these. Never throws for bad input.
 */
export async function checkInput(input: HandedIn, { fetchBadge, ...options }: CheckInputOptions): Promise<InputAnswer> {
  const handedIn = readHandedIn(input);
  const reading = handedIn.kind === 'url' ? await lookUp(handedIn.url, fetchBadge) : handedIn;
  const report = await verifyParsed(parseReading(reading), options);
  // With status 200 it could be read: what is wrong with it is the verdict.
  return reading.kind === 'problem' && reading.status !== 200
    ? { kind: 'refused', problem: reading, report }
    : { kind: 'report', report };
}

function readHandedIn(input: HandedIn): InputReading {
  if ('text' in input) return readInput(input.text);
  return 'contentType' in input
    ? readBody({ contentType: input.contentType, bytes: input.bytes })
    : readInput(input.bytes);
}

/** What an address leads to must be a badge, not another address: bytes are never read as one (V62). */
async function lookUp(url: string, fetchBadge: CheckInputOptions['fetchBadge']): Promise<InputReading> {
  const answer = await fetchBadge(url);
  if (answer.outcome === 'found') return readInput(answer.bytes);
  return answer.outcome === 'refused'
    ? nothingToJudge(422, 'url-not-allowed', { found: url })
    : nothingToJudge(422, 'badge-not-retrieved', { url, detail: missingDetail(answer) });
}
