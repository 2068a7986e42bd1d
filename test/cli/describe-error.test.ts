import { describe, expect, it } from 'vitest';
import type { CommandContext, OpenHouse } from '../../src/cli/command.js';
import { describeError } from '../../src/cli/describe-error.js';
import { runCommand } from '../../src/cli/run.js';
import { KeyFileError } from '../../src/keys/key-file-errors.js';
import { ClockBehindError } from '../../src/ports/ledger.js';

describe('what went wrong, said to a person', () => {
  it('K3: a key that does not open is a matter of configuration, said in the reader’s language', async () => {
    const error = new KeyFileError('/keys/a.json', 'passphrase-wrong');
    expect(describeError(error).fr).toMatch(/^un fichier de clé est inutilisable : .*\/keys\/a\.json/);
    expect(describeError(error).en).toMatch(/^a key file cannot be used: .*passphrase/);

    const said: string[] = [];
    const context: CommandContext = {
      cwd: '/',
      language: 'fr',
      environment: {},
      write: () => undefined,
      say: (text) => said.push(text),
      progress: () => undefined,
      readStdin: async () => new Uint8Array(),
    };
    const refuse = async () => {
      throw error;
    };
    const locked: OpenHouse = { open: refuse, openIfPresent: refuse };
    expect(await runCommand(['issuer', 'list'], context, locked)).toBe(2);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('un fichier de clé est inutilisable');
  });

  it('K5: a clock behind the records is named as such, and nothing is signed', () => {
    const error = new ClockBehindError(0, 3_600_000);
    expect(describeError(error).fr).toMatch(/^l’horloge de cette machine retarde, rien n’est signé/);
    expect(describeError(error).en).toMatch(/^the clock of this machine is behind, nothing is signed/);
  });
});
