import { fileURLToPath } from 'node:url';
import { readPinnedContexts } from '../../src/platform/read-contexts.js';
import { createPinnedContexts, type PinnedContexts } from '../../src/proof/pinned-contexts.js';

/** The folder with the project's pinned contexts. */
export const contextsFolder = fileURLToPath(new URL('../../contexts', import.meta.url));

let pinned: Promise<PinnedContexts> | undefined;

/** The pinned contexts of the project, read and checked once. */
export function testContexts(): Promise<PinnedContexts> {
  pinned ??= readPinnedContexts(contextsFolder).then(createPinnedContexts);
  return pinned;
}
