import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiHouse, jsonOf, openApiHouse, openBadge } from '../http/vc-api-house.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample, openTestHouse, temporaryFolder } from '../support/house.js';
import { runCli } from '../support/run-cli.js';

describe('sceau erase', () => {
  it('erases a badge that came through the API: unknown from then on, no word of it kept, its request refused', async () => {
    const folder = await temporaryFolder();
    const api: ApiHouse = await openApiHouse({}, folder);
    const token = await api.token(['issue'], api.issuer);
    const request = { credential: { ...openBadge(api.issuer), name: 'Pluie sur Brest' }, options: {} };
    const headers = { 'Idempotency-Key': 'once' };
    const issued = await api.post('/credentials/issue', request, { token, headers });
    expect(issued.status).toBe(201);
    const id = ensureDefined(ensureDefined(issued.headers.get('Location')).split('/').at(-1));
    await api.house.close();

    expect(await runCli(folder, ['erase', '--credential', id])).toMatchObject({ code: 2 });
    expect(await bytesBelow(join(folder, 'data'))).toContain('Pluie sur Brest');
    const { code, stdout } = await runCli(folder, ['erase', '--credential', id.toUpperCase(), '--yes', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ issuer: api.issuer.slug, credential: id, erasedRefs: 1 });

    expect(await bytesBelow(join(folder, 'data'))).not.toContain('Pluie sur Brest');
    api.house = await openTestHouse(folder);
    expect((await api.house.app.request(`/credentials/${id}`)).status).toBe(404);
    expect(await api.house.issuing.store.ledger.check()).toMatchObject({ ok: true });
    const again = await api.post('/credentials/issue', request, { token, headers });
    expect(again.status).toBe(422);
    expect(await jsonOf(again)).not.toHaveProperty('proof');
    await api.close();
  });

  const fresh = freshHouse();
  let badge: string;
  beforeEach(async () => {
    badge = ensureDefined((await issueSample(fresh.house, 'ecstra')).rows[0]?.credentialId);
    await fresh.house.close();
  });

  it('refuses one badge of a jury, and says whom to erase', async () => {
    const { code, stderr } = await runCli(fresh.folder, ['erase', '--credential', badge, '--yes', '--lang', 'fr']);
    expect(code).toBe(2);
    expect(stderr).toContain('sceau erase --student');
  });

  it.each([[[]], [['--student', 'S-EC-01', '--credential', 'x']]])('asks for one of both: %j', async (words) => {
    const { code, stderr } = await runCli(fresh.folder, ['erase', ...words, '--yes']);
    expect(code).toBe(2);
    expect(stderr).toContain('either --student ID or --credential ID');
  });
});

async function bytesBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))).join('\n');
}
