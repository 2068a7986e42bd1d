import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../../src/http/listen.js';
import { bakePng } from '../../../src/media/png-bake.js';
import type { JsonObject } from '../../../src/ports/json.js';
import { chunk, png } from '../../media/png.js';
import { signForeign } from '../../proof/foreign-badges.js';
import { publishedFor, theirs } from '../../verification/foreign.js';
import { fullBadge, ISSUER, sign, withMember } from '../../verification/house.js';
import { formOf, ISSUER_DOCUMENT, serve, withPages } from './served.js';

const served = serve();
const MIB = 1024 * 1024;
const utf8 = (text: string) => new TextEncoder().encode(text);

async function goodText(badge: JsonObject = fullBadge()): Promise<string> {
  return JSON.stringify(await sign(badge));
}

describe('the body of POST /verify', () => {
  it('V1 V2 V4 V5 has a twin: a good badge, under every type that names one, is valid', async () => {
    const badge = await goodText();
    for (const type of ['application/json', 'application/ld+json', 'application/vc', 'application/vc+ld+json']) {
      expect(await served.verdict(badge, type)).toBe('200 valid');
      expect(await served.verdict(badge, `${type}; charset=utf-8`)).toBe('200 valid');
    }
  });

  it.each([
    ['V1 nothing', ''],
    ['V1 white space', ' \r\n\t '],
    ['V2 truncated JSON', '{"a":'],
    ['V2 a badge cut short', '{"@context":["https://www.w3.org/ns/credentials/v2"'],
    ['V2 JSON with something after it', '{} {}'],
    ['V4 null', 'null'],
    ['V4 a list', '[]'],
    ['V4 a number', '42'],
    ['V4 a text that is no JWT', '"x"'],
    ['V4 a text that is a JWT, in quotation marks', '"eyJhbGciOiJFUzI1NiJ9.e30.AAAA"'],
    ['V7 a member twice', '{"issuer":"did:web:a.example","issuer":"did:web:b.example"}'],
    ['V7 a member twice, once escaped, deep inside', '{"a":{"b":[{"issuer":1,"\\u0069ssuer":2}]}}'],
    ['V8 100,000 open brackets that never close', '['.repeat(100_000), '400 too-complex'],
    ['V8 nesting 65 deep', `${'['.repeat(65)}${']'.repeat(65)}`, '400 too-complex'],
    ['V8 100,000 objects in one another', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, '400 too-complex'],
    [
      'V9 20,001 members',
      `{${Array.from({ length: 20_001 }, (_, index) => `"m${index}":0`).join(',')}}`,
      '400 too-complex',
    ],
    ['V9 a type of 100,000 items', `{"type":[${'"t",'.repeat(99_999)}"t"]}`, '400 too-complex'],
    ['V10 __proto__', '{"__proto__":{"polluted":true}}', '400 MALFORMED_VALUE_ERROR'],
    ['V10 constructor.prototype', '{"a":{"constructor":{"prototype":{"polluted":true}}}}', '400 MALFORMED_VALUE_ERROR'],
    ['V10 __proto__, escaped', '{"a":{"__pr\\u006fto__":{"polluted":true}}}', '400 MALFORMED_VALUE_ERROR'],
  ])('%s is refused', async (_, body, expected = '400 PARSING_ERROR') => {
    expect(await served.verdict(body, 'application/json')).toBe(expected);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    const form = formOf({ credential: body });
    // White space alone is an empty field: there is nothing to read.
    expect((await served.post(form)).status).toBe(400);
  });

  it('V8 V9 has a twin: a badge as deep and as wide as allowed is read', async () => {
    const deep = `{"a":${'['.repeat(63)}${']'.repeat(63)}}`;
    const wide = `{${Array.from({ length: 19_999 }, (_, index) => `"m${index}":0`).join(',')}}`;
    for (const body of [deep, wide]) expect(await served.verdict(body)).toMatch(/^200 invalid context\//);
  });

  it('V2 accepts a byte order mark and no UTF-16', async () => {
    const text = await goodText();
    expect(await served.verdict(utf8(`\ufeff${text}`))).toBe('200 valid');
    for (const [mark, encoding] of [
      [[0xff, 0xfe], 'utf16le'],
      [[0xfe, 0xff], 'utf16be'],
      [[], 'utf16le'],
    ] as const) {
      const bytes = Buffer.from(text, 'utf16le');
      if (encoding === 'utf16be') bytes.swap16();
      expect(await served.verdict(new Uint8Array([...mark, ...bytes]))).toBe('400 PARSING_ERROR');
      expect(await served.verdict(formOf({ file: new Uint8Array([...mark, ...bytes]) }))).toBe('400 PARSING_ERROR');
    }
  });

  it('V3 refuses bytes that are no UTF-8, and never puts a replacement in their place', async () => {
    const text = await goodText({ ...fullBadge(), name: 'A\ufffd(' });
    expect(await served.verdict(text)).toBe('200 valid');
    const bytes = utf8(text);
    const place = Buffer.from(bytes).indexOf(utf8('\ufffd('));
    const damaged = new Uint8Array([...bytes.subarray(0, place), 0xc3, 0x28, ...bytes.subarray(place + 4)]);
    expect(await served.verdict(damaged)).toBe('400 PARSING_ERROR');
    expect(await served.verdict(formOf({ file: damaged }))).toBe('400 PARSING_ERROR');
    expect(await served.verdict(bakePng(png(), text), 'image/png')).toBe('200 valid');
  });

  it.each([
    ['V5 XML', 'text/xml', '<a/>'],
    ['V5 a badge called XML', 'text/xml', undefined],
    ['V5 a badge called HTML', 'text/html', undefined],
    ['V5 a badge called bytes', 'application/octet-stream', undefined],
    ['V5 a badge of no type', null, undefined],
    ['V5 a badge as text', 'text/plain', undefined],
    ['V5 words as text', 'text/plain', 'hello'],
    ['V5 a type with a forged tail', 'application/json2', undefined],
  ])('%s is refused as a type that is not taken', async (_, type, body) => {
    const bytes = utf8(body ?? (await goodText()));
    expect(await served.verdict(bytes, type)).toBe('415 unsupported-media-type');
  });

  it('V5 refuses two JWS as text for what they are: more than one', async () => {
    expect(await served.verdict('e30.e30.AA e30.e30.AA', 'text/plain')).toBe('400 PARSING_ERROR');
  });

  it('V10 leaves prototypes alone whatever the query and the fields are called', async () => {
    const badge = await goodText();
    const response = await served.house.app.request(
      '/verify?__proto__[polluted]=1&constructor.prototype.polluted=1&__proto__=1',
      { method: 'POST', body: badge, headers: { 'Content-Type': 'application/vc' } },
    );
    expect(await response.json()).toMatchObject({ outcome: 'valid' });
    const fields = { '__proto__[polluted]': '1', constructor: '1', credential: badge };
    expect(await served.verdict(formOf(fields))).toBe('200 valid');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each(['1e400', '-1e400', '9007199254740993', '-0', '36893488147419103232'])(
    'V11 a number %s in signed JSON is never rounded and then verified',
    async (number) => {
      const badge = await signForeign(theirs(), 'eddsa-jcs-2022', ISSUER);
      withPages(served, { [ISSUER_DOCUMENT]: publishedFor(badge) });
      const text = JSON.stringify(badge.document);
      expect(text).toContain('"creditsEarned":2.5');
      expect(await served.verdict(text)).toBe('200 valid');
      const verdict = await served.verdict(text.replace('"creditsEarned":2.5', `"creditsEarned":${number}`));
      expect(verdict).toMatch(/^200 invalid \S.* MALFORMED_VALUE_ERROR$/);
    },
  );

  it('V12 refuses half a character; other odd characters verify and are shown as signed', async () => {
    const text = await goodText({ ...fullBadge(), name: 'half' });
    expect(await served.verdict(text.replace('"half"', '"\\ud800"'))).toBe(
      '200 invalid parse/malformed-value MALFORMED_VALUE_ERROR',
    );
    const name = 'gnissap \u202Eton\u0000 🎓';
    const report = await served.report(await goodText({ ...fullBadge(), name }));
    expect(report).toMatchObject({ outcome: 'valid', credential: { name } });
    const page = await (
      await served.post(await goodText({ ...fullBadge(), name }), 'application/vc', { Accept: 'text/html' })
    ).text();
    for (const character of ['\u202E', '\u0000']) expect(page).not.toContain(character);
  });
});

describe('the size of a body', () => {
  let listening: Listening;
  beforeAll(async () => {
    listening = await listen(served.house.app, { host: '127.0.0.1', port: 0 });
  });
  afterAll(() => listening.close());

  /** Sends what it is given, piece by piece, until an answer comes. @returns the answer, and how much was sent. */
  function send(head: string, pieces: Iterable<string>): Promise<{ answer: string; sent: number }> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: listening.port });
      let answer = '';
      let sent = 0;
      const rest = pieces[Symbol.iterator]();
      const pump = () => {
        while (answer === '') {
          const { value, done } = rest.next();
          if (done === true) return;
          sent += value.length;
          if (!socket.write(value)) return;
        }
      };
      socket.on('connect', () => {
        socket.write(`POST /verify HTTP/1.1\r\nHost: badges.example.org\r\nConnection: close\r\n${head}\r\n\r\n`);
        pump();
      });
      socket.on('drain', pump);
      socket.on('data', (data) => {
        answer += data.toString('latin1');
      });
      socket.on('end', () => socket.destroy());
      socket.on('close', () => resolve({ answer, sent }));
      socket.on('error', (error) => (answer === '' ? reject(error) : resolve({ answer, sent })));
    });
  }

  function* endless(piece: string): Generator<string> {
    for (let count = 0; count < 4_000; count += 1) yield piece;
  }

  it('V6 is refused by its stated length before it is sent', async () => {
    const { answer, sent } = await send(`Content-Type: application/json\r\nContent-Length: ${2 * MIB + 1}`, ['{"a":"']);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('urn:sceau:problem:payload-too-large');
    expect(sent).toBeLessThan(10);
  });

  it('V6 is refused when it goes on and on without one', async () => {
    const piece = `4000\r\n${'a'.repeat(0x4000)}\r\n`;
    const { answer, sent } = await send('Content-Type: application/json\r\nTransfer-Encoding: chunked', endless(piece));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    // What the limit lets in, and what buffers on the way hold: not the 64 MiB on offer.
    expect(sent).toBeLessThan(24 * MIB);
  });

  it('V6 one byte too many is too many, and the last byte allowed is read', async () => {
    const body = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;
    expect(await served.verdict(body(2 * MIB + 1))).toBe('413 payload-too-large');
    expect(await served.verdict(body(2 * MIB))).toMatch(/^200 invalid context\//);
    expect(await served.verdict(formOf({ credential: body(2 * MIB + 1) }))).toBe('413 payload-too-large');
    expect(await served.verdict(formOf({ file: utf8(body(2 * MIB + 1)) }))).toBe('413 payload-too-large');
  });

  it('V6 has a twin: a good badge of almost 2 MiB, and one in a picture of 3 MiB, are valid', async () => {
    const badge = withMember(fullBadge(), ['credentialSubject', 'narrative'], 'é'.repeat(600_000));
    expect(await served.verdict(await goodText(badge))).toBe('200 valid');
    const picture = bakePng(png(chunk('prVt', new Uint8Array(3 * MIB))), await goodText());
    expect(await served.verdict(picture, 'image/png')).toBe('200 valid');
  });
});
