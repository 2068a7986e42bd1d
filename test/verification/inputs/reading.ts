import type { InputReading } from '../../../src/verification/inputs/read-input.js';
import { problemType } from '../../../src/verification/problem-types.js';

/** Status, code and the last part of the problem type, for a table: `400 json-syntax PARSING_ERROR`. */
export function problemOf(reading: InputReading): string {
  if (reading.kind !== 'problem') return reading.kind;
  const { status, finding } = reading;
  const type = problemType(finding.code);
  return `${status} ${finding.code} ${type.slice(Math.max(type.lastIndexOf('#'), type.lastIndexOf(':')) + 1)}`;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A compact JWS from header and payload, as JSON values or as texts to encode. */
export function compactJws(header: unknown, payload: unknown, signature = 'c2ln'): string {
  const part = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(payload)}.${signature}`;
}
