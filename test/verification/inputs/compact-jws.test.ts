import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from '../../../src/verification/inputs/base64url.js';
import { readCompactJws } from '../../../src/verification/inputs/compact-jws.js';
import { readInput } from '../../../src/verification/inputs/read-input.js';
import { compactJws, problemOf } from './reading.js';

const HEADER = { alg: 'ES256', kid: 'did:web:a.example#key' };
const PAYLOAD = { iss: 'did:web:a.example', name: 'Zoé' };
const JWS = compactJws(HEADER, PAYLOAD, 'AQIDBA');
const unreadable = '400 unreadable-jws PARSING_ERROR';
const parts = '200 jwt-parts CRYPTOGRAPHIC_SECURITY_ERROR';

describe('base64url', () => {
  it('decodes what the platform encodes, and agrees with a careful library on everything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(decodeBase64url(Buffer.from(bytes).toString('base64url'))).toEqual({ ok: true, bytes });
      }),
    );
    const almost = fc.string({ unit: fc.constantFrom(...'AQgwZz09-_=+/ é'), maxLength: 9 });
    fc.assert(
      fc.property(almost, (text) => {
        const reading = decodeBase64url(text);
        expect(reading.ok ? reading.bytes : undefined).toEqual(decodedByLibrary(text));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['', { ok: true, bytes: new Uint8Array() }],
    ['AA', { ok: true, bytes: Uint8Array.of(0) }],
    ['AB', { ok: false, mistake: 'trailing-bits' }],
    ['AAB', { ok: false, mistake: 'trailing-bits' }],
    ['A', { ok: false, mistake: 'trailing-bits' }],
    ['AA==', { ok: false, mistake: 'padding' }],
    ['AA=A', { ok: false, mistake: 'alphabet' }],
    ['A+', { ok: false, mistake: 'alphabet' }],
    ['A/', { ok: false, mistake: 'alphabet' }],
    ['\u0141A', { ok: false, mistake: 'alphabet' }],
  ])('reads %j as expected', (text, reading) => {
    expect(decodeBase64url(text)).toEqual(reading);
  });
});

describe('reading a compact JWS', () => {
  it.each([
    ['V66: padding', `${JWS}==`, unreadable],
    ['V66: padding of the header', JWS.replace('.', '=.'), unreadable],
    ['V66: other unused trailing bits', `${JWS.slice(0, -1)}B`, unreadable],
    ['V66: a trailing space', `${JWS} `, unreadable],
    ['V66: a trailing line break', `${JWS}\n`, unreadable],
    ['V66: a leading space', ` ${JWS}`, unreadable],
    ['V66: a line break inside', JWS.replace('.', '.\r\n'), unreadable],
    ['V66: the other base64 alphabet', JWS.replace('AQIDBA', 'AQID+/'), unreadable],
    ['V66: a no-break space', `${JWS}\u00a0`, unreadable],
    ['V35: two parts', JWS.slice(0, JWS.lastIndexOf('.')), parts],
    ['V35: four parts', `${JWS}.AA`, parts],
    ['V35: five parts, as if encrypted', `${JWS}.AA.AA`, parts],
    ['V39: crit', compactJws({ ...HEADER, crit: ['b64'] }, PAYLOAD), '200 jwt-header CRYPTOGRAPHIC_SECURITY_ERROR'],
    [
      'V39: an unknown crit',
      compactJws({ ...HEADER, crit: ['exp'], exp: 1 }, PAYLOAD),
      '200 jwt-header CRYPTOGRAPHIC_SECURITY_ERROR',
    ],
    ['V39: b64 false', compactJws({ ...HEADER, b64: false }, PAYLOAD), '200 jwt-header CRYPTOGRAPHIC_SECURITY_ERROR'],
    ['V39: b64 true', compactJws({ ...HEADER, b64: true }, PAYLOAD), '200 jwt-header CRYPTOGRAPHIC_SECURITY_ERROR'],
    ['V39: zip', compactJws({ ...HEADER, zip: 'DEF' }, PAYLOAD), '200 jwt-header CRYPTOGRAPHIC_SECURITY_ERROR'],
    ['V4: a payload that is no object', compactJws(HEADER, 'null'), '400 not-an-object PARSING_ERROR'],
    ['a detached payload', compactJws(HEADER, ''), '400 json-syntax PARSING_ERROR'],
    [
      'V7: a header member twice',
      compactJws('{"alg":"none","alg":"ES256"}', PAYLOAD),
      '400 duplicate-member PARSING_ERROR',
    ],
    ['V7: a claim twice', compactJws(HEADER, '{"iss":"a","iss":"b"}'), '400 duplicate-member PARSING_ERROR'],
    [
      'V10: __proto__ in a claim',
      compactJws(HEADER, '{"vc":{"__proto__":{}}}'),
      '400 malformed-value MALFORMED_VALUE_ERROR',
    ],
    [
      'V8: a payload 65 deep',
      compactJws(HEADER, `{"a":${'['.repeat(64)}${']'.repeat(64)}}`),
      '400 too-complex too-complex',
    ],
  ])('%s', (_, compact, problem) => {
    expect(problemOf(readInput(compact))).toBe(problem);
    expect(problemOf(readCompactJws(compact))).toBe(problem);
  });

  it('V3: never replaces bytes in a payload that are not UTF-8', () => {
    const payload = Buffer.from('{"name":"\xc3("}', 'latin1').toString('base64url');
    expect(problemOf(readCompactJws(JWS.replace(/\..*\./, `.${payload}.`)))).toBe('400 not-utf-8 PARSING_ERROR');
  });

  it('V4: a header that is no object is refused', () => {
    expect(problemOf(readCompactJws(compactJws(['ES256'], PAYLOAD)))).toBe('400 not-an-object PARSING_ERROR');
  });

  it('refuses the empty text, dots, and an empty header', () => {
    expect(problemOf(readCompactJws(''))).toBe(parts);
    expect(problemOf(readCompactJws('..'))).toBe(unreadable);
    expect(problemOf(readCompactJws('.'.repeat(2_000_000)))).toBe(parts);
  });

  it('benign twin: header, payload and signature come out decoded', () => {
    expect(readInput(JWS)).toEqual({
      kind: 'jws',
      jws: { compact: JWS, header: HEADER, payload: PAYLOAD, signature: Uint8Array.of(1, 2, 3, 4) },
    });
  });

  it('V35: an empty signature is readable, for verification to refuse', () => {
    expect(readInput(compactJws(HEADER, PAYLOAD, ''))).toMatchObject({
      kind: 'jws',
      jws: { signature: new Uint8Array() },
    });
  });

  it('V66: every other way to write the parts is refused', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = JWS.at(-1) ?? '';
    const same = [...alphabet].filter(
      (letter) => letter !== last && Buffer.from(`AQIDB${letter}`, 'base64url').equals(Buffer.of(1, 2, 3, 4)),
    );
    expect(same).toHaveLength(15);
    for (const letter of same) expect(problemOf(readCompactJws(JWS.slice(0, -1) + letter))).toBe(unreadable);
  });
});

function decodedByLibrary(text: string): Uint8Array | undefined {
  try {
    return base64urlnopad.decode(text);
  } catch {
    return undefined;
  }
}
