import type { NamedCheckpoint } from '../audit/audit-ledger.js';
import { CheckpointUnreadableError, readCheckpoint } from '../audit/read-checkpoint.js';
import type { CommandContext } from './command.js';
import { readInput } from './read-file.js';
import { UsageError } from './usage-error.js';

/** Reads checkpoints named on the command line. @throws {UsageError} naming the first that is none. */
export async function readCheckpoints(
  context: CommandContext,
  paths: readonly string[],
): Promise<readonly NamedCheckpoint[]> {
  const read: NamedCheckpoint[] = [];
  for (const path of paths) {
    const bytes = await readInput(context, path);
    try {
      read.push({ name: path, ...readCheckpoint(bytes) });
    } catch (error) {
      if (!(error instanceof CheckpointUnreadableError)) throw error;
      throw new UsageError({
        fr: `${path} : ce n’est pas un point de contrôle que cette version sache lire`,
        en: `${path}: this is no checkpoint that this version reads`,
      });
    }
  }
  return read;
}
