import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GuardedFetcherOptions } from '../../src/net/guarded-fetcher.js';
import { createTokenBuckets } from '../../src/net/token-buckets.js';
import type { FetchAnswer } from '../../src/ports/fetcher.js';
import { type Authority, createAuthority, type ServerCertificate } from './certificates.js';
import {
  fetcherTo,
  handClock,
  JSON_DOCUMENT,
  type LoopbackServer,
  OTHER_PUBLIC,
  PUBLIC,
  startHttps,
  startTcp,
  tableDial,
} from './loopback.js';

const NAMES = Array.from({ length: 20 }, (_, index) => `h${index}.example`);
let authority: Authority;
let certificate: ServerCertificate;
let server: LoopbackServer;
let requests: string[];
beforeAll(async () => {
  authority = await createAuthority();
  certificate = await authority.sign({ names: NAMES });
});
afterEach(() => server.close());

async function start(
  headers: Readonly<Record<string, string>> = {},
  options: Partial<GuardedFetcherOptions> = {},
  status = 200,
) {
  requests = [];
  server = await startHttps(certificate, (request, response) => {
    requests.push(`${request.headers.host}${request.url}`);
    response.writeHead(request.url === '/moved' ? 302 : status, { ...headers, location: '/found' }).end('{}');
  });
  const table = Object.fromEntries(NAMES.map((name) => [name, [PUBLIC]]));
  return fetcherTo(server, { tls: { ca: [authority.ca] }, table, ...options });
}

const details = (answers: readonly FetchAnswer[]) =>
  answers.map((answer) => ('detail' in answer ? answer.detail : answer.outcome));
const count = (answers: readonly FetchAnswer[], detail: string) =>
  details(answers).filter((found) => found === detail).length;

describe('one verification (S10)', () => {
  it('sends eight requests at most, to eight hosts or to one', async () => {
    const { fetcher } = await start();
    const view = fetcher.forVerification();
    const answers = await Promise.all(NAMES.map((name) => view.fetch(`https://${name}/`, JSON_DOCUMENT)));
    expect(count(answers, 'found')).toBe(8);
    expect(count(answers, 'fetch-budget-spent')).toBe(12);
    expect(requests).toHaveLength(8);
  });

  it('asks nothing twice, even what must not be kept', async () => {
    const { fetcher } = await start({ 'cache-control': 'no-store' });
    const view = fetcher.forVerification();
    for (let round = 0; round < 10; round += 1) {
      expect(await view.fetch('https://h0.example/', JSON_DOCUMENT)).toMatchObject({ outcome: 'found' });
    }
    expect(requests).toHaveLength(1);
    await fetcher.forVerification().fetch('https://h0.example/', JSON_DOCUMENT);
    expect(requests).toHaveLength(2);
  });

  it('pays for the redirects it follows', async () => {
    const { fetcher } = await start({}, { budgets: { perVerification: 3 } });
    const view = fetcher.forVerification();
    const moved = { ...JSON_DOCUMENT, redirects: 2 } as const;
    expect(await view.fetch('https://h0.example/moved', moved)).toMatchObject({ outcome: 'found' });
    expect(details([await view.fetch('https://h1.example/moved', moved)])).toEqual(['fetch-budget-spent']);
    expect(requests).toHaveLength(3);
  });

  it('does not pay for what another has just fetched, nor leave others what it could not afford', async () => {
    const { fetcher } = await start({}, { budgets: { perVerification: 1 } });
    const moved = { ...JSON_DOCUMENT, redirects: 2 } as const;
    const view = fetcher.forVerification();
    await fetcher.fetch('https://h0.example/', JSON_DOCUMENT);
    expect(await view.fetch('https://h0.example/', JSON_DOCUMENT)).toMatchObject({ outcome: 'found' });
    // This one can pay for the first request, not for the redirect; whoever waits beside it can.
    const [poor, rich] = [
      view.fetch('https://h1.example/moved', moved),
      fetcher.fetch('https://h1.example/moved', moved),
    ];
    expect(details([await poor, await rich])).toEqual(['fetch-budget-spent', 'found']);
  });
});

