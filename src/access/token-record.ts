import { z } from 'zod';
import { parseInstant } from '../text/instant.js';
import { zScope } from './scope.js';

const zInstantText = z.string().refine((text) => parseInstant(text) !== undefined, { error: 'expected an instant' });

/** A token as stored, under the SHA-256 of its secret. Of the secret itself only its first characters are kept. */
export const zTokenRecord = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** The first characters of the secret, by which a person tells two tokens apart. */
  prefix: z.string(),
  scopes: z.array(zScope).min(1),
  createdAt: zInstantText,
  expiresAt: zInstantText.nullable(),
  lastUsedAt: zInstantText.nullable(),
});
export type TokenRecord = z.infer<typeof zTokenRecord>;

/** A token as an operator sees it. */
export interface TokenSummary extends TokenRecord {
  /** Slug of the only issuer it works for; null when it works for the whole house. */
  readonly issuer: string | null;
}

/** Whom a request speaks for, once its token was recognised. */
export interface Caller {
  /** Id of the token, as `sceau token list` shows it. */
  readonly id: string;
  readonly scopes: readonly z.infer<typeof zScope>[];
  /** Slug of the only issuer the token works for; absent when it works for the whole house. */
  readonly issuer?: string;
}
