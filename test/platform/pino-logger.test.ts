import { describe, expect, it } from 'vitest';
import { createPinoLogger, type LogLevel } from '../../src/platform/pino-logger.js';
import { SignerError } from '../../src/ports/signer.js';

const clock = { now: () => Date.parse('2026-11-22T09:30:15.400Z') };

function logged(level: LogLevel = 'info') {
  const lines: string[] = [];
  return { lines, logger: createPinoLogger({ write: (line) => lines.push(line), clock, level }) };
}

describe('a log line', () => {
  it('is one JSON object with level, time, event and facts', () => {
    const { lines, logger } = logged();
    logger.info('badge-issued', { issuer: 'univ', version: 1 });
    expect(lines).toEqual([
      '{"level":"info","time":"2026-11-22T09:30:15.400Z","event":"badge-issued","issuer":"univ","version":1}\n',
    ]);
  });

  it('K8 stays one line that no terminal obeys, whatever a fact holds', () => {
    const { lines, logger } = logged();
    const hostile = 'a\r\n{"event":"forged"}\u001b[31m\u009b31m\u2028\u202e\u0000\u007f';
    logger.warn('file-read', { name: hostile });
    const [line = ''] = lines;
    expect(line.slice(0, -1)).toMatch(/^[\u0020-\u007e]*$/);
    expect(JSON.parse(line)).toMatchObject({ event: 'file-read', name: hostile });
  });

  it('K8 stays one line whatever an error says', () => {
    const { lines, logger } = logged();
    logger.error('odd', new Error('one\r\ntwo\u001b]0;owned\u0007\n    at forged (place:1:1)'));
    expect(lines).toHaveLength(1);
    expect((lines[0] ?? '').slice(0, -1)).toMatch(/^[\u0020-\u007e]*$/);
  });

  it('cannot be given another event, level or time by a fact', () => {
    const { lines, logger } = logged();
    logger.info('real', { event: 'forged', level: 'error', time: 'never' });
    expect(lines).toEqual(['{"level":"info","time":"2026-11-22T09:30:15.400Z","event":"real"}\n']);
  });

  it('tells an error with its code, where it was thrown, and its causes', () => {
    const { lines, logger } = logged();
    logger.error('sign', new SignerError('did:web:a#z', 'no key', { cause: new Error('ENOENT') }), { issuer: 'univ' });
    const line = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({
      level: 'error',
      issuer: 'univ',
      error: { name: 'SignerError', code: 'signer-unavailable', message: 'no key', cause: { message: 'ENOENT' } },
    });
    expect(line.error.stack[0]).toMatch(/^at .*pino-logger\.test/);
    logger.error('odd', 'a string was thrown');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ error: 'a string was thrown' });
  });

  it('is bounded, however much an error quotes', () => {
    const { lines, logger } = logged();
    logger.error('odd', new Error('x'.repeat(1_000_000), { cause: new Error('y'.repeat(1_000_000)) }));
    expect((lines[0] ?? '').length).toBeLessThan(10_000);
  });

  it('is left out below the level asked for', () => {
    for (const [level, expected] of [
      ['warn', ['warn', 'error']],
      ['error', ['error']],
      ['silent', []],
    ] as const) {
      const { lines, logger } = logged(level);
      logger.info('event');
      logger.warn('event');
      logger.error('event', new Error('x'));
      expect(lines.map((line) => JSON.parse(line).level)).toEqual(expected);
    }
  });
});

describe('K2 what a log line leaves out', () => {
  it.each([
    ['an e-mail address a mail server quotes', '550 5.1.1 <lea.moreau+x@etu.univ.example.org>: no', 'lea.moreau'],
    ['an address with an accent', 'no mailbox léa@univ.example.org', 'léa'],
    ['name and password of an address', 'connect smtps://badges:hunter2@smtp.example.org failed', 'hunter2'],
    ['a bearer token', 'refused Bearer 5f0dcb7ee2a94c0c', '5f0dcb7ee2a94c0c'],
    ['a token of ours', `unknown sceau_${'q'.repeat(43)}`, 'qqqq'],
    ['a claim link', `GET /claim/${'w'.repeat(43)} failed`, 'wwww'],
    ['an offer', `POST /exchanges/${'e'.repeat(26)} failed`, 'eeee'],
  ])('%s', (_, message, secret) => {
    const { lines, logger } = logged();
    logger.error('failed', new Error('outer', { cause: new Error(message) }));
    logger.info('said', { detail: message });
    expect(lines.join('')).not.toContain(secret);
    expect(lines.join('')).toMatch(/redacted|\[e-mail\]|\[token\]/);
  });

  it('a fact whose name says that it is none', () => {
    const { lines, logger } = logged();
    for (const name of ['authorization', 'cookie', 'email', 'passphrase', 'password', 'secret', 'token']) {
      logger.info('said', { [name]: 'hunter2' });
      expect(JSON.parse(lines.at(-1) ?? '')[name]).toBe('[redacted]');
    }
  });

  it('and nothing else: patterns of routes, modules with a version, identifiers stay as they are', () => {
    const { lines, logger } = logged();
    const facts = {
      route: '/claim/:token/again',
      offers: '/oid4vci/offers/:offer',
      place: 'file:///srv/node_modules/@scope/pkg@1.2.3/index.js:3:4',
      key: 'did:web:badges.example.org#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJPt4swbTQ2E',
      credential: '0123456789abcdefghjkmnpqrs',
    };
    logger.info('said', facts);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject(facts);
  });

  it('X9 without taking long over a hostile text', () => {
    const { lines, logger } = logged();
    for (const text of ['a'.repeat(900), `${'a.'.repeat(400)}@`, `://${'a'.repeat(900)}`, '@a.'.repeat(300)]) {
      for (let round = 0; round < 50; round += 1) logger.error('odd', new Error(text));
    }
    expect(lines).toHaveLength(200);
  });
});
