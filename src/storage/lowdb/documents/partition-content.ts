import { z } from 'zod';
import type { Json } from '../../../ports/json.js';

const zJson: z.ZodType<Json> = z.custom<Json>((value) => value !== undefined);

/** One part of a partition: at most 2,000 documents, in the order first written. */
export const zPart = z.strictObject({
  documents: z.array(z.strictObject({ id: z.string(), version: z.int().positive(), value: zJson })),
});
export type Part = z.infer<typeof zPart>;

/**
 * What a partition consists of. A commit writes every part it touches under the next generation and then replaces
 * this one file: that is the moment all of it counts.
 */
export const zManifest = z.strictObject({
  issuer: z.string(),
  collection: z.string(),
  name: z.string(),
  generation: z.int().nonnegative(),
  parts: z.array(
    z.strictObject({
      generation: z.int().positive(),
      /** Length of the documents' JSON texts, UTF-16 units, about. */
      length: z.int().nonnegative(),
      ids: z.array(z.string()),
    }),
  ),
});
export type Manifest = z.infer<typeof zManifest>;

export const MANIFEST_NAME = 'partition.json';

/** File name of a part. @param number counted from 0. */
export function partName(number: number, generation: number): string {
  return `part-${number}.${generation}.json`;
}

const PART_NAME = /^part-(\d+)\.(\d+)\.json$/;

/** Part number and generation of a file name, or `undefined` for any other file. */
export function parsePartName(name: string): { readonly number: number; readonly generation: number } | undefined {
  const match = PART_NAME.exec(name);
  return match === null ? undefined : { number: Number(match[1]), generation: Number(match[2]) };
}