describe('a host that many badges name (S10)', () => {
  it('gets no more than its rate from a thousand questions', async () => {
    const { fetcher, clock } = await start({}, { budgets: { concurrent: 2_000, concurrentPerAddress: 2_000 } });
    const ask = (round: number) =>
      Promise.all(
        Array.from({ length: 1_000 }, (_, index) =>
          fetcher.fetch(`https://h0.example/${round}/${index}`, JSON_DOCUMENT),
        ),
      );
    const first = await ask(1);
    expect(count(first, 'found')).toBe(20);
    expect(count(first, 'host-rate-limited')).toBe(980);
    clock.advanceSeconds(5);
    expect(count(await ask(2), 'found')).toBe(5);
    expect(server.connections()).toBe(25);
  });

  it('gets no more by having many names at one address', async () => {
    const { fetcher } = await start({}, { budgets: { addressBurst: 10, concurrentPerAddress: 100 } });
    const answers = await Promise.all(NAMES.map((name) => fetcher.fetch(`https://${name}/`, JSON_DOCUMENT)));
    expect(count(answers, 'host-rate-limited')).toBe(10);
    expect(server.connections()).toBe(10);
  });

  it('gets one request from many who ask for the same document at once', async () => {
    const { fetcher } = await start();
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => fetcher.forVerification().fetch('https://h0.example/', JSON_DOCUMENT)),
    );
    expect(count(answers, 'found')).toBe(1_000);
    expect(requests).toHaveLength(1);
  });

  it('is not asked beyond what the house has under way at once', async () => {
    const { fetcher } = await start({}, { budgets: { concurrent: 4, concurrentPerAddress: 100 } });
    const answers = await Promise.all(NAMES.map((name) => fetcher.fetch(`https://${name}/`, JSON_DOCUMENT)));
    expect(count(answers, 'found')).toBe(4);
    expect(count(answers, 'too-busy')).toBe(16);
    expect(await fetcher.fetch('https://h9.example/', JSON_DOCUMENT)).toMatchObject({ outcome: 'found' });
  });
});

describe('a server that keeps us waiting', () => {
  it('takes a few places and leaves the others to others', async () => {
    const silent = await startTcp();
    const { dial } = tableDial({ [PUBLIC]: silent, [OTHER_PUBLIC]: silent });
    server = silent;
    const slow = NAMES.slice(0, 19);
    const table = { ...Object.fromEntries(slow.map((name) => [name, [PUBLIC]])), 'other.example': [OTHER_PUBLIC] };
    const { fetcher } = fetcherTo(silent, {
      connect: dial,
      table,
      limits: { connectMilliseconds: 200 },
      budgets: { concurrentPerAddress: 6 },
    });
    const waiting = Promise.all(slow.map((name) => fetcher.fetch(`https://${name}/`, JSON_DOCUMENT)));
    const other = await fetcher.fetch('https://other.example/', JSON_DOCUMENT);
    expect(details([other])).toEqual(['connect-timed-out']);
    expect(count(await waiting, 'too-busy')).toBe(13);
    expect(silent.connections()).toBe(7);
    // Its places are free again when the time is over.
    expect(details([await fetcher.fetch(`https://${slow[18]}/`, JSON_DOCUMENT)])).toEqual(['connect-timed-out']);
  });
});

