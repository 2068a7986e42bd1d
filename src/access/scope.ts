import { z } from 'zod';

/** What a bearer token may do. */
export const zScope = z.enum(['issue', 'revoke', 'supplement', 'verify']);
export type Scope = z.infer<typeof zScope>;
export const SCOPES: readonly Scope[] = zScope.options;
