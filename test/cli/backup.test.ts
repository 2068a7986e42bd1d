import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { besides, entriesOf } from '../backup/archives.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { PROGRAMMES, removeFolder, temporaryFolder } from '../support/house.js';
import { runCli, said, startCli } from '../support/run-cli.js';

const file = (name: string) => join(PROGRAMMES, 'ecstra', name);
const ISSUE = [
  'issue',
  ...['--programme', file('programme.json')],
  ...['--engagements', file('engagements.json')],
  ...['--decisions', file('jury-decisions.csv'), '--json'],
];

describe('sceau backup, restore and audit', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => removeFolder(folder));

  const sceau = async (words: readonly string[], where = folder, stdin?: Uint8Array) => {
    const result = await runCli(where, words, stdin === undefined ? {} : { stdin });
    return { ...result, said: result.stdout + result.stderr };
  };

  it('K10 back up a running service into a file and through a pipe, and restore on an empty host', async () => {
    const server = startCli(folder, ['serve'], { PORT: '0' });
    const ended = new Promise((resolve) => server.once('close', resolve));
    try {
      await said(server, /listening on/);
      const [first = ''] = JSON.parse((await sceau(ISSUE)).stdout).rows.flatMap(
        (row: { credentialId?: string }) => row.credentialId ?? [],
      );
      expect(await sceau(['backup', 'house.tar.gz'])).toMatchObject({ code: 0, stdout: '' });
      expect((await stat(join(folder, 'house.tar.gz'))).mode & 0o777).toBe(0o600);

      const piped = startCli(folder, ['backup', '-']);
      piped.stdin?.end();
      const bytes = await buffer(ensureDefined(piped.stdout));
      expect((await entriesOf(bytes)).at(-1)?.header.name).toBe('checkpoint.json');
      expect((await sceau(['backup', '-', '--json'])).code).toBe(2);

      expect((await sceau(['revoke', first, '--reason', 'test'])).code).toBe(0);
      expect((await sceau(['audit', 'checkpoint', '--out', 'newest.json'])).code).toBe(0);
      const refused = await sceau(['restore', 'house.tar.gz']);
      expect([refused.code, refused.said]).toEqual([2, expect.stringContaining('is not empty')]);

      const other = await besides(folder);
      await cp(join(folder, 'issuer-keys'), join(other, 'issuer-keys'), { recursive: true });
      await writeFile(join(other, 'newest.json'), await readFile(join(folder, 'newest.json')));
      const cut = await sceau(['restore', '-'], other, bytes.subarray(0, bytes.length >> 1));
      expect([cut.code, cut.said]).toEqual([3, expect.stringMatching(/damaged.*data\//)]);
      const words = ['restore', '-', '--checkpoint', 'newest.json', '--json'];
      const restored = await sceau(words, other, bytes);
      expect(restored.code, restored.stderr).toBe(0);
      expect(JSON.parse(restored.stdout)).toMatchObject({ signature: 'ours', closedLists: 1, statusChanges: 1 });

      expect((await sceau(['audit', 'check'], other)).code).toBe(0);
      const lost = await sceau(['audit', 'check', '--checkpoint', 'newest.json', '--json'], other);
      expect([lost.code, JSON.parse(lost.stdout).ok]).toEqual([1, false]);
      const again = await sceau(['restore', 'after-dump', '--taken', '2026-06-24T14:00:00Z', '--json'], other);
      expect([again.code, JSON.parse(again.stdout).closedLists]).toEqual([0, 0]);
    } finally {
      server.kill('SIGKILL');
      await ended;
    }
  }, 240_000);

  it('D5 audit check answers no, and names the place, of a ledger the house does not open over', async () => {
    expect((await sceau(ISSUE)).code).toBe(0);
    const chain = join(folder, 'data', 'ledger', 'chain-00001.jsonl');
    const bytes = await readFile(chain);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
    await writeFile(chain, bytes);
    const { code, stdout, stderr } = await sceau(['audit', 'check', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [{ file: chain }] });
    expect(stderr).toMatch(/chain-00001\.jsonl, byte \d+, record \d+: [a-z]/);
    const french = await sceau(['audit', 'check', '--lang', 'fr']);
    expect([french.code, french.stderr]).toEqual([
      1,
      expect.stringMatching(/chain-00001\.jsonl, octet \d+, enregistrement \d+\u00a0: le fichier ne se lit plus/),
    ]);
    expect((await sceau(['audit', 'check', '--checkpoint', 'nothing.json'])).code).toBe(2);
  }, 120_000);
});
