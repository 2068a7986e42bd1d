import fc from 'fast-check';
import { didWebUrl } from '../../src/keys/did-web.js';
import { parseAddress } from '../../src/net/address.js';
import { readOutboundUrl } from '../../src/net/outbound-url.js';
import { specialBlockOf } from '../../src/net/special-addresses.js';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { readMultikey } from '../../src/proof/multikey.js';
import { readSelectiveProofValue } from '../../src/proof/selective-disclosure.js';
import { createBitstring, withBit } from '../../src/status/bitstring.js';
import { decodeStatusList, encodeStatusList } from '../../src/status/encoded-list.js';
import { deriveControllerDocument } from '../../src/verification/controllers/derived-document.js';
import { readInput } from '../../src/verification/inputs/read-input.js';
import { fakeApp, fakeDeps, PUBLIC_URL } from '../http/support.js';
import { bytesNear, textNear } from './mutations.js';
import type { FuzzTarget } from './target.js';

const crypto = createNodeCrypto();
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const DIDS = ['did:web:badges.example.org', 'did:web:b.example.org%3A8443:issuers:ecole', 'did:web:a.b:é:%C3%A9'];
const DID_TOKENS = [
  '%2e%2e',
  '%2F',
  '%3A',
  '%3a0',
  '..',
  ':',
  '/',
  '@',
  '#',
  '?',
  '127.1',
  '0x7f',
  'ſ',
  '％',
  '\u202e',
];
const URLS = ['https://univ.example.org/status/1?x=1', 'https://[2606:4700::1111]/l', 'https://93.184.216.34:443/'];
const URL_TOKENS = ['@', '\\', '//', '[::1]', '①', '。', '%00', '\t', '2130706433', '0177.0.0.1', '.local', ':22', '#'];

const KEYS = ['z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJPt4swbTQ2E', 'zDnaeTHfhmSaQKBc7CmdL3K7oYg3D6SC7yowe2eBeVd2DH32r'];
const SD_VALUES = ['u2V0BhVhAAQID', 'u2V0AhVhAAQIDgwQFBg', `u${'2V0B'.repeat(60)}`];

const LIST = await encodeStatusList(withBit(createBitstring(), 7), crypto);
/** A gzip member whose body grows a thousandfold. */
const BOMB = await encodeStatusList(new Uint8Array(2 * 1024 * 1024), crypto);
const MAX_LIST_BYTES = 1024 * 1024;

const BOUNDARY = 'sceau';
const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;
const FORMS = [
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="credential"\r\n\r\n{"a":1}\r\n--${BOUNDARY}--\r\n`,
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="b.json"\r\nContent-Type: application/json\r\n\r\n{}\r\n` +
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="recipient"\r\n\r\na@example.org\r\n--${BOUNDARY}--\r\n`,
].map(latin1);
const FORM_TOKENS = [
  `--${BOUNDARY}`,
  `\r\n--${BOUNDARY}--`,
  '\r\n\r\n',
  '\r\n',
  '"',
  '; ',
  'filename*=UTF-8',
  '\0',
  'url',
].map(latin1);

/** At the edge only the reading of the request is asked: whatever comes of it is answered as unreadable. */
const { app: edge } = fakeApp({
  verification: {
    ...fakeDeps().verification,
    async check(input) {
      const reading = readInput('text' in input ? input.text : input.bytes);
      const answer = await fakeDeps().verification.check(input, { language: 'en' });
      return reading.kind === 'problem'
        ? { kind: 'refused', problem: { ...reading, status: 400 }, report: answer.report }
        : answer;
    },
  },
});
const SERVER_ERROR = 500;

/** What comes from the network, or names a place in it. */
export const NETWORK_TEXTS: readonly FuzzTarget[] = [
  {
    name: 'did:web',
    property: fc.property(textNear(DIDS, DID_TOKENS), (did) => {
      const url = didWebUrl(did);
      if (url === undefined) return true;
      const { protocol, username, search, hash, href } = new URL(url);
      return protocol === 'https:' && username + search + hash === '' && href.endsWith('/did.json');
    }),
  },
  {
    name: 'outbound address',
    property: fc.property(textNear(URLS, URL_TOKENS), (text) => {
      const reading = readOutboundUrl(text, { allowedPorts: [443], ownOrigins: [PUBLIC_URL], maxUrlLength: 2048 });
      if (!reading.ok) return true;
      const bytes = parseAddress(reading.url.host);
      return new URL(reading.url.href).href === reading.url.href && (bytes === undefined || !specialBlockOf(bytes));
    }),
  },
  {
    name: 'keys and derived proofs',
    property: fc.property(textNear([...KEYS, ...SD_VALUES], ['z', 'u', 'd', '2V0', '/', '=']), (text) => {
      readSelectiveProofValue(text);
      const document = deriveControllerDocument(`did:key:${text}`);
      const key = readMultikey(text);
      return document === undefined || key.ok;
    }),
  },
  {
    name: 'bitstring',
    property: fc.asyncProperty(
      bytesNear([latin1(LIST), latin1(BOMB)], ['u', 'H4sI', '=', 'AAAA'].map(latin1)),
      async (bytes) => {
        const list = await decodeStatusList(new TextDecoder('latin1').decode(bytes), crypto, MAX_LIST_BYTES);
        return !list.ok || list.bits.length <= MAX_LIST_BYTES;
      },
    ),
  },
  {
    name: 'multipart',
    property: fc.asyncProperty(bytesNear(FORMS, FORM_TOKENS), async (body) => {
      const answer = await edge.request('/verify', { method: 'POST', headers: { 'Content-Type': MULTIPART }, body });
      return answer.status < SERVER_ERROR;
    }),
  },
];
