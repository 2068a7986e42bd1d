import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge } from '../../src/issuing/badges.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { removeIssuerLogo, setIssuerLogo } from '../../src/issuing/issuer-logo.js';
import { setWithdrawn } from '../../src/issuing/withdrawal.js';
import { readLogo } from '../../src/media/logo.js';
import { extractFromPdf } from '../../src/media/pdf/pdf-extract.js';
import { createTypefaces } from '../../src/media/pdf/typefaces.js';
import { rasterise } from '../../src/media/rasterise.js';
import { readDocumentFont } from '../../src/platform/document-fonts.js';
import { attestBadge } from '../../src/sharing/attest.js';
import {
  issueSample,
  openTestHouse,
  PROGRAMME_IDS,
  PUBLIC_URL,
  removeFolder,
  sampleFiles,
  temporaryFolder,
} from '../support/house.js';
import { flatten, linesOf, scanPage, tagsOf, whereColoured, withPdf } from '../support/read-pdf.js';

const MADE = Date.parse('2026-11-22T10:05:00Z');
const openTypefaces = createTypefaces(readDocumentFont);

interface SampleStudent {
  familyName: string;
  givenName: string;
  nativeName: string | null;
  studentNumber: string;
  birthDate: string;
  email: string;
}

interface SampleEngagement {
  id: string;
  student: SampleStudent;
  title: Record<string, string>;
  role?: Record<string, string>;
  evidence: object[];
  measures: Record<string, unknown>;
}

let folder: string;
let house: House;
/** Public ids by engagement. */
const ids = new Map<string, string>();
const students = new Map<string, SampleStudent>();

const HOSTILE = '"><img src=x onerror=alert(1)> (ET) endstream \u202Etxt';
const LONG_NAME = 'María de los Ángeles Wolfeschlegelsteinhausenbergerdorff y Fernández de Córdoba';

/** Cohorts with what the shipped ones lack: a certificate with its host's attestation, Korean, long and hostile names. */
function changed(programme: string, engagements: SampleEngagement[]): void {
  const find = (id: string) => engagements.find((engagement) => engagement.id === id);
  if (programme === 'ecstra') {
    const evidence = find('EC-E08')?.evidence ?? [];
    evidence.push({ ...evidence[0], id: 'EC-E08-H', kind: 'host-attestation', visibility: 'private', fields: {} });
  }
  if (programme === 'engagement-citoyen') {
    const [korean, long, hostile] = ['ES-E01', 'ES-E07', 'ES-E06'].map(find);
    if (korean !== undefined) korean.student.nativeName = '김민준';
    if (long !== undefined) Object.assign(long.student, { givenName: LONG_NAME, familyName: LONG_NAME });
    if (hostile !== undefined) Object.assign(hostile.title, { fr: HOSTILE, en: HOSTILE });
  }
}

beforeAll(async () => {
  folder = await temporaryFolder();
  house = await openTestHouse(folder);
  for (const programme of PROGRAMME_IDS) {
    const files = await sampleFiles(programme);
    const cohort = JSON.parse(files.engagements.toString('utf8')) as { engagements: SampleEngagement[] };
    changed(programme, cohort.engagements);
    const decisions = files.decisions
      .toString('utf8')
      .replace('ES-E07;Œuvrard;Quentin', `ES-E07;${LONG_NAME};${LONG_NAME}`);
    const batch = await issueSample(house, programme, {
      engagements: new TextEncoder().encode(JSON.stringify(cohort)),
      decisions: new TextEncoder().encode(decisions),
    });
    for (const { engagementId, credentialId } of batch.rows) {
      if (credentialId !== undefined) ids.set(engagementId, credentialId);
    }
    for (const { id, student } of cohort.engagements) students.set(id, student);
  }
}, 120_000);

afterAll(async () => {
  await house.close();
  await removeFolder(folder);
});

