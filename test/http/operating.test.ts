import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ServedRequest } from '../../src/ports/metrics.js';
import { NO_METRICS } from '../../src/ports/metrics.js';
import type { ReadinessCheck } from '../../src/ports/readiness.js';
import { READINESS_CHECKS } from '../../src/ports/readiness.js';
import { BADGE_ID, fakeApp, fakeDeps, TOKENS } from './support.js';

const PROXY = '10.0.0.7';
/** A request as it comes from an address. */
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

/** A house behind one trusted proxy, with what it counted. */
function behindProxy() {
  const proxies = new BlockList();
  proxies.addAddress(PROXY);
  const counted: ServedRequest[] = [];
  const { verification, operations } = fakeDeps();
  const metrics = { ...NO_METRICS, request: (served: ServedRequest) => void counted.push(served) };
  const { app, deps } = fakeApp({
    verification: { ...verification, trustedProxies: proxies },
    operations: { ...operations, metrics },
  });
  return { app, counted, logged: deps.logged };
}

/** A house of which some checks fail. */
function failing(...names: readonly ReadinessCheck[]) {
  const { operations } = fakeDeps();
  const readiness = async () =>
    READINESS_CHECKS.map((name) => ({ name, state: names.includes(name) ? ('fail' as const) : ('pass' as const) }));
  return fakeApp({ operations: { ...operations, readiness } }).app;
}

describe('the id of a request', () => {
  it('stands in the answer, in the log and in a problem', async () => {
    const { app, logged } = behindProxy();
    const answer = await app.request('/v/nothing', { headers: { Accept: 'application/json' } });
    const id = answer.headers.get('X-Request-Id');
    expect(id).toMatch(/^request-\d+$/);
    expect(await answer.json()).toMatchObject({ instance: `urn:sceau:request:${id}` });
    expect(logged.at(-1)).toMatchObject({ event: 'request', facts: { request: id, status: 404 } });
  });

  it('is the one a trusted proxy has drawn', async () => {
    const { app } = behindProxy();
    const given = '2f1c9a52-7c1e-4f3a-9f59-0d6f2b1c8e77';
    const answer = await app.request('/healthz', { headers: { 'X-Request-Id': given } }, from(PROXY));
    expect(answer.headers.get('X-Request-Id')).toBe(given);
  });

  it('is nobody else’s', async () => {
    const { app } = behindProxy();
    const answer = await app.request('/healthz', { headers: { 'X-Request-Id': 'forged-id-1' } }, from('203.0.113.9'));
    expect(answer.headers.get('X-Request-Id')).toMatch(/^request-\d+$/);
  });

  it.each([
    'short',
    'a'.repeat(65),
    'has space in it',
    '<script>alert(1)</script>',
    'a\u001b[31mred-letters',
    '-leading-dash',
  ])('K8 is not %j, even from a proxy', async (given) => {
    const { app } = behindProxy();
    const answer = await app.request('/healthz', { headers: { 'X-Request-Id': given } }, from(PROXY));
    expect(answer.headers.get('X-Request-Id')).toMatch(/^request-\d+$/);
  });
});

describe('the record of a request', () => {
  it('G4 names the route, never the address: no id, no secret, nobody', async () => {
    const { app, counted, logged } = behindProxy();
    const secret = 'k'.repeat(43);
    await app.request(`/credentials/${BADGE_ID}?recipient=ada@example.org`, {}, from('203.0.113.9'));
    await app.request(`/claim/${secret}`);
    await app.request(`/no/such/place/ada`);
    const lines = logged.filter(({ event }) => event === 'request').map(({ facts }) => facts);
    expect(lines).toMatchObject([
      { method: 'GET', route: '/credentials/:name', status: 200 },
      { method: 'GET', route: '/claim/:token', status: 404 },
      { method: 'GET', route: 'none', status: 404 },
    ]);
    expect(counted.map(({ route }) => route)).toEqual(['/credentials/:name', '/claim/:token', 'none']);
    for (const text of [BADGE_ID, secret, 'ada', '203.0.113.9']) expect(JSON.stringify(logged)).not.toContain(text);
  });

  it('bounds what can be counted: methods nobody knows are one', async () => {
    const { app, counted } = behindProxy();
    for (const method of ['BREW', 'WHEN', 'PROPFIND']) await app.request('/healthz', { method });
    expect(new Set(counted.map(({ method }) => method))).toEqual(new Set(['other']));
  });

  it('is counted but not written where a machine asks every few seconds', async () => {
    const { app, counted, logged } = behindProxy();
    for (const path of ['/healthz', '/readyz']) await app.request(path);
    expect(counted.map(({ route, status }) => [route, status])).toEqual([
      ['/healthz', 200],
      ['/readyz', 200],
    ]);
    expect(logged).toEqual([]);
    await app.request('/metrics', { headers: { Authorization: `Bearer ${TOKENS.house}` } });
    expect(logged).toMatchObject([{ event: 'request', facts: { route: '/metrics', status: 401 } }]);
  });
});

