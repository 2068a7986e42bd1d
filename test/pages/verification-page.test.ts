import { describe, expect, it } from 'vitest';
import { STYLESHEET } from '../../src/pages/stylesheet.js';
import { verificationPage } from '../../src/pages/verification-page.js';
import { LANGUAGES, type Language } from '../../src/text/localized.js';
import { pageTexts } from '../../src/text/pages.js';
import type { VerificationReport } from '../../src/verification/report.js';
import { HOSTILE_TEXTS, HOSTILE_URLS, hostileCredential } from './hostile.js';
import { REPORTS, report, shownCredential } from './reports.js';

const ID = '0123456789abcdefghjkmnpqrs';

function page(given: VerificationReport, language: Language = 'en', source: 'jury' | 'api' = 'jury'): string {
  const frame = { language, path: `/v/${ID}` };
  return verificationPage({ frame, own: { id: ID, publicUrl: 'https://badges.example.org' }, report: given, source });
}

/** What a reader sees: tags away, entities back. */
function textOf(html: string): string {
  return html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

describe('what the page says first', () => {
  it.each(
    LANGUAGES.flatMap((language) => Object.entries(REPORTS).map(([verdict, given]) => ({ language, verdict, given }))),
  )('is $verdict, in $language', ({ language, verdict, given }) => {
    const html = page(given, language);
    const { title, meaning } = pageTexts(language).verdict[verdict as keyof typeof REPORTS];
    expect(html).toContain(`<html lang="${language}">`);
    expect(html.indexOf(`<h1>${title}</h1>`)).toBeGreaterThan(html.indexOf('<main'));
    expect(html.indexOf(`<h1>${title}</h1>`)).toBeLessThan(html.indexOf('<h2'));
    expect(textOf(html)).toContain(meaning.replaceAll('\u00a0', ' '));
  });

  it('never uses the look of a valid badge for another one', () => {
    for (const [verdict, given] of Object.entries(REPORTS)) {
      expect(page(given).includes('class="verdict good"'), verdict).toBe(verdict === 'valid');
    }
  });

  it('shows no fact of a badge whose proof fails', () => {
    const text = textOf(page(REPORTS.altered, 'fr'));
    for (const fact of ['Aïcha', 'Université', 'épicerie', 'Coordonner', 'ECTS', 'traces.example.org', '2026-06']) {
      expect(text).not.toContain(fact);
    }
    expect(text).toContain('Ce qu’il affirme n’est pas affiché ici');
  });

  it('lists warnings beside the verdict', () => {
    const message = { fr: 'Une version plus récente existe.', en: 'A newer version exists.' };
    const html = page(report({ warnings: [{ code: 'newer-version', pointer: null, message }] }), 'fr');
    expect(textOf(html)).toContain(message.fr);
    expect(html.indexOf(message.fr)).toBeLessThan(html.indexOf('class="certificate"'));
  });
});

describe('what the page shows of a badge', () => {
  const text = textOf(page(REPORTS.valid, 'en'));

  it.each([
    ['the holder', 'Aïcha N’Diaye-Lefèvre'],
    ['the institution and its parent', 'Université de l’Exemple – Vie étudiante Université de l’Exemple'],
    ['the country by name', ', France'],
    ['the domain that answers for the key', 'Key published at badges.example.org'],
    ['the DID', 'did:web:badges.example.org:issuers:universite-de-l-exemple'],
    ['the title', 'Coordination d’une épicerie solidaire'],
    ['what was done and who confirmed it', 'Confirmé par un tuteur professionnel, deux pairs'],
    ['the role', 'Coordinatrice'],
    ['the period, by the day as written', '1 October 2025 to 29 May 2026'],
    ['the academic year', '2025-2026'],
    ['the credits', '3 of 3 ECTS'],
    ['the jury’s date', 'Jury decision 24 June 2026'],
    ['the level and its place in the scale', 'Coordonner Level 2 of 3'],
    ['the meaning of the level', 'J’aide à répartir les rôles'],
    ['the other levels', 'S’adapter aux besoins du groupe'],
    ['hours and their range', 'Heures d’engagement 84.5 range 40 to 100'],
    ['evidence and where it lies', 'Compte rendu de l’assemblée générale traces.example.org'],
    ['whether the evidence is unchanged', 'unchanged since the badge was signed'],
    ['the frameworks it is aligned with', 'Faim « zéro » Objectifs de développement durable'],
    ['the criteria', 'Au moins deux indicateurs sur trois'],
    ['every check by name', 'Signing key passed'],
    ['when it was checked', '22 November 2026 at 10:00 UTC'],
    ['in which language it is written', 'The badge is written in French.'],
  ])('includes %s', (_name, fact) => {
    expect(text).toContain(fact);
  });

  it('marks signed texts with the language they were signed in, whatever the reader’s', () => {
    expect(page(REPORTS.valid, 'en')).toContain('<div class="prose" lang="fr">');
  });

  it('names no jury for a badge issued through the API', () => {
    const fromApi = textOf(page(REPORTS.valid, 'en', 'api'));
    expect(fromApi).toContain('Awarded on 24 June 2026');
    expect(fromApi).not.toContain('Jury decision');
  });

  it('leaves out what the badge does not say', () => {
    const bare = textOf(
      page(
        report({
          credential: {
            ...shownCredential,
            holder: { id: null, name: null, nameHashed: true, emailHashed: true },
            levels: [],
            results: [],
            evidence: [],
            credits: null,
            narrative: null,
            role: null,
            term: null,
            activityStartDate: null,
            activityEndDate: null,
            awardedDate: null,
          },
        }),
      ),
    );
    for (const heading of [
      'Competences',
      'Results',
      'Evidence Links',
      'Credits',
      'Role',
      'Period',
      'Awarded to',
      'null',
      'undefined',
    ]) {
      expect(bare).not.toContain(heading);
    }
    expect(bare).toContain('The holder’s name is signed in a protected form');
  });

  it('draws the level reached and those below it', () => {
    const html = page(REPORTS.valid);
    expect([...html.matchAll(/<li class="(below|here|above)">/g)].map((match) => match[1])).toEqual([
      'below',
      'here',
      'above',
      'below',
      'below',
      'here',
    ]);
  });

  it('gives the code and the place of a check that failed', () => {
    const html = page(REPORTS.invalid);
    expect(html).toContain('<code>schema-fail</code>');
    expect(html).toContain('<code>/schema</code>');
  });

  it('links to evidence without vouching for it (S13)', () => {
    expect(page(REPORTS.valid)).toContain(
      '<a href="https://traces.example.org/epicerie/photos" rel="noopener noreferrer nofollow ugc">',
    );
  });

  it('isolates the holder’s name, whatever its direction', () => {
    const arabic = { ...shownCredential, holder: { ...shownCredential.holder, name: 'محمد بن علي' } };
    expect(page(report({ credential: arabic }))).toContain('<bdi>محمد بن علي</bdi>');
  });
});

describe('hostile texts', () => {
  const allowedTags = new Set([...page(REPORTS.valid).matchAll(/<\/?([a-z0-9!]+)/gi)].map((match) => match[1]));
  const allowedAttributes = new Set([...page(REPORTS.valid).matchAll(/\s([a-z-]+)="/g)].map((match) => match[1]));

  it.each(HOSTILE_TEXTS)('are inert in every member of a badge: %s (X1, X2, X4)', (text) => {
    const html = page(report({ credential: hostileCredential(text, 'https://ok.example.org/') }));
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('[U+2028]</script>');
    for (const [, tag] of html.matchAll(/<\/?([a-z0-9!]+)/gi)) expect(allowedTags).toContain(tag);
    for (const [tagText] of html.matchAll(/<[a-z][^>]*>/g)) {
      for (const [, name] of tagText.matchAll(/\s([a-z-]+)="/g)) expect(allowedAttributes).toContain(name);
    }
    expect(html).not.toContain('\u202E');
  });

  it.each(HOSTILE_URLS)('never become links: %j', (url) => {
    const html = page(report({ credential: hostileCredential('plain', url) }));
    for (const [, href] of html.matchAll(/<a [^>]*href="([^"]*)"/g)) {
      expect(href).toMatch(/^(?:#content|\/|\/v\/[a-z0-9]+\?lang=(?:fr|en)|\/credentials\/[a-z0-9]+\.json)$/);
    }
  });

  it('are inert in the messages of checks and warnings', () => {
    const message = { fr: '<b onclick=x>', en: '<b onclick=x>' };
    const given = report({ warnings: [{ code: 'x', pointer: null, message }] });
    const checks = given.checks.map((check) => ({
      ...check,
      state: 'fail' as const,
      message,
      code: '<i>',
      pointer: '/<u>',
    }));
    const html = page({ ...given, checks });
    for (const tag of ['<b ', '<i>', '<u>']) expect(html).not.toContain(tag);
  });
});

describe('the page as a file', () => {
  it('asks for nothing but its style sheet, its mark and its QR code, all from this service', () => {
    const html = page(REPORTS.valid);
    const asked = [...html.matchAll(/<(?:img|link|script|iframe|object|source)\b[^>]*?(?:src|href)="([^"]*)"/g)]
      .filter(([tag]) => !/rel="(?:canonical|alternate)"/.test(tag))
      .map((match) => match[1]);
    expect(new Set(asked)).toEqual(new Set(['/assets/sceau.css', '/assets/sceau.svg', `/v/${ID}/qr.svg`]));
    expect(STYLESHEET).not.toMatch(/@import|url\(/);
  });

  it('has no inline style and no script, so that the strictest policy holds', () => {
    for (const given of Object.values(REPORTS))
      expect(page(given)).not.toMatch(/<style|<script|\sstyle="|\son[a-z]+="/);
  });

  it('weighs less than 50 kB with its style sheet', () => {
    expect(Buffer.byteLength(page(REPORTS.valid, 'fr')) + Buffer.byteLength(STYLESHEET)).toBeLessThan(50_000);
  });
});
