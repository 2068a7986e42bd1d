import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../../ports/json.js';

const zJson: z.ZodType<Json> = z.custom<Json>((value) => value !== undefined);

/**
 * A topic is a tree of files. A leaf holds rows; one with too many becomes a fork, and its rows
 * move to sixteen leaves, one for each next hex digit of the SHA-256 of the key.
 */
export const zRowFile = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rows'), rows: z.array(z.tuple([z.string(), zJson])) }),
  z.strictObject({ kind: z.literal('fork') }),
]);
export type RowFile = z.infer<typeof zRowFile>;

export const HEX_DIGITS = [...'0123456789abcdef'];

/** The path of a key through the tree: 64 hex digits. */
export function keyDigits(key: string): string {
  return createHash('sha256').update(key, 'utf16le').digest('hex');
}

/** File name of the leaf or fork that `digits`, the first of {@link keyDigits}, lead to. */
export function rowFileName(digits: string): string {
  return digits === '' ? 'rows.json' : `rows-${digits}.json`;
}