describe('a failure (S10)', () => {
  it('is believed for a short while', async () => {
    const { fetcher, clock } = await start({}, {}, 404);
    for (let round = 0; round < 5; round += 1) {
      expect(await fetcher.fetch('https://h0.example/a', JSON_DOCUMENT)).toEqual({ outcome: 'not-found' });
    }
    expect(requests).toEqual(['h0.example/a']);
    clock.advanceSeconds(29);
    await fetcher.fetch('https://h0.example/a', JSON_DOCUMENT);
    expect(requests).toHaveLength(1);
    clock.advanceSeconds(1);
    await fetcher.fetch('https://h0.example/a', JSON_DOCUMENT);
    expect(requests).toHaveLength(2);
  });

  it('of a page does not condemn its host', async () => {
    const { fetcher } = await start({}, {}, 500);
    await fetcher.fetch('https://h0.example/a', JSON_DOCUMENT);
    await fetcher.fetch('https://h0.example/b', JSON_DOCUMENT);
    expect(requests).toEqual(['h0.example/a', 'h0.example/b']);
  });

  it('of a host is believed for all its pages', async () => {
    server = await startTcp((socket) => socket.destroy());
    const { fetcher, clock } = fetcherTo(server, {});
    for (let page = 0; page < 50; page += 1) {
      const answer = await fetcher.fetch(`https://issuer.example/${page}`, JSON_DOCUMENT);
      expect(answer).toEqual({ outcome: 'unreachable', detail: 'tls-failed' });
    }
    expect(server.connections()).toBe(1);
    clock.advanceSeconds(30);
    await fetcher.fetch('https://issuer.example/51', JSON_DOCUMENT);
    expect(server.connections()).toBe(2);
  });

  it('of a name is not asked of the name servers again', async () => {
    server = await startTcp();
    const { fetcher, asked } = fetcherTo(server, { table: { 'inside.example': ['10.0.0.5'] } });
    for (let page = 0; page < 5; page += 1) {
      await fetcher.fetch(`https://nowhere.example/${page}`, JSON_DOCUMENT);
      await fetcher.fetch(`https://inside.example/${page}`, JSON_DOCUMENT);
    }
    expect(asked).toEqual(['nowhere.example', 'inside.example']);
  });
});

describe('a document that was fetched', () => {
  it.each([
    ['no word', {}, 60],
    ['max-age=10', { 'cache-control': 'max-age=10' }, 10],
    ['max-age of a year', { 'cache-control': 'public, max-age=31536000' }, 300],
    ['max-age=100 and age 40', { 'cache-control': 'max-age=100', age: '40' }, 60],
  ])('is believed as long as it says, within bounds: %s', async (_, headers, seconds) => {
    const { fetcher, clock } = await start(headers);
    const ask = () => fetcher.fetch('https://h0.example/', JSON_DOCUMENT);
    await ask();
    clock.advanceSeconds(seconds - 1);
    await ask();
    expect(requests).toHaveLength(1);
    clock.advanceSeconds(1);
    await ask();
    expect(requests).toHaveLength(2);
  });

  it.each(['no-store', 'no-cache', 'private', 'max-age=0'])('is not kept when it says %s', async (control) => {
    const { fetcher } = await start({ 'cache-control': control });
    await fetcher.fetch('https://h0.example/', JSON_DOCUMENT);
    await fetcher.fetch('https://h0.example/', JSON_DOCUMENT);
    expect(requests).toHaveLength(2);
  });

  it('for one purpose and limit is not the answer to another', async () => {
    const { fetcher } = await start();
    await fetcher.fetch('https://h0.example/', JSON_DOCUMENT);
    expect(details([await fetcher.fetch('https://h0.example/', { ...JSON_DOCUMENT, maxBytes: 1 })])).toEqual([
      'too-large',
    ]);
    await fetcher.fetch('https://h0.example/', { ...JSON_DOCUMENT, accept: 'text/plain' });
    expect(requests).toHaveLength(3);
  });
});

describe('the rates of many hosts', () => {
  it('take bounded memory, and forget the one not asked for longest', () => {
    const clock = handClock();
    const buckets = createTokenBuckets({ clock, burst: 1, perSecond: 1, maxKeys: 3 });
    expect(['a', 'b', 'c', 'a', 'd'].map((key) => buckets.take(key))).toEqual([true, true, true, false, true]);
    // "b" was forgotten for "d"; "a" was not.
    expect(buckets.take('a')).toBe(false);
    expect(buckets.take('b')).toBe(true);
  });

  it('fill again with time, never beyond the burst, and not when the clock is set back', () => {
    const clock = handClock();
    const buckets = createTokenBuckets({ clock, burst: 2, perSecond: 0.5, maxKeys: 3 });
    const take = () => buckets.take('a');
    expect([take(), take(), take()]).toEqual([true, true, false]);
    clock.advanceSeconds(1);
    expect(take()).toBe(false);
    clock.advanceSeconds(1);
    expect([take(), take()]).toEqual([true, false]);
    clock.advanceSeconds(-3_600);
    expect(take()).toBe(false);
    clock.advanceSeconds(86_400);
    expect([take(), take(), take()]).toEqual([true, true, false]);
  });
});
