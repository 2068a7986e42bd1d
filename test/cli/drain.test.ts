import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Issuer } from '../../src/credential/issuer.js';
import { ensureIssuer } from '../../src/issuing/issuers.js';
import { openBadge } from '../http/vc-api-house.js';
import { openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { type Service, startService } from '../support/service.js';

const BURST = 1_000;
/** Nothing is to be cut off here, however busy the machine is with other tests. */
const SLOW_MACHINE_SECONDS = '120';
/** The service is in the middle of it then: those that came together are stored and answered together. */
const ANSWERED_BEFORE_THE_SIGNAL = 1;

let folder: string;
let service: Service;
let issuer: Issuer;
let token: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  const house = await openTestHouse(folder);
  ({ issuer } = await ensureIssuer(house.issuing, { name: 'Université Un', url: 'https://un.example.org' }));
  token = (await house.tokens.create({ scopes: ['issue'] })).secret;
  await house.close();
});
afterEach(async () => {
  service.child.kill('SIGKILL');
  await service.ended;
  await removeFolder(folder);
});

/** Asks for one badge. @returns its address once it is acknowledged; undefined when it was not, for whatever reason. */
function issueOne(agent: Agent): Promise<string | undefined> {
  const body = JSON.stringify({ credential: openBadge(issuer) });
  return new Promise((resolve) => {
    const asked = request(
      new URL('/credentials/issue', service.base),
      {
        agent,
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
        },
      },
      (response) => {
        let answer = '';
        response.on('data', (chunk: Buffer) => {
          answer += chunk.toString('utf8');
        });
        response.on('end', () => {
          // Acknowledged is what arrived whole.
          const isWhole = response.complete && answer.endsWith('}');
          resolve(response.statusCode === 201 && isWhole ? response.headers.location : undefined);
        });
        response.on('error', () => resolve(undefined));
      },
    );
    asked.on('error', () => resolve(undefined));
    asked.end(body);
  });
}

/** Ids of the badges in the store, once nobody holds it. */
async function stored(
  acknowledged: readonly string[],
): Promise<{ missing: string[]; active: number; reserved: number }> {
  const house = await openTestHouse(folder);
  try {
    const missing: string[] = [];
    for (const address of acknowledged) {
      const entry = await house.issuing.store.ledger.credential(address.split('/').at(-1) ?? '');
      if (entry?.state !== 'active') missing.push(address);
    }
    const { active, reserved } = await house.issuing.store.ledger.counts(issuer.slug);
    expect((await house.issuing.store.ledger.check()).ok).toBe(true);
    return { missing, active, reserved };
  } finally {
    await house.close();
  }
}

describe('a service that is told to stop', () => {
  it('D12 in the middle of a thousand requests: what it acknowledged is stored, nothing else is, and it ends with 0', async () => {
    service = await startService(folder, { SCEAU_DRAIN_SECONDS: SLOW_MACHINE_SECONDS });
    const agent = new Agent({ keepAlive: true });
    const acknowledged: string[] = [];
    let signalled = false;
    const burst = Array.from({ length: BURST }, async () => {
      const address = await issueOne(agent);
      if (address === undefined) return;
      acknowledged.push(address);
      if (acknowledged.length < ANSWERED_BEFORE_THE_SIGNAL || signalled) return;
      signalled = true;
      service.child.kill('SIGTERM');
    });
    await Promise.all(burst);
    expect(await service.ended).toBe(0);
    agent.destroy();

    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(acknowledged.length).toBeGreaterThanOrEqual(ANSWERED_BEFORE_THE_SIGNAL);
    const { missing, active, reserved } = await stored(acknowledged);
    expect(missing).toEqual([]);
    expect([active, reserved]).toEqual([acknowledged.length, 0]);
    const names = service.lines().map(({ event }) => event);
    expect(names).toEqual(expect.arrayContaining(['serving', 'stopping', 'stopped']));
    expect(names).not.toContain('requests-cut');
  }, 240_000);

  it('D12 does not wait longer than it may for a stuck client', async () => {
    service = await startService(folder, { SCEAU_DRAIN_SECONDS: '1' });
    const stuck = request(new URL('/credentials/issue', service.base), {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Content-Length': 1_000,
        Expect: '100-continue',
      },
    });
    stuck.flushHeaders();
    // Said when the request has arrived, and waits for a body that never comes whole.
    await once(stuck, 'continue');
    stuck.write('{');
    const cut = once(stuck, 'error');
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    await cut;
    expect(service.lines()).toContainEqual(expect.objectContaining({ event: 'requests-cut', requests: 1 }));
  }, 120_000);

  it('D12 ends at once at the second signal, with nothing that was acknowledged lost', async () => {
    service = await startService(folder);
    const agent = new Agent({ keepAlive: true });
    const first = await issueOne(agent);
    const stuck = request(new URL('/credentials/issue', service.base), {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Content-Length': 1_000,
        Expect: '100-continue',
      },
    });
    stuck.on('error', () => {});
    stuck.flushHeaders();
    // Said when the request has arrived, and waits for a body that never comes whole.
    await once(stuck, 'continue');
    stuck.write('{');
    service.child.kill('SIGTERM');
    await service.logged('stopping');
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(3);
    agent.destroy();
    expect(service.lines().map(({ event }) => event)).toContain('stopped-at-once');
    expect((await stored([first ?? ''])).missing).toEqual([]);
  }, 120_000);
});