function idOf(engagement: string): string {
  const id = ids.get(engagement);
  if (id === undefined) throw new Error(`${engagement} was not issued`);
  return id;
}

async function attest(engagement: string, made = MADE): Promise<Uint8Array> {
  const pdf = await attestBadge(house.issuing, idOf(engagement), { openTypefaces, made });
  if (pdf === undefined) throw new Error(`no attestation of ${engagement}`);
  return pdf;
}

/** The page as one text: lines joined, so that a phrase broken over two lines is found. */
async function textOf(pdf: Uint8Array): Promise<string> {
  return (await linesOf(pdf)).join(' ');
}

const ONE_OF_EACH = ['EC-E06', 'ES-E05', 'MI-E02', 'MP-E03', 'MP-E05', 'PP-E04', 'PP-E06'] as const;

describe('an attestation', () => {
  it.each(ONE_OF_EACH)('of %s is one tagged A4 page with the badge inside, as it is served', async (engagement) => {
    const pdf = await attest(engagement);
    await withPdf(pdf, async (page, document) => {
      expect(document.numPages).toBe(1);
      expect(page.view).toEqual([0, 0, 595.28, 841.89]);
      const { info } = await document.getMetadata();
      expect(info).toMatchObject({ Language: engagement === 'MP-E03' ? 'en' : 'fr', Author: expect.any(String) });
      const files: Record<string, { content: Uint8Array }> = await document.getAttachments();
      expect(Object.keys(files)).toEqual([`${idOf(engagement)}.json`]);
      const badge = await findBadge(house.issuing, idOf(engagement));
      expect(new TextDecoder().decode(files[`${idOf(engagement)}.json`]?.content)).toBe(
        JSON.stringify(badge?.document),
      );
    });
    const tags = flatten(await tagsOf(pdf));
    expect(tags.filter(({ role }) => role === 'H1')).toHaveLength(1);
    expect(tags.filter(({ role }) => role === 'Figure').every(({ alt }) => (alt ?? '') !== '')).toBe(true);
    expect(pdf.length).toBeLessThan(100_000);
  });

  it('leads to the badge’s page by a QR code a camera reads off the print', async () => {
    for (const engagement of ['EC-E06', 'PP-E04'] as const) {
      expect(await scanPage(await attest(engagement))).toBe(`${PUBLIC_URL}/v/${idOf(engagement)}`);
    }
    const tags = flatten(await tagsOf(await attest('EC-E06')));
    expect(tags.map(({ alt }) => alt)).toContain(
      `Code QR menant à la page de vérification, ${PUBLIC_URL}/v/${idOf('EC-E06')}`,
    );
  });

  it('names institution, holder, achievement, facts, levels with their meaning and who confirmed them', async () => {
    const text = await textOf(await attest('EC-E06'));
    for (const phrase of [
      "Université Jean Monnet Saint-Étienne atteste que Oksana Шевченко Оксана Шевченко a obtenu Compétences d'engagement ECSTRA « Jardin partagé »",
      'Vie étudiante · France',
      'Rôle Bénévole',
      'Période du 1er octobre 2025 au 30 avril 2026',
      'Année universitaire 2025-2026',
      'Crédits 2 ECTS',
      'Valorisation Badge numérique ; Mention au supplément au diplôme ; Crédits ECTS',
      'Décision Jury volontaire, le 24 juin 2026',
      'Travail en équipe (collaboration) Coordonner, niveau 2 sur 3 confirmé par : Pair Au moins 2 de ces 3 indicateurs',
      'Auto-évaluation par indicateurs, trace et réflexion',
      `${PUBLIC_URL}/v/${idOf('EC-E06')}`,
      'Valable à l’établissement de cette page, le 22 novembre 2026 à 10:05 UTC.',
      'did:web:badges.example.org:issuers:universite-jean-monnet-saint-etienne',
    ]) {
      expect(text).toContain(phrase);
    }
  });

  it('is in the badge’s language', async () => {
    const text = await textOf(await attest('MP-E03'));
    expect(text).toContain(
      'Université de Strasbourg certifies that Xiaoming Wang 王晓明 has been awarded Professional Mission',
    );
    expect(text).toContain('Certified hours 100 h (certified by: Professional tutor)');
  });

  it.each([
    ['ES-E01', '김민준'],
    ['ES-E04', '李琳'],
    ['ES-E05', 'ريان الخوري'],
    ['PP-E04', 'حسن آيت أوعراب'],
  ])('of %s shows the holder’s name in its own script, in the order it is read', async (engagement, name) => {
    expect(await linesOf(await attest(engagement))).toContain(name);
  });

  it('X1 takes a hostile title for words, and shows what would turn them round', async () => {
    const text = await textOf(await attest('ES-E06'));
    expect(text).toContain('"><img src=x onerror=alert(1)> (ET) endstream [U+202E]txt');
  });

  it('stays one page for the longest names', async () => {
    const pdf = await attest('ES-E07');
    expect((await textOf(pdf)).replaceAll(' ', '')).toContain(LONG_NAME.replaceAll(' ', ''));
    await withPdf(pdf, async (_, document) => expect(document.numPages).toBe(1));
    expect(await scanPage(pdf)).toBe(`${PUBLIC_URL}/v/${idOf('ES-E07')}`);
  });

  it('never shows what no badge may show', async () => {
    for (const engagement of ONE_OF_EACH) {
      const text = await textOf(await attest(engagement));
      const { birthDate, email, studentNumber } = students.get(engagement) ?? {};
      for (const secret of [birthDate, email, studentNumber, 'Kestler', 'p1@example.org']) {
        expect(text).not.toContain(secret ?? 'never');
      }
      expect(text).not.toMatch(/\bNote\b|\bMark\b/);
    }
  });

  it('says nothing that is not in the badge, in the programme’s public definition or a phrase of the page', async () => {
    const badge = JSON.stringify((await findBadge(house.issuing, idOf('MI-E02')))?.document).replaceAll(/[’']/g, "'");
    const text = (await linesOf(await attest('MI-E02'))).map((line) => line.replaceAll(/[’']/g, "'"));
    for (const said of [
      'Atelier Nordique (fictif)',
      'Fiabiliser les flux de pièces',
      'Satisfaisant',
      'Excellent',
      '2021-2022',
    ]) {
      expect(text.some((line) => line.includes(said))).toBe(true);
      expect(badge).toContain(said);
    }
  });

  it('is the same, byte for byte, when it is made again for the same moment', async () => {
    expect(await attest('PP-E04')).toEqual(await attest('PP-E04'));
  });

  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="#00c853"/></svg>';
  it.each([
    ['an SVG', async () => new TextEncoder().encode(drawing)],
    ['a PNG', () => rasterise(drawing, 200)],
  ])('bears the institution’s logo at the top right: %s', async (_form, draw) => {
    const logo = readLogo(await draw());
    if (!logo.ok) throw new Error(`refused: ${logo.refusal.reason}`);
    const issuer = (await findBadge(house.issuing, idOf('MI-E02')))?.issuer;
    if (issuer === undefined) throw new Error('MI-E02 has no issuer');
    const without = flatten(await tagsOf(await attest('MI-E02'))).filter(({ role }) => role === 'Figure');
    await setIssuerLogo(house.issuing, issuer.slug, logo);
    const pdf = await attest('MI-E02');
    await removeIssuerLogo(house.issuing, issuer.slug);
    const figures = flatten(await tagsOf(pdf)).filter(({ role }) => role === 'Figure');
    expect(figures).toHaveLength(without.length + 1);
    expect(figures[0]?.alt).toContain(issuer.name);
    const place = await whereColoured(pdf, [0, 200, 83]);
    expect(place?.left).toBeGreaterThan(595 / 2);
    expect(place?.bottom).toBeLessThan(842 / 4);
    expect((place?.right ?? 0) - (place?.left ?? 0)).toBeGreaterThan(40);
    expect(extractFromPdf(pdf)).toMatchObject({ ok: true });
  });
});

describe('a document of a name of its own', () => {
  it('is the out-of-course certificate of Missions Professionnelles, in detail', async () => {
    const pdf = await attest('MP-E05');
    const text = await textOf(pdf);
    expect(flatten(await tagsOf(pdf)).map(({ role }) => role)).toContain('H1');
    for (const phrase of [
      "Attestation détaillée hors cursus délivrée par l'IDIP Université de Strasbourg atteste que Jürgen von der Heide",
      'IDIP · France',
      'Commanditaire Association Les Rives (fictive)',
      'Heures certifiées 62 h (attestation : Tuteur professionnel)',
      'Encadrement et suivi Tuteur professionnel ; Tuteur enseignant',
      'Gestion de projet en équipe Mis en pratique, niveau 2 sur 2',
      "rapport collectif d'au moins 15 pages",
    ]) {
      expect(text).toContain(phrase);
    }
    expect(text).not.toContain('ECTS');
    await withPdf(pdf, async (_, document) => {
      const { info } = await document.getMetadata();
      expect(info).toMatchObject({
        Title: "Attestation détaillée hors cursus délivrée par l'IDIP – Mission professionnelle – Jürgen von der Heide",
      });
    });
  });

  it('is the Certificate of Community Involvement, which also asked for the host’s attestation', async () => {
    const text = await textOf(await attest('EC-E08'));
    expect(text).toContain(
      "Certificat d'engagement citoyen Université Jean Monnet Saint-Étienne atteste que Beatriz da Conceição",
    );
    expect(text).toContain('Valorisation Badge numérique');
    expect(text).toMatch(/Pour ce document, en outre : .*[Aa]ttestation/);
  });

  it('is none where no option granted is a certificate', async () => {
    const lines = await linesOf(await attest('EC-E06'));
    expect(lines).toContain('Attestation');
  });
});

describe('a badge without attestation', () => {
  const change = (engagement: string, to: 'suspended' | 'reinstated' | 'revoked') =>
    changeStatus(house.issuing, { credential: idOf(engagement), change: to, reason: 'test', actor: 'test' });
  const options = { openTypefaces, made: MADE };

  it('is one that is suspended, and has it again once reinstated', async () => {
    await change('EC-E01', 'suspended');
    await expect(attestBadge(house.issuing, idOf('EC-E01'), options)).rejects.toMatchObject({
      code: 'badge-not-active',
      status: 'suspended',
    });
    await change('EC-E01', 'reinstated');
    expect(await attestBadge(house.issuing, idOf('EC-E01'), options)).toBeDefined();
  });

  it('is one that was revoked', async () => {
    await change('EC-E02', 'revoked');
    await expect(attestBadge(house.issuing, idOf('EC-E02'), options)).rejects.toMatchObject({ status: 'revoked' });
  });

  it('is one its holder does not share, which is told from no unknown one', async () => {
    const credential = idOf('MI-E01');
    const issuer = (await findBadge(house.issuing, credential))?.issuer.slug ?? '';
    const badge = { issuer, credential, student: 'S' };
    await setWithdrawn(house.issuing, badge, true);
    expect(await attestBadge(house.issuing, credential, options)).toBeUndefined();
    await setWithdrawn(house.issuing, badge, false);
    expect(await attestBadge(house.issuing, '0'.repeat(26), options)).toBeUndefined();
    expect(await attestBadge(house.issuing, credential, options)).toBeDefined();
  });
});

describe('the badge in an attestation', () => {
  it('comes out as it went in', async () => {
    const badge = await findBadge(house.issuing, idOf('MP-E03'));
    expect(extractFromPdf(await attest('MP-E03'))).toEqual({ ok: true, text: JSON.stringify(badge?.document) });
  });
});
