import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { bakePng } from '../../src/media/png-bake.js';
import { extractFromPng } from '../../src/media/png-extract.js';
import { readPng } from '../../src/media/png-reader.js';
import { sniff } from '../../src/media/sniff.js';
import { bakeSvg } from '../../src/media/svg-bake.js';
import { extractFromSvg } from '../../src/media/svg-extract.js';
import { readSvg } from '../../src/media/svg-reader.js';
import { isJsonObject, type Json } from '../../src/ports/json.js';
import { readJwk } from '../../src/proof/jwk.js';
import { parseStrictJson } from '../../src/text/strict-json.js';
import { encodeBase64url } from '../../src/verification/inputs/base64url.js';
import { readCompactJws } from '../../src/verification/inputs/compact-jws.js';
import { readBody } from '../../src/verification/inputs/read-body.js';
import { readInput } from '../../src/verification/inputs/read-input.js';
import { decodeVcJwt, timeClaimFindings } from '../../src/verification/jwt/decode-vc-jwt.js';
import { bytesOf, chunk, END, header, itxt, PIXELS, png, SIGNATURE } from '../media/png.js';
import { bytesNear, textNear } from './mutations.js';
import { NETWORK_TEXTS } from './network-texts.js';
import { OFFICE_FILES } from './office-files.js';
import { PDF_FILES } from './pdf-files.js';
import type { FuzzTarget } from './target.js';

const KEYWORD = 'openbadgecredential';
const BADGE = '{"type":["VerifiableCredential"],"name":"Zoé ]]> 🎓","n":[1,2.5e3,null,true]}';
const encode = (text: string) => new TextEncoder().encode(text);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWS = `${part({ alg: 'ES256', kid: 'did:web:a.example#k' })}.${part({ iss: 'did:web:a.example', nbf: 1 })}.c2ln`;

const SVGS = [
  `<?xml version="1.0" encoding="UTF-8"?><!-- c --><svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential><![CDATA[${BADGE.replace(']]>', ']]\\u003e')}]]></openbadges:credential><g a="1" b='&lt;&#x41;'><path d="M0"/></g></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0" verify="${JWS}"/></svg>`,
  '<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org"><o:assertion verify="https://a.example/"/>é&amp;</s:svg>',
];
const XML_TOKENS = [
  '<',
  '>',
  '</',
  '/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  '&',
  '&#',
  '&#x0;',
  ';',
  '"',
  "'",
  '=',
  ' xmlns:a="',
  ':',
  '<!DOCTYPE svg [',
  '<!ENTITY',
  '\u0000',
  '\uD800',
  '\uFEFF',
  'verify="a"',
  '<g>',
  '</g>',
];

/** Chunks with good check sums, so that what they hold is reached. */
const chunks = fc.oneof(
  fc
    .tuple(fc.constantFrom('iTXt', 'tEXt', 'zTXt', 'IHDR', 'IDAT', 'IEND', 'abcd'), fc.uint8Array({ maxLength: 60 }))
    .map(([type, data]) => chunk(type, data)),
  fc
    .tuple(
      fc.constantFrom('iTXt', 'tEXt', 'zTXt'),
      fc.constantFrom(KEYWORD, 'openbadges', `${KEYWORD}x`),
      fc.uint8Array({ maxLength: 40 }),
    )
    .map(([type, keyword, rest]) => chunk(type, bytesOf(encode(keyword), rest))),
  fc
    .tuple(fc.constantFrom(KEYWORD, 'openbadges'), fc.string({ unit: 'binary', maxLength: 20 }))
    .map(([keyword, text]) => itxt(keyword, text)),
);
const pngs = fc.oneof(
  bytesNear(
    [png(itxt(KEYWORD, BADGE)), png(itxt('openbadges', '{}')), png()],
    [encode(KEYWORD), encode('IEND'), encode('iTXt'), Uint8Array.of(0xff, 0xff, 0xff, 0xff), SIGNATURE],
  ),
  fc
    .tuple(fc.array(chunks, { maxLength: 6 }), fc.array(chunks, { maxLength: 2 }), fc.uint8Array({ maxLength: 10 }))
    .map(([before, after, rest]) => bytesOf(SIGNATURE, header(), ...before, PIXELS, ...after, END, rest)),
);
const svgs = textNear(SVGS, XML_TOKENS);
const jsonTexts = fc.oneof(
  fc.json(),
  textNear(
    [BADGE, '{"a":{"b":[1,-0.5e-3,"\\u0041\\n",false,null,{}]}}'],
    [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '\\u',
      '\\ud800',
      '-',
      '1e999',
      '__proto__',
      'constructor',
      'prototype',
      '\uFEFF',
      '\u0000',
      '"a":',
    ],
  ),
);
const jwsTexts = fc.oneof(
  textNear([JWS], ['.', '=', '-', '_', '+', ' ', '\n', 'ey', 'e30']),
  fc
    .tuple(jsonTexts, jsonTexts, fc.uint8Array({ maxLength: 70 }))
    .map((parts) => parts.map((value) => Buffer.from(value).toString('base64url')).join('.')),
);
const claim = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.double(),
  fc.constantFrom('did:web:a.example', 'urn:x', '2026-11-22T09:30:15Z', 'https://www.w3.org/2018/credentials/v1', [
    'https://www.w3.org/2018/credentials/v1',
  ]),
);
const members = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, claim])), { requiredKeys: [] });
const vcs = members(
  '@context',
  'id',
  'issuer',
  'validFrom',
  'validUntil',
  'issuanceDate',
  'expirationDate',
  'credentialSubject',
  'type',
);
const jwts = fc.tuple(
  members('alg', 'kid', 'jwk', 'typ', 'x5c').map((head) => ({ alg: 'ES256', ...head })),
  fc
    .tuple(vcs, members('iss', 'sub', 'jti', 'nbf', 'exp', 'iat'), fc.option(vcs))
    .map(([vc, claims, inner]) => ({ ...vc, ...claims, ...(inner === null ? {} : { vc: inner }) })),
);
const jwks = fc.record(
  {
    kty: fc.constantFrom('OKP', 'EC', 'RSA', 'oct'),
    crv: fc.constantFrom('Ed25519', 'P-256', 'P-384', 'X25519'),
    x: fc.uint8Array({ maxLength: 50 }).map(encodeBase64url),
    y: fc.uint8Array({ maxLength: 50 }).map(encodeBase64url),
    n: fc.uint8Array({ minLength: 250, maxLength: 260 }).map(encodeBase64url),
    e: claim,
    d: claim,
    use: claim,
    alg: claim,
    key_ops: claim,
  },
  { requiredKeys: ['kty'] },
);

