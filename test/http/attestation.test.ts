import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { setWithdrawn } from '../../src/issuing/withdrawal.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { linesOf, withPdf } from '../support/read-pdf.js';

let folder: string;
let house: House;
const ids: string[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  house = await openTestHouse(folder, { SCEAU_RATE_VERIFY: '0' });
  const batch = await issueSample(house, 'missions-professionnelles');
  for (const { credentialId } of batch.rows) if (credentialId !== undefined) ids.push(credentialId);
}, 120_000);

afterAll(async () => {
  await house.close();
  await removeFolder(folder);
});

function idAt(index: number): string {
  const id = ids[index];
  if (id === undefined) throw new Error('fewer badges than expected');
  return id;
}

async function pdfOf(id: string, headers: Record<string, string> = {}): Promise<Uint8Array> {
  const response = await house.app.request(`/credentials/${id}.pdf`, { headers });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

async function verify(body: Uint8Array<ArrayBuffer> | FormData, headers: Record<string, string> = {}) {
  const response = await house.app.request('/verify', { method: 'POST', body, headers });
  const answer = (await response.json()) as { outcome?: string; type?: string; credential?: { id: string } };
  return { status: response.status, ...answer };
}

describe('GET /credentials/{id}.pdf', () => {
  it('serves an attestation under a name of its own, and no cache keeps it', async () => {
    const response = await house.app.request(`/credentials/${idAt(0)}.pdf`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="attestation-${idAt(0)}.pdf"`,
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    });
    const lines = await linesOf(new Uint8Array(await response.arrayBuffer()));
    expect(lines.join(' ')).toContain('Université de Strasbourg atteste que');
  });

  it('serves it for the media type too, and in upper case as scanners write ids', async () => {
    const response = await house.app.request(`/credentials/${idAt(0).toUpperCase()}`, {
      headers: { Accept: 'application/pdf' },
    });
    expect(response.headers.get('Content-Type')).toBe('application/pdf');
  });

  it('carries what GET /credentials/{id} serves, byte for byte', async () => {
    const pdf = await pdfOf(idAt(0));
    const served = await (await house.app.request(`/credentials/${idAt(0)}`)).text();
    await withPdf(pdf, async (_, document) => {
      const files: Record<string, { content: Uint8Array }> = await document.getAttachments();
      expect(Object.values(files).map(({ content }) => new TextDecoder().decode(content))).toEqual([served]);
    });
  });

  it('answers 409 for a badge that is not valid, and 404 for one that is not shared or does not exist', async () => {
    const status = async (id: string) => {
      const response = await house.app.request(`/credentials/${id}.pdf`);
      const { type } = (await response.json()) as { type: string };
      return `${response.status} ${type}`;
    };
    const inactive = '409 urn:sceau:problem:badge-not-active';
    const unknown = '404 urn:sceau:problem:badge-not-found';
    const change = (to: 'suspended' | 'revoked') =>
      changeStatus(house.issuing, { credential: idAt(2), change: to, reason: 'test', actor: 'test' });
    await change('suspended');
    expect(await status(idAt(2))).toBe(inactive);
    await change('revoked');
    expect(await status(idAt(2))).toBe(inactive);
    expect(await status('0'.repeat(26))).toBe(unknown);
    const badge = { issuer: 'universite-de-strasbourg', credential: idAt(3), student: 'S' };
    await setWithdrawn(house.issuing, badge, true);
    expect(await status(idAt(3))).toBe(unknown);
    await setWithdrawn(house.issuing, badge, false);
  });
});

describe('POST /verify with an attestation', () => {
  it('verifies the badge in it: as a body of its type and as a file of a form', async () => {
    const pdf = Uint8Array.from(await pdfOf(idAt(0)));
    const body = await verify(pdf, { 'Content-Type': 'application/pdf' });
    expect(body).toMatchObject({ status: 200, outcome: 'valid' });
    expect(body.credential?.id).toMatch(new RegExp(`${idAt(0)}$`));
    const form = new FormData();
    form.set('file', new File([pdf], 'Attestation de Camille (1).pdf', { type: 'application/octet-stream' }));
    expect(await verify(form)).toMatchObject({ status: 200, outcome: 'valid' });
  });

  it('says of one whose badge was revoked since that it is revoked, whatever its page says', async () => {
    const pdf = Uint8Array.from(await pdfOf(idAt(1)));
    await changeStatus(house.issuing, { credential: idAt(1), change: 'revoked', reason: 'test', actor: 'test' });
    expect(await verify(pdf, { 'Content-Type': 'application/pdf' })).toMatchObject({
      status: 200,
      outcome: 'invalid',
      credential: { status: 'revoked' },
    });
  });

  it('V15 finds out a badge that was altered inside the file', async () => {
    const file = Buffer.from(await pdfOf(idAt(0))).toString('latin1');
    const altered = file.replace('"creditsEarned":3', '"creditsEarned":9');
    expect(altered).not.toBe(file);
    const answer = await verify(Uint8Array.from(Buffer.from(altered, 'latin1')), { 'Content-Type': 'application/pdf' });
    expect(answer).toMatchObject({ status: 200, outcome: 'invalid' });
  });

  it('V61 refuses a PDF that is none of ours, in words for people', async () => {
    const pdf = Buffer.from(await pdfOf(idAt(0))).toString('latin1');
    const post = (latin1: string) =>
      verify(Uint8Array.from(Buffer.from(latin1, 'latin1')), { 'Content-Type': 'application/pdf' });
    expect(await post('%PDF-1.4\nnothing more')).toMatchObject({ status: 422 });
    expect(await post(pdf.replace('trailer\n<<', 'trailer\n<<\n/Prev 9'))).toMatchObject({
      status: 422,
      type: 'urn:sceau:problem:changed-pdf',
    });
    expect(await post(`${pdf}${' '.repeat(2 * 1024 * 1024)}`)).toMatchObject({ status: 413 });
    const page = await house.app.request('/verify', {
      method: 'POST',
      body: Uint8Array.from(Buffer.from(pdf.replace('/Type /Catalog', '/Type /Catalog\n/OpenAction 1 0 R'), 'latin1')),
      headers: { 'Content-Type': 'application/pdf', Accept: 'text/html', 'Accept-Language': 'fr' },
    });
    expect(page.status).toBe(422);
  });
});