describe('GET /readyz', () => {
  it('names each check with its state, and nothing else', async () => {
    const answer = await failing().request('/readyz');
    expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    expect(await answer.json()).toEqual({
      status: 'ready',
      checks: READINESS_CHECKS.map((name) => ({ name, state: 'pass' })),
    });
  });

  it.each(READINESS_CHECKS)('answers 503 when the check "%s" fails', async (name) => {
    const answer = await failing(name).request('/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: 'not-ready' });
  });

  it('K9 leaves checks out for whoever only sends readers', async () => {
    const halted = failing('keys', 'halt');
    expect((await halted.request('/readyz?exclude=keys')).status).toBe(503);
    const answer = await halted.request('/readyz?exclude=keys&exclude=halt');
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).not.toMatch(/keys|halt/);
    expect((await failing('service').request('/readyz?exclude=keys&exclude=halt')).status).toBe(503);
  });

  it('K11 refuses a mistyped check instead of leaving nothing out', async () => {
    expect((await failing().request('/readyz?exclude=key')).status).toBe(400);
  });

  it('does not stop /healthz', async () => {
    expect((await failing(...READINESS_CHECKS).request('/healthz')).status).toBe(200);
  });
});

describe('GET /metrics', () => {
  const ask = (access: 'token' | 'this-machine' | 'nobody') => {
    const { operations } = fakeDeps();
    const { read } = operations.metricsText;
    const rule =
      access === 'token' ? { by: access, isToken: (secret: string) => secret === TOKENS.metrics } : { by: access };
    return fakeApp({ operations: { ...operations, metricsText: { access: rule, read } } }).app;
  };
  const bearer = (secret: string) => ({ headers: { Authorization: `Bearer ${secret}` } });

  it('is for the bearer of its token, wherever they are', async () => {
    const app = ask('token');
    const answer = await app.request('/metrics', bearer(TOKENS.metrics), from('203.0.113.9'));
    expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    expect(answer.headers.get('Content-Type')).toContain('text/plain; version=0.0.4');
    for (const wrong of [{}, bearer(TOKENS.house), bearer(TOKENS.issueOnly)]) {
      expect((await app.request('/metrics', wrong, from('127.0.0.1'))).status).toBe(401);
    }
    expect((await app.request(`/metrics?token=${TOKENS.metrics}`)).status).toBe(401);
  });

  it('is for this machine alone while no token is set, and not for whom a proxy on it speaks', async () => {
    const app = ask('this-machine');
    for (const address of ['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1']) {
      expect((await app.request('/metrics', {}, from(address))).status).toBe(200);
    }
    for (const address of ['10.0.0.1', '203.0.113.9', 'fe80::1', '::ffff:10.0.0.1', '']) {
      expect((await app.request('/metrics', {}, from(address))).status).toBe(404);
    }
    for (const name of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP', 'X-Forwarded-Host']) {
      expect((await app.request('/metrics', { headers: { [name]: '127.0.0.1' } }, from('127.0.0.1'))).status).toBe(404);
    }
  });

  it('is for nobody where neither is so', async () => {
    expect((await ask('nobody').request('/metrics', {}, from('127.0.0.1'))).status).toBe(404);
  });
});
