import { describe, expect, it } from 'vitest';
import { type ArchiveBound, BackupTooLargeError } from '../../src/backup/archive-limits.js';
import type { CommandContext, OpenHouse } from '../../src/cli/command.js';
import { describeError } from '../../src/cli/describe-error.js';
import { exitCodeOf } from '../../src/cli/exit-code.js';
import { runCommand } from '../../src/cli/run.js';
import { KeyFileError } from '../../src/keys/key-file-errors.js';
import { ClockBehindError } from '../../src/ports/ledger.js';
import { StoreLockedError, StoreUnavailableError } from '../../src/ports/store.js';

describe('what went wrong, said to a person', () => {
  it('K3: a key that does not open is a matter of configuration, said in the reader’s language', async () => {
    const error = new KeyFileError('/keys/a.json', 'passphrase-wrong');
    expect(describeError(error).fr).toMatch(/^le fichier de clé \/keys\/a\.json ne s’ouvre pas : la phrase de passe/);
    expect(describeError(error).en).toMatch(/^the key file \/keys\/a\.json does not open: .*passphrase/);

    const said: string[] = [];
    const context: CommandContext = {
      cwd: '/',
      language: 'fr',
      environment: {},
      write: () => undefined,
      say: (text) => said.push(text),
      progress: () => undefined,
      readStdin: async () => new Uint8Array(),
      flushed: async () => {},
    };
    const refuse = async () => {
      throw error;
    };
    const locked: OpenHouse = { open: refuse, openIfPresent: refuse };
    expect(await runCommand(['issuer', 'list'], context, locked)).toBe(2);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('le fichier de clé /keys/a.json ne s’ouvre pas');
  });

  it('a refusal of the system below a storage error is named with its path; a full disk is no mistake of the call', () => {
    const below = (code: string) =>
      new StoreUnavailableError('it could not be written', {
        cause: new Error('not made', { cause: Object.assign(new Error(code), { code, path: '/data/lock' }) }),
      });
    expect(describeError(below('EACCES')).fr).toBe(
      'rien n’est fait à moitié : /data/lock : cet utilisateur n’en a pas le droit',
    );
    expect(exitCodeOf(below('EACCES'))).toBe(2);
    expect(describeError(below('ENOSPC')).en).toBe('nothing is half done: /data/lock: the disk is full');
    expect(exitCodeOf(below('ENOSPC'))).toBe(3);
    expect(describeError(below('EIO')).en).toMatch(/^storing failed/);
  });

  it('V57: an archive too large to unpack names the entry at fault, and what to do about it', () => {
    const error = (bound: ArchiveBound) => new BackupTooLargeError('data/x', bound, 1_000);
    expect(describeError(error('possible')).fr).toMatch(/entrée en cause\u00a0: data\/x .*prenez une autre copie$/);
    expect(describeError(error('stated')).en).toMatch(
      /more than the 1000 bytes it states.*data\/x.*another copy of it$/,
    );
    expect(describeError(error('disk')).fr).toMatch(/1000 octets libres.*data\/x.*un autre disque$/);
    expect(exitCodeOf(error('disk'))).toBe(3);
  });

  it('a data folder in use names its holder', () => {
    const error = new StoreLockedError({ pid: 41, host: 'badges' });
    expect(describeError(error).fr).toBe(
      'le dossier de données est utilisé par le processus 41 sur badges ; arrêtez-le, ou passez par lui',
    );
    expect(exitCodeOf(error)).toBe(2);
  });

  it('K5: a clock behind the records is named as such, and nothing is signed', () => {
    const error = new ClockBehindError(0, 3_600_000);
    expect(describeError(error).fr).toMatch(/^l’horloge de cette machine retarde, rien n’est signé/);
    expect(describeError(error).en).toMatch(/^the clock of this machine is behind, nothing is signed/);
  });
});
