import { sniff } from '../../media/sniff.js';
import { OTHER_FILES } from '../../text/check-messages-input.js';
import { LIMITS } from '../limits.js';
import { readCompactJws } from './compact-jws.js';
import { type InputProblem, inputProblem, nothingToJudge } from './input-problem.js';
import { readJsonBytes } from './json-text.js';
import { type InputReading, readInput } from './read-input.js';

type Expected = 'json' | 'jws' | 'text' | 'image' | 'pdf';

const EXPECTED: ReadonlyMap<string, Expected> = new Map([
  ['application/json', 'json'],
  ['application/ld+json', 'json'],
  ['application/vc', 'json'],
  ['application/vc+ld+json', 'json'],
  ['application/jwt', 'jws'],
  ['application/vc+jwt', 'jws'],
  ['application/vc+ld+jwt', 'jws'],
  ['application/vc-ld+jwt', 'jws'],
  ['text/plain', 'text'],
  ['image/png', 'image'],
  ['image/svg+xml', 'image'],
  ['application/pdf', 'pdf'],
]);

/**
 * Reads the body of a request that declares its type. The type says what is acceptable, the bytes what it is: a picture
 * under the wrong name of the two is read as what it is, anything else that does not fit is refused (threat cases V5,
 * V61). `text/plain` may only be one compact JWS.
 * @param contentType the header as received; its parameters are not looked at, since JSON is UTF-8 whatever they say.
 */
export function readBody({
  contentType,
  bytes,
}: {
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}): InputReading {
  const sniffed = sniff(bytes);
  if (sniffed.format === 'unknown' && sniffed.looksLike === 'empty') return inputProblem(400, 'empty-input');
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const expected = EXPECTED.get(mediaType);
  if (expected === undefined) return wrongType();
  if (expected === 'image') {
    const isPicture = sniffed.format === 'png' || sniffed.format === 'svg' || sniffed.format === 'unknown';
    return isPicture ? readInput(bytes) : wrongType();
  }
  if (expected === 'pdf') return sniffed.format === 'pdf' ? readInput(bytes) : wrongType();
  if (bytes.length > LIMITS.maxBytes) return inputProblem(413, 'payload-too-large', { limit: LIMITS.maxBytes });
  if (expected === 'json') return readJsonBytes(bytes);
  if (expected === 'text' && sniffed.format !== 'jws') return wrongType();
  return readCompactJws(new TextDecoder('latin1').decode(bytes));
}

function wrongType(): InputProblem {
  return nothingToJudge(415, 'unsupported-media-type', { found: OTHER_FILES['declared-type'] });
}
