import { DOMParser } from '@xmldom/xmldom';
import ExifReader from 'exifreader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandCall, CommandContext, OptionValues } from '../../src/cli/command.js';
import { credentialGet } from '../../src/cli/commands/credential.js';
import { issuerSet } from '../../src/cli/commands/issuer.js';
import type { House } from '../../src/compose.js';
import { findIssuer } from '../../src/issuing/issuers.js';
import { reissueCredential } from '../../src/issuing/reissue.js';
import { extractFromPdf } from '../../src/media/pdf/pdf-extract.js';
import { issueSample, openTestHouse, PUBLIC_URL, removeFolder, temporaryFolder } from '../support/house.js';

let folder: string;
let house: House;
let id: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  house = await openTestHouse(folder);
  const { rows } = await issueSample(house, 'missions-professionnelles');
  id = rows.flatMap((row) => ('credentialId' in row ? (row.credentialId ?? []) : []))[0] ?? '';
}, 120_000);

afterAll(async () => {
  await house.close();
  await removeFolder(folder);
});

/** Carries out a command over the house, as inside a server. */
async function call(command: typeof credentialGet, positionals: readonly string[], values: OptionValues) {
  const written: (string | Uint8Array)[] = [];
  const said: string[] = [];
  const context: CommandContext = {
    cwd: folder,
    language: 'en',
    environment: {},
    write: (answer) => written.push(answer),
    say: (text) => said.push(text),
    progress: () => undefined,
    readStdin: async () => new Uint8Array(),
    flushed: async () => {},
  };
  const open: CommandCall['house'] = { open: async () => house, openIfPresent: async () => house };
  const code = await command.run({ context, positionals, values, house: open, dispatch: async () => 3 });
  return { code, bytes: Buffer.concat(written.map((answer) => Buffer.from(answer))), said };
}

const get = (format: string) => call(credentialGet, [id], { format });

describe('sceau credential get', () => {
  it('writes the signed badge, and the badge inside its picture as PNG and SVG', async () => {
    const badge = JSON.parse((await get('json')).bytes.toString('utf8')) as { id: string };
    expect(badge.id).toBe(`${PUBLIC_URL}/credentials/${id}`);

    const png = Uint8Array.from((await get('png')).bytes);
    const baked = ExifReader.load(png.buffer, { includeUnknown: true })['openbadgecredential']?.description;
    expect(JSON.parse(baked ?? '')).toEqual(badge);

    const svg = (await get('svg')).bytes.toString('utf8');
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    expect(JSON.parse(root?.firstChild?.textContent ?? '')).toEqual(badge);
  });

  it('writes the attestation with the badge inside', async () => {
    const pdf = new Uint8Array((await get('pdf')).bytes);
    const badge = JSON.parse((await get('json')).bytes.toString('utf8')) as object;
    const found = extractFromPdf(pdf);
    expect(found.ok && JSON.parse(found.text)).toEqual(badge);
  });

  it('writes the QR code of the page', async () => {
    expect((await get('qr')).bytes.toString('utf8')).toContain(`<title>${PUBLIC_URL}/v/${id}</title>`);
  });

  it('writes the JWT form once the badge is bound to a key of its holder, and says why not before', async () => {
    const before = await get('jwt');
    expect([before.code, before.bytes.length, before.said]).toEqual([1, 0, [expect.stringContaining('not bound')]]);
    const holder = 'did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJPt4swbTQ2E';
    await reissueCredential(house.issuing, { credential: id, change: { kind: 'holder', id: holder }, actor: 'test' });
    const after = await get('jwt');
    expect(after.code).toBe(0);
    const [, payload = ''] = after.bytes.toString('utf8').split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).toMatchObject({ sub: holder });
  });

  it('refuses a format there is not', async () => {
    await expect(get('gif')).rejects.toThrow(/this version has no "gif"/);
  });
});

describe('sceau issuer set --linkedin', () => {
  const SLUG = 'universite-de-strasbourg';

  it('keeps the number of the institution’s LinkedIn page', async () => {
    expect((await call(issuerSet, [SLUG], { linkedin: '15142' })).code).toBe(0);
    expect((await findIssuer(house.issuing, SLUG))?.linkedInOrganizationId).toBe('15142');
  });

  it.each(['', '0', 'universite', '1 2', '٣', '1'.repeat(21)])('refuses %j', async (linkedin) => {
    await expect(call(issuerSet, [SLUG], { linkedin })).rejects.toThrow();
    expect((await findIssuer(house.issuing, SLUG))?.linkedInOrganizationId).toBe('15142');
  });
});
