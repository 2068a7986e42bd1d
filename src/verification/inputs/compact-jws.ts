import type { JsonObject } from '../../ports/json.js';
import { JWS_MISTAKES } from '../../text/check-messages-input.js';
import { decodeBase64url } from './base64url.js';
import { type InputProblem, inputProblem } from './input-problem.js';
import { readJsonBytes } from './json-text.js';

/** A compact JWS whose text is the one way to write it. Nothing in it is verified yet. */
export interface CompactJws {
  /** As received. Caches and replay checks go by the decoded parts, never by this text. */
  readonly compact: string;
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** May be empty: then nothing is signed, and verification says so. */
  readonly signature: Uint8Array;
}

export type JwsReading = { readonly kind: 'jws'; readonly jws: CompactJws } | InputProblem;

/** Members that change how the rest is read. A badge needs none, and each has been a hole somewhere (V39). */
const REFUSED_HEADER_MEMBERS = ['crit', 'b64', 'zip'] as const;

/**
 * Reads a compact JWS by a strict grammar: three parts of canonical base64url with dots between them, no padding, no
 * white space; header and payload are JSON objects without duplicate members (V35, V39, V66).
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-7.1
 */
export function readCompactJws(compact: string): JwsReading {
  if (/\s/.test(compact)) return unreadable('white-space');
  const found = countParts(compact);
  if (found !== 3) return inputProblem(200, 'jwt-parts', { found });
  const [headerText = '', payloadText = '', signatureText = ''] = compact.split('.');
  if (headerText === '') return unreadable('header-missing');
  const header = readPart(headerText);
  if (header.kind === 'problem') return header;
  const refused = REFUSED_HEADER_MEMBERS.find((member) => Object.hasOwn(header.document, member));
  if (refused !== undefined) return inputProblem(200, 'jwt-header', { member: refused });
  const payload = readPart(payloadText);
  if (payload.kind === 'problem') return payload;
  const signature = decodeBase64url(signatureText);
  if (!signature.ok) return unreadable(signature.mistake);
  return {
    kind: 'jws',
    jws: { compact, header: header.document, payload: payload.document, signature: signature.bytes },
  };
}

function readPart(text: string): ReturnType<typeof readJsonBytes> {
  const decoded = decodeBase64url(text);
  return decoded.ok ? readJsonBytes(decoded.bytes) : unreadable(decoded.mistake);
}

/** Without splitting: a text of two million dots is counted, not kept. */
function countParts(compact: string): number {
  let parts = 1;
  for (let dot = compact.indexOf('.'); dot >= 0; dot = compact.indexOf('.', dot + 1)) parts += 1;
  return parts;
}

function unreadable(mistake: keyof typeof JWS_MISTAKES): InputProblem {
  return inputProblem(400, 'unreadable-jws', { detail: JWS_MISTAKES[mistake] });
}
