import { describe, expect, it } from 'vitest';
import { bakePng } from '../../../src/media/png-bake.js';
import { readBody } from '../../../src/verification/inputs/read-body.js';
import { png } from '../../media/png.js';
import { compactJws, problemOf, utf8 } from './reading.js';

const BADGE = utf8('{"a":1}');
const JWS = utf8(compactJws({ alg: 'ES256' }, {}));
const PNG = bakePng(png(), '{"a":1}');
const read = (contentType: string | undefined, bytes: Uint8Array) => problemOf(readBody({ contentType, bytes }));
const wrongType = '415 unsupported-media-type unsupported-media-type';

describe('reading the body of a request', () => {
  it.each([
    ['V1: an empty body, whatever its type', 'application/json', utf8(''), '400 empty-input PARSING_ERROR'],
    ['V1: an empty body without a type', undefined, utf8(' \n'), '400 empty-input PARSING_ERROR'],
    ['V5: XML', 'text/xml', utf8('<a/>'), wrongType],
    ['V5: no type', undefined, BADGE, wrongType],
    ['V5: an empty type', '', BADGE, wrongType],
    ['V5: plain text that is JSON', 'text/plain', BADGE, wrongType],
    ['V5: plain text that is a sentence', 'text/plain', utf8('hello'), wrongType],
    ['V5: plain text that is a picture', 'text/plain', PNG, wrongType],
    [
      'V66: plain text that is a JWS and a line break',
      'text/plain',
      utf8(`${compactJws({}, {})}\n`),
      '400 unreadable-jws PARSING_ERROR',
    ],
    [
      'V66: a JWS after a byte-order mark',
      'application/jwt',
      utf8(`\uFEFF${compactJws({}, {})}`),
      '400 unreadable-jws PARSING_ERROR',
    ],
    ['a form', 'application/x-www-form-urlencoded', BADGE, wrongType],
    ['V61: JSON that is a picture', 'application/json', PNG, '400 not-utf-8 PARSING_ERROR'],
    ['JSON that is a JWS', 'application/json', JWS, '400 json-syntax PARSING_ERROR'],
    ['a JWS that is JSON', 'application/jwt', BADGE, '200 jwt-parts CRYPTOGRAPHIC_SECURITY_ERROR'],
    ['V61: a picture that is JSON', 'image/png', BADGE, wrongType],
    ['V61: a picture that is a web page', 'image/png', utf8('<html>'), wrongType],
    ['V61: a picture that is a PDF', 'image/png', utf8('%PDF-1.7'), wrongType],
    ['V61: a PDF that is a picture', 'application/pdf', PNG, wrongType],
    ['V61: a PDF that is JSON', 'application/pdf', BADGE, wrongType],
    ['a PDF that stops', 'application/pdf', utf8('%PDF-1.7'), '422 damaged-pdf PARSING_ERROR'],
    [
      'V6: 2 MiB and one byte',
      'application/json',
      utf8(`{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`),
      '413 payload-too-large payload-too-large',
    ],
  ])('%s', (_, type, bytes, problem) => {
    expect(read(type, bytes)).toBe(problem);
  });

  it.each([
    ['application/json', BADGE, 'json'],
    ['Application/JSON ; charset=utf-8', BADGE, 'json'],
    ['application/vc', BADGE, 'json'],
    ['application/vc+ld+json', BADGE, 'json'],
    ['application/ld+json', BADGE, 'json'],
    ['application/jwt', JWS, 'jws'],
    ['application/vc+jwt', JWS, 'jws'],
    ['text/plain; charset=us-ascii', JWS, 'jws'],
    ['image/png', PNG, 'json'],
    ['image/svg+xml', PNG, 'json'],
  ])('benign twin: %s', (type, bytes, kind) => {
    expect(read(type, bytes)).toBe(kind);
  });
});