const BADGE_FORMATS: readonly FuzzTarget[] = [
  {
    name: 'json text',
    property: fc.property(jsonTexts, (text) => {
      const parsed = parseStrictJson(text);
      const platform = parsedByPlatform(text);
      // What is accepted means what the platform says; what the platform cannot read is refused.
      return !parsed.ok || (platform.ok && isDeepStrictEqual(parsed.value, platform.value));
    }),
  },
  {
    name: 'png',
    property: fc.property(pngs, (bytes) => {
      const extraction = extractFromPng(bytes);
      const reading = readPng(bytes);
      if (!reading.ok) return !extraction.ok;
      if (extraction.ok && extraction.text.includes('\0')) return false;
      if (reading.width > 4_096 || reading.height > 4_096) return true;
      const again = extractFromPng(bakePng(bytes, BADGE));
      return again.ok && again.text === BADGE;
    }),
  },
  {
    name: 'svg',
    property: fc.property(svgs, (text) => {
      const extraction = extractFromSvg(text);
      const reading = readSvg(text);
      if (!reading.ok) return !extraction.ok;
      // What can be read can be baked into, and only the badge changes.
      const baked = bakeSvg(text, JWS);
      const again = extractFromSvg(baked);
      return again.ok && again.text === JWS && isDeepStrictEqual(bakeSvg(baked, JWS), baked);
    }),
  },
  {
    name: 'compact jws',
    property: fc.property(jwsTexts, (text) => {
      const reading = readCompactJws(text);
      if (reading.kind === 'problem') return true;
      const [head = '', payload = '', signature] = text.split('.');
      const canonical = [head, payload].every(
        (value) => Buffer.from(value, 'base64url').toString('base64url') === value,
      );
      return canonical && encodeBase64url(reading.jws.signature) === signature;
    }),
  },
  {
    name: 'vc-jwt',
    property: fc.property(jwts, ([head, payload]) => {
      const reading = readCompactJws(`${part(head)}.${part(payload)}.c2ln`);
      if (reading.kind === 'problem') return true;
      const decoded = decodeVcJwt(reading.jws);
      if (!decoded.ok) return decoded.findings.length > 0;
      timeClaimFindings(decoded.vcJwt, Date.parse('2026-11-22T10:00:00Z'));
      const { key, issuer } = decoded.vcJwt;
      return key.kind === 'key' || key.id.startsWith(`${issuer}#`);
    }),
  },
  {
    name: 'jwk',
    property: fc.property(jwks, (jwk) => {
      const value: unknown = jwk;
      const reading = isJsonObject(value) ? readJwk(value) : undefined;
      return reading === undefined || !reading.ok || jwk.d === undefined;
    }),
  },
  {
    name: 'any input',
    property: fc.property(
      fc.oneof(
        pngs,
        svgs.map(encode),
        svgs,
        jsonTexts,
        jsonTexts.map(encode),
        jwsTexts,
        jwsTexts.map(encode),
        fc.uint8Array({ maxLength: 100 }),
        fc.string({ unit: 'binary' }),
        fc.webUrl(),
      ),
      fc.constantFrom('application/json', 'application/jwt', 'text/plain', 'image/png', 'text/html', undefined),
      (input, contentType) => {
        const reading = readInput(input);
        if (typeof input !== 'string') {
          sniff(input);
          readBody({ contentType, bytes: input });
        }
        return reading.kind !== 'problem' || reading.finding.message.fr.length < 1_000;
      },
    ),
  },
];

export const FUZZ_TARGETS: readonly FuzzTarget[] = [...BADGE_FORMATS, ...PDF_FILES, ...NETWORK_TEXTS, ...OFFICE_FILES];

function parsedByPlatform(text: string): { readonly ok: true; readonly value: Json } | { readonly ok: false } {
  try {
    const value: Json = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}
