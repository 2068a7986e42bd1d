import { verificationParts } from '../compose.js';
import type { Config } from '../config.js';
import { createGivenDocuments } from '../net/given-documents.js';
import { createGuardedFetcher } from '../net/guarded-fetcher.js';
import { createPinoLogger } from '../platform/pino-logger.js';
import type { Resolver } from '../ports/resolver.js';
import { createProofVerifier } from '../proof/verify-proof.js';
import { type BadgeChecker, createBadgeChecker } from './badge-checker.js';
import { createHouseWorkers } from './house-workers.js';

/** Holds nothing of its own. */
const NOT_HELD = { outcome: 'refused', detail: 'not-held-here' } as const;
const NOTHING: Resolver = {
  controllerDocument: async () => NOT_HELD,
  statusList: async () => NOT_HELD,
  evidence: async () => NOT_HELD,
  ownState: async () => undefined,
};

/**
 * Verification where there is no house, or none is to be asked: what a badge points to is fetched, or read from given
 * documents alone.
 * @param options.documents absolute path of each document, by its URL or DID; nothing is fetched then.
 */
export async function createLoneChecker(
  config: Pick<Config, 'statusIssuer' | 'logLevel'>,
  { documents }: { readonly documents?: ReadonlyMap<string, string> | undefined } = {},
): Promise<BadgeChecker> {
  const parts = await verificationParts();
  const logger = createPinoLogger({
    // One badge, one report, which says what could not be had: only a fault of ours is told beside it.
    level: config.logLevel === 'silent' ? 'silent' : 'error',
    clock: parts.clock,
  });
  const { fetcher, own } =
    documents === undefined
      ? { fetcher: createGuardedFetcher({ clock: parts.clock, logger }), own: NOTHING }
      : createGivenDocuments(documents);
  return createBadgeChecker({
    ...parts,
    createVerifier: createProofVerifier,
    workers: createHouseWorkers(parts.contexts),
    statusIssuer: config.statusIssuer,
    fetcher,
    own,
    findOwn: async () => undefined,
  });
}
