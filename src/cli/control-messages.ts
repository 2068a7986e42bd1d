import { z } from 'zod';
import { zLanguage } from '../text/localized.js';

/** What goes over the control socket: one JSON object a line in both directions, one request a connection. */
export const zControlRequest = z.strictObject({
  words: z.array(z.string()),
  cwd: z.string(),
  language: zLanguage,
  /** Base64; absent when nothing was piped in. */
  stdin: z.string().optional(),
});
export type ControlRequest = z.infer<typeof zControlRequest>;

export const zControlReply = z.union([
  /** Base64. */
  z.strictObject({ write: z.string() }),
  z.strictObject({ say: z.string() }),
  z.strictObject({ progress: z.strictObject({ done: z.number(), total: z.number(), label: z.string() }) }),
  z.strictObject({ exit: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]) }),
]);
export type ControlReply = z.infer<typeof zControlReply>;

/** The value of one line; undefined for what is no JSON. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
