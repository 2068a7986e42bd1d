import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnswerMemory } from '../../src/http/answers/answer-memory.js';
import { serveRemembered } from '../../src/http/answers/serve-remembered.js';
import { type Listening, listen } from '../../src/http/listen.js';
import { handClock } from '../storage/fixtures.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { BADGE_ID, fakeApp, ISSUER, type LogEntry } from './support.js';

const HOST = '127.0.0.1';
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const ASKED: readonly [string, Record<string, string>][] = [
  [`/v/${BADGE_ID}`, { Accept: BROWSER, 'Accept-Language': 'fr' }],
  [`/v/${BADGE_ID}?lang=en`, { Accept: BROWSER }],
  [`/v/${BADGE_ID}`, { Accept: 'application/json' }],
  [`/v/${BADGE_ID}/qr.svg`, {}],
  [`/credentials/${BADGE_ID}`, {}],
  [`/credentials/${BADGE_ID}`, { Accept: 'application/vc', Origin: 'https://example.org' }],
  [`/credentials/${BADGE_ID}`, { Accept: BROWSER }],
  ['/status/list-1', {}],
  [`/issuers/${ISSUER.view.slug}`, { Accept: BROWSER }],
  [`/issuers/${ISSUER.view.slug}/logo`, {}],
  ['/.well-known/did.json', {}],
  ['/achievements/engagement/2025-2026', { Accept: 'application/json' }],
];

describe('what is remembered goes out before the app is asked', () => {
  let server: Listening;
  let answers: AnswerMemory;
  let logged: LogEntry[];
  /** For each request whether it was answered from memory. */
  let fromMemory: boolean[];

  beforeEach(async () => {
    answers = new AnswerMemory({ clock: handClock(), maxBytes: 10_000_000 });
    const { app, deps } = fakeApp({ answers });
    const first = serveRemembered(deps);
    fromMemory = [];
    logged = deps.logged;
    const watched: typeof first = (incoming, outgoing) => {
      const done = first(incoming, outgoing);
      fromMemory.push(done);
      return done;
    };
    server = await listen({ fetch: app.fetch, first: watched }, { host: HOST, port: 0 });
  });
  afterEach(() => server.close());

  interface Received {
    readonly status: number | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', body = '') =>
    new Promise<Received>((resolve, reject) => {
      request({ host: HOST, port: server.port, path, headers, method, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { date: _, 'x-request-id': id, ...same } = response.headers;
          expect(id).toMatch(/^request-\d+$/);
          resolve({ status: response.statusCode, headers: same, body: Buffer.concat(chunks).toString('base64') });
        });
      })
        .on('error', reject)
        .end(body);
    });
  const withoutIds = (entries: readonly LogEntry[]) =>
    entries.map(({ event, facts }) => ({ event, facts: { ...Object(facts), request: '', ms: 0 } }));

  it.each(ASKED)('%s %j is the app’s own answer, header by header, and is recorded like it', async (path, headers) => {
    // A cookie asks past the memory.
    const anew = await ask(path, { ...headers, Cookie: 'a=b' });
    await ask(path, headers);
    const remembered = await ask(path, headers);
    expect(anew.status).toBe(200);
    expect(remembered).toEqual(anew);
    const etag = ensureDefined(anew.headers.etag);
    const anewKnown = await ask(path, { ...headers, 'If-None-Match': `"x", W/${etag}`, Cookie: 'a=b' });
    const known = await ask(path, { ...headers, 'If-None-Match': `"x", W/${etag}` });
    expect(anewKnown).toMatchObject({ status: 304, body: '' });
    expect(known).toEqual(anewKnown);
    const other = await ask(path, { ...headers, 'If-None-Match': '"other"' });
    expect(other).toEqual(anew);
    expect(fromMemory).toEqual([false, false, true, false, true, true]);
    const lines = withoutIds(logged);
    expect(lines).toHaveLength(6);
    expect(lines[2]).toEqual(lines[0]);
    expect(lines[4]).toEqual(lines[3]);
  });

  it('leaves everything but a plain GET to the app', async () => {
    const path = `/credentials/${BADGE_ID}`;
    await ask(path);
    await ask(path);
    expect(fromMemory).toEqual([false, true]);
    fromMemory = [];
    const head = await ask(path, {}, 'HEAD');
    const statuses = [
      await ask(path, {}, 'POST'),
      await ask(path, {}, 'OPTIONS'),
      await ask(path, { Authorization: 'Bearer x' }),
      await ask(path, { 'Content-Length': '2' }, 'GET', '{}'),
      await ask(path, { Accept: 'image/webp' }),
      await ask(`${path}?lang=de`),
    ].map(({ status }) => status);
    expect([head.status, head.body, ...statuses]).toEqual([200, '', 405, 204, 200, 200, 406, 200]);
    expect(fromMemory).toEqual(Array.from({ length: 7 }, () => false));
  });

  it.each([
    ['a Host with a path', 'badges.example.org/x'],
    ['a Host that is none', 'a:b:c'],
    ['no Host', ''],
  ])('leaves %s to the app, which answers as ever', async (_, host) => {
    const path = `/credentials/${BADGE_ID}`;
    const send = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(server.port, HOST, () => {
          socket.end(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        });
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk.toString('latin1');
        });
        socket.once('error', reject);
        socket.once('close', () => resolve(text.split('\r\n', 1)[0] ?? ''));
      });
    const before = await send();
    await ask(path);
    await ask(path);
    fromMemory = [];
    expect(await send()).toBe(before);
    expect(fromMemory).toEqual([false]);
  });

  it('gives an answer again only until what it is about changes', async () => {
    const path = `/v/${BADGE_ID}`;
    await ask(path);
    await ask(path);
    answers.forget({ shape: 'log', issuer: 'x', topic: 'withdrawn', key: BADGE_ID });
    await ask(path);
    await ask(path);
    expect(fromMemory).toEqual([false, true, false, true]);
  });
});
