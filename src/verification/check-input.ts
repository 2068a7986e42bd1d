import { type InputProblem, inputProblem } from './inputs/input-problem.js';
import { readBody } from './inputs/read-body.js';
import { type InputReading, readInput } from './inputs/read-input.js';
import type { VerificationReport } from './report.js';
import { type VerifyCredentialOptions, verifyCredential } from './verify-credential.js';

/** What somebody hands in: a request's body with its declared type, or text or a file that declares nothing. */
export type HandedIn =
  | { readonly bytes: Uint8Array; readonly contentType: string | undefined }
  | { readonly bytes: Uint8Array }
  | { readonly text: string };

/** A report, or the reason why there is nothing to report on. */
export type InputAnswer =
  | { readonly kind: 'report'; readonly report: VerificationReport }
  | { readonly kind: 'refused'; readonly problem: InputProblem };

export interface CheckInputOptions extends Omit<VerifyCredentialOptions, 'input'> {
  /** Has the bytes at an address of somebody else; undefined when they could not be had. One hop: never asked twice. */
  readonly fetchBadge: (url: string) => Promise<Uint8Array | undefined>;
}

/**
 * Verifies whatever was handed in: JSON, a compact JWS, a PNG or SVG picture with a badge baked in, or an https address
 * of one of these. Never throws for bad input.
 */
export async function checkInput(input: HandedIn, options: CheckInputOptions): Promise<InputAnswer> {
  const reading = readHandedIn(input);
  if (reading.kind !== 'url') return answer(reading, input, options);
  const bytes = await options.fetchBadge(reading.url);
  if (bytes === undefined) return refused(inputProblem(422, 'url-not-allowed', { found: reading.url }));
  const fetched = readInput(bytes);
  // What an address leads to must be a badge, not another address.
  if (fetched.kind === 'url') return refused(inputProblem(422, 'url-not-allowed', { found: fetched.url }));
  return answer(fetched, { bytes }, options);
}

function readHandedIn(input: HandedIn): InputReading {
  if ('text' in input) return readInput(input.text);
  return 'contentType' in input
    ? readBody({ contentType: input.contentType, bytes: input.bytes })
    : readInput(input.bytes);
}

async function answer(
  reading: Exclude<InputReading, { readonly kind: 'url' }>,
  input: HandedIn,
  { fetchBadge: _fetchBadge, ...options }: CheckInputOptions,
): Promise<InputAnswer> {
  switch (reading.kind) {
    case 'json':
      return report({ ...options, input: reading.document });
    case 'jws':
      return report({ ...options, input: reading.jws.compact });
    case 'open-badges-2':
      return report({ ...options, input: reading.text });
    case 'problem':
      // It could be read: what is wrong with it is the verdict.
      return reading.status === 200
        ? report({ ...options, input: 'text' in input ? input.text : input.bytes })
        : refused(reading);
  }
}

async function report(options: VerifyCredentialOptions): Promise<InputAnswer> {
  return { kind: 'report', report: await verifyCredential(options) };
}

function refused(problem: InputProblem): InputAnswer {
  return { kind: 'refused', problem };
}
