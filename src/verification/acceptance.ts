import type { JsonObject } from '../ports/json.js';
import { listOf } from './members.js';

/**
 * What is taken for a credential: Open Badges alone, with every word from the official vocabularies, or any verifiable
 * credential, whose contexts may also give words of its own a meaning (VC-API). All other checks are the same.
 */
export type Acceptance = 'open-badges' | 'credentials';

/** Does the document say of itself that it is an Open Badge? */
export function claimsOpenBadge(credential: JsonObject): boolean {
  const types = listOf(credential['type']);
  return types.includes('OpenBadgeCredential') || types.includes('AchievementCredential');
}
