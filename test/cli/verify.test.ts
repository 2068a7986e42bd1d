import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBadge } from '../../src/issuing/badges.js';
import { bakePng } from '../../src/media/png-bake.js';
import { qrPng, qrSvg } from '../../src/media/qr.js';
import { bakeSvg } from '../../src/media/svg-bake.js';
import type { JsonObject } from '../../src/ports/json.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { type CliResult, runCli } from '../support/run-cli.js';
import { objectAt } from '../verification/house.js';

/** A badge of a house elsewhere, and what an employer keeps of that house to check it with. */
describe('sceau verify', () => {
  let there: string;
  let here: string;
  let badge: JsonObject;
  let id: string;

  beforeAll(async () => {
    [there, here] = [await temporaryFolder(), await temporaryFolder()];
    const house = await openTestHouse(there);
    const { rows } = await issueSample(house, 'ecstra');
    id = ensureDefined(rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    badge = ensureDefined(await findBadge(house.issuing, id)).document;
    const did = String(objectAt(badge, 'issuer')['id']);
    const list = String(objectAt(badge, 'credentialStatus')['statusListCredential']);
    const controller = await house.issuing.resolver.controllerDocument(did);
    const statusList = await house.issuing.resolver.statusList(list);
    await house.close();
    if (controller.outcome !== 'found' || statusList.outcome !== 'found') throw new Error('nothing to keep');

    await mkdir(join(here, 'kept'));
    const url = 'https://badges.elsewhere.example/credentials/1';
    const index = {
      [did]: 'did.json',
      [list]: 'list.json',
      [url]: 'badge.json',
      'https://gone.example/1': 'gone.json',
    };
    await writeFile(join(here, 'kept', 'index.json'), JSON.stringify(index));
    await writeFile(join(here, 'kept', 'did.json'), JSON.stringify(controller.value));
    await writeFile(join(here, 'kept', 'list.json'), JSON.stringify(statusList.value));
    await writeFile(join(here, 'kept', 'badge.json'), JSON.stringify(badge));
    await mkdir(join(here, 'empty'));
    await writeFile(join(here, 'empty', 'index.json'), '{}');
    await mkdir(join(here, 'no-list'));
    await writeFile(join(here, 'no-list', 'index.json'), JSON.stringify({ [did]: '../no-list/did.json' }));
    await writeFile(join(here, 'no-list', 'did.json'), JSON.stringify(controller.value));
    await writeFile(join(here, 'badge.json'), JSON.stringify(badge));
    await writeFile(join(here, 'badge.png'), bakePng(await qrPng('https://badges.example.org'), JSON.stringify(badge)));
    await writeFile(
      join(here, 'badge.svg'),
      bakeSvg(qrSvg('https://badges.example.org', 'A badge'), JSON.stringify(badge)),
    );
    await writeFile(join(here, 'page.html'), '<!DOCTYPE html><title>x</title>');
  }, 120_000);
  afterAll(async () => {
    await removeFolder(there);
    await removeFolder(here);
  });

  const verify = (words: readonly string[], options = {}): Promise<CliResult> =>
    runCli(here, ['verify', ...words], options);
  const reportOf = ({ stdout }: CliResult) => JSON.parse(stdout);

  it.each(['badge.json', 'badge.png', 'badge.svg', 'https://badges.elsewhere.example/credentials/1'])(
    'finds %s valid with the documents given',
    async (source) => {
      const result = await verify([source, '--documents', 'kept', '--json']);
      expect(result.code).toBe(0);
      expect(reportOf(result)).toMatchObject({ verified: true, outcome: 'valid', warnings: [] });
      expect(result.stderr).toContain('VALID');
    },
  );

  it('reads a compact JWS and JSON from standard input', async () => {
    const json = await verify(['-', '--documents', 'kept', '--json'], { stdin: JSON.stringify(badge) });
    expect(reportOf(json).outcome).toBe('valid');
    const jws = await verify(['-', '--json'], { stdin: 'eyJhbGciOiJub25lIn0.e30.' });
    expect(jws.code).toBe(1);
    expect(reportOf(jws)).toMatchObject({ outcome: 'invalid' });
  });

  it('V48 S12: leaves open what no document was given for, and names it', async () => {
    const nothing = await verify(['badge.json', '--documents', 'empty', '--json', '--lang', 'fr']);
    expect(nothing.code).toBe(1);
    expect(reportOf(nothing)).toMatchObject({ verified: false, outcome: 'indeterminate', credential: null });
    expect(nothing.stderr).toContain('il ne figure pas parmi les documents donnés');
    const noList = await verify(['badge.json', '--documents', 'no-list', '--json']);
    expect(noList.code).toBe(1);
    expect(reportOf(noList).outcome).toBe('indeterminate');
    expect(noList.stderr).toMatch(/status list .* could not be consulted \(it is not among the documents given\)/);
  });

  it('says of an address why there is nothing to check', async () => {
    const unknown = await verify(['https://badges.elsewhere.example/2', '--documents', 'kept', '--json']);
    expect(unknown.code).toBe(1);
    expect(reportOf(unknown).outcome).toBe('indeterminate');
    expect(reportOf(unknown).checks[0]).toMatchObject({ id: 'parse', state: 'unknown', code: 'badge-not-retrieved' });
    expect(unknown.stderr).toContain('it is not among the documents given');
    const gone = await verify(['https://gone.example/1', '--documents', 'kept']);
    expect(gone.stderr).toContain('the file given cannot be read');
  });

  it.each(['http://badges.elsewhere.example/1', 'https://127.0.0.1/1', 'file:///etc/passwd'])(
    'V62 S1: does not look up %s, with or without documents',
    async (source) => {
      for (const words of [[], ['--documents', 'empty']]) {
        const result = await verify([source, '--json', ...words]);
        expect(result.code).toBe(1);
        expect(reportOf(result)).toMatchObject({ verified: false, outcome: 'indeterminate' });
      }
    },
  );

  it('V61: gives a report on a file that is no badge', async () => {
    const result = await verify(['page.html', '--json']);
    expect(result.code).toBe(1);
    expect(reportOf(result)).toMatchObject({ outcome: 'indeterminate', credential: null });
    expect(result.stderr).toContain('it is a web page');
  });

  it('asks whether the badge belongs to somebody; a no is no', async () => {
    const words = ['badge.json', '--documents', 'kept', '--json'];
    for (const [recipient, code, state] of [
      ['Maelle.Duchene@example.org', 0, 'pass'],
      ['Maëlle Duchêne', 0, 'pass'],
      ['someone.else@example.org', 1, 'fail'],
    ] as const) {
      const result = await verify([...words, '--recipient', recipient]);
      expect([recipient, result.code]).toEqual([recipient, code]);
      expect(reportOf(result).checks.at(-1)).toMatchObject({ id: 'recipient', state });
      expect(reportOf(result).verified).toBe(true);
    }
  });

  it('V44: judges at the instant asked for', async () => {
    const words = ['badge.json', '--documents', 'kept', '--json', '--at'];
    const early = await verify([...words, '2020-01-01T00:00:00Z']);
    expect(early.code).toBe(1);
    expect(reportOf(early)).toMatchObject({ outcome: 'invalid', checkedAt: '2020-01-01T00:00:00Z' });
  });

  it('finds a badge of its own house by its address, whatever the scheme, and verifies it from the store', async () => {
    for (const place of ['credentials', 'v']) {
      const result = await runCli(there, ['verify', `https://badges.example.org/${place}/${id}`, '--json']);
      expect(result.code).toBe(0);
      expect(reportOf(result).outcome).toBe('valid');
    }
  });
});
