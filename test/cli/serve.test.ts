import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDefined } from '../support/ensure-defined.js';
import { PROGRAMMES, removeFolder, temporaryFolder } from '../support/house.js';
import { runCli, said, startCli } from '../support/run-cli.js';

describe('a running service', () => {
  let folder: string;
  let server: ChildProcess;
  let base: string;
  let ended: Promise<number | null>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    server = startCli(folder, ['serve'], { PORT: '0' });
    ended = new Promise((resolve) => server.once('close', resolve));
    const [, address] = await said(server, /listening on ([0-9.:]+)/);
    base = `http://${address}`;
  });
  afterAll(async () => {
    server.kill('SIGKILL');
    await ended;
    await removeFolder(folder);
  });

  const file = (name: string) => join(PROGRAMMES, 'ecstra', name);
  const issueWords = [
    'issue',
    ...['--programme', file('programme.json')],
    ...['--engagements', file('engagements.json')],
    ...['--decisions', file('jury-decisions.csv'), '--json'],
  ];

  it('carries out commands for those who find the store held, and its pages follow at once', async () => {
    const issued = await runCli(folder, issueWords);
    expect(issued.code, issued.stderr).toBe(0);
    const id: string = JSON.parse(issued.stdout).rows[0].credentialId;
    const report = async () => {
      const response = await fetch(`${base}/v/${id}`, { headers: { accept: 'application/json' } });
      expect(response.status).toBe(200);
      return (await response.json()) as { outcome: string; credential: { status: string } };
    };
    expect((await report()).outcome).toBe('valid');
    const badge = (await (await fetch(`${base}/credentials/${id.toUpperCase()}`)).json()) as {
      credentialStatus: { statusListCredential: string };
    };
    const listPath = new URL(badge.credentialStatus.statusListCredential).pathname;
    const etag = ensureDefined((await fetch(base + listPath)).headers.get('etag'));
    expect((await fetch(base + listPath, { headers: { 'if-none-match': etag } })).status).toBe(304);

    const revoked = await runCli(folder, ['revoke', id, '--reason', 'test']);
    expect(revoked.code, revoked.stderr).toBe(0);
    expect(await report()).toMatchObject({ outcome: 'invalid', credential: { status: 'revoked' } });
    expect((await fetch(base + listPath)).headers.get('etag')).not.toBe(etag);
  });

  it('reads standard input for a forwarded command', async () => {
    const { code, stdout } = await runCli(folder, ['verify', '-', '--json'], { stdin: '{"type": "nothing"}' });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ verified: false });
  });

  it('answers the API only to a token of the right scope', async () => {
    const made = await runCli(folder, ['token', 'create', '--scopes', 'supplement']);
    const path = '/api/students/S-EC-01/supplement?issuer=universite-jean-monnet-saint-etienne&lang=fr&format=text';
    expect((await fetch(base + path)).status).toBe(401);
    const answer = await fetch(base + path, { headers: { authorization: `Bearer ${made.stdout.trim()}` } });
    expect(answer.status).toBe(200);
    // Her only badge was revoked above: her name is known, nothing is mentioned.
    expect(await answer.text()).toMatch(/Duchêne.*Aucune reconnaissance/s);
  });

  it('refuses a second service on the same data, naming the first', async () => {
    const second = await runCli(folder, ['demo', '--data', folder, '--port', '0']);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(`process ${server.pid}`);
    // Not carried out inside the first either.
    const third = await runCli(folder, ['serve'], { env: { PORT: '0' } });
    expect(third.code).toBe(2);
    expect(third.stderr).toContain(`process ${server.pid}`);
  });

  it('stops on SIGTERM with exit code 0', async () => {
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
