import { describe, expect, it } from 'vitest';
import { STYLESHEET } from '../../src/pages/stylesheet.js';
import { verificationPage } from '../../src/pages/verification-page.js';
import { LANGUAGES, type Language } from '../../src/text/localized.js';
import { pageTexts } from '../../src/text/pages.js';
import type { VerificationReport } from '../../src/verification/report.js';
import { HOSTILE_TEXTS, HOSTILE_URLS, hostileCredential } from './hostile.js';
import { REPORTS, report, shownCredential } from './reports.js';

const ID = '0123456789abcdefghjkmnpqrs';

const ISSUER = { slug: 'universite-de-l-exemple', logo: null, styleSheet: null, contact: 'badges@univ.example.org' };
const OWN = { id: ID, publicUrl: 'https://badges.example.org', issuer: ISSUER };

function page(given: VerificationReport, language: Language = 'en', source: 'jury' | 'api' = 'jury'): string {
  const frame = { language, path: `/v/${ID}` };
  return verificationPage({ frame, own: OWN, report: given, source });
}

/** The one script of the page: it shows a button, and loads the rest when that is pressed. */
const OFFER = '<script type="module" src="/assets/device.js"></script>';

/** The page for a badge that somebody handed in. */
function foreignPage(given: VerificationReport, language: Language = 'en', ownPage?: string): string {
  const frame = { language, path: '/' };
  return verificationPage({ frame, report: given, source: 'api', ...(ownPage === undefined ? {} : { ownPage }) });
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
    expect(html.indexOf(`<h1>${title}</h1>`)).toBeLessThan(html.search(/<h2|<details/));
    expect(textOf(html)).toContain(meaning.replaceAll('\u00a0', ' '));
  });

  it('never uses the look of a valid badge for another one', () => {
    for (const [verdict, given] of Object.entries(REPORTS)) {
      expect(page(given).includes('class="sheet good"'), verdict).toBe(verdict === 'valid');
    }
  });

  it('shows no fact of a badge whose proof fails', () => {
    const text = textOf(page(REPORTS.altered, 'fr'));
    for (const fact of ['Aïcha', 'Université', 'épicerie', 'Coordonner', 'ECTS', 'traces.example.org', '2026-06']) {
      expect(text).not.toContain(fact);
    }
    expect(text).toContain('Ce qu’il affirme n’est pas affiché ici');
  });

  it('is stamped across every certificate that does not stand, and across no other', () => {
    for (const [verdict, given] of Object.entries(REPORTS)) {
      const { stamp } = pageTexts('en').verdict[verdict as keyof typeof REPORTS];
      const stamped = page(given).includes(`<p class="stamp" aria-hidden="true">${stamp}</p>`);
      expect(stamped, verdict).toBe(verdict !== 'valid' && given.credential !== null);
    }
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
    ['the institution, the unit that assessed and its parent', 'Vie étudiante Service de la vie étudiante Université'],
    ['the country by name', 'Exemple France'],
    ['the domain that answers for the key', 'Key published at badges.example.org'],
    ['the DID', 'did:web:badges.example.org:issuers:universite-de-l-exemple'],
    ['the recognition', 'Compétences d’engagement'],
    ['what was done', 'Coordination d’une épicerie solidaire'],
    ['the host', 'Host organisation Association Les Paniers (fictive)'],
    ['the role', 'Coordinatrice'],
    ['the period, by the day as written', '1 October 2025 to 29 May 2026'],
    ['the academic year', '2025-2026'],
    ['the credits and what they count as', '3 ECTS Badge numérique , Crédits ECTS'],
    ['the jury and its date', 'Jury decision Jury volontaire 24 June 2026'],
    ['the level and its place in the scale', 'Travail en équipe (collaboration) Level 2 of 3'],
    ['the meaning of the level', 'J’aide à répartir les rôles'],
    ['all levels, the one reached marked', 'Contribuer Coordonner (reached) S’adapter aux besoins du groupe'],
    ['who confirmed each level', 'Confirmed by Tuteur professionnel , Pair'],
    ['hours, their range and who certified them', '84,5 h range 40 to 100 certified by Structure d’accueil'],
    ['evidence and where it lies', 'Compte rendu de l’assemblée générale traces.example.org'],
    ['whether the evidence is unchanged', 'unchanged since the badge was signed'],
    ['the frameworks it is aligned with', 'Faim « zéro » Objectifs de développement durable'],
    ['those of its competences', 'Collaborer avec des collègues ESCO'],
    ['the criteria', 'Au moins deux indicateurs sur trois'],
    ['how many checks were made', 'Checks made 11 passed'],
    ['every check by name', 'Signing key passed'],
    ['when it was checked', '22 November 2026 at 10:00 UTC'],
    ['in which language it is written', 'The badge is written in French.'],
    ['the address, in print', `https://badges.example.org/v/${ID}`],
  ])('includes %s', (_name, fact) => {
    expect(text).toContain(fact);
  });

  it('marks signed texts with the language they were signed in, and no other text', () => {
    const html = page(REPORTS.valid, 'en');
    expect(html).toContain('<h3 lang="fr"><bdi>Travail en équipe');
    expect(html).toContain('<div class="meaning" lang="fr">');
    for (const [, inside] of html.matchAll(/<(?:ol|li|section|dl)[^>]* lang="fr"[^>]*>(.{0,80})/g)) {
      expect(inside).toBeUndefined();
    }
  });

  it('names no jury for a badge issued through the API', () => {
    const fromApi = textOf(page(REPORTS.valid, 'en', 'api'));
    expect(fromApi).toContain('Awarded on Jury volontaire 24 June 2026');
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
            activity: null,
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
      'Counts as',
      'Supervised by',
      'null',
      'undefined',
    ]) {
      expect(bare).not.toContain(heading);
    }
    expect(bare).toContain('certifies that the holder, whose name is signed in a protected form');
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

  it('shows a narrative in other words whole, and a list in a sentence as a list', () => {
    const level = { ...shownCredential.levels[0]!, description: 'Two of these: I share; I listen; I keep my word.' };
    const rest = 'She ran a shop.\n\nTwo peers agree.';
    const told = { ...shownCredential.activity!, rest };
    const html = page(report({ credential: { ...shownCredential, activity: told, levels: [level] } }));
    expect(textOf(html)).toContain('What was done She ran a shop. Two peers agree.');
    expect(html).toContain('<li dir="auto">I share</li><li dir="auto">I listen</li><li dir="auto">I keep my word</li>');
  });

  it('opens the list of checks by itself only when one of them did not pass', () => {
    for (const [verdict, given] of Object.entries(REPORTS)) {
      expect(page(given).includes('<details class="more checks" open="">'), verdict).toBe(verdict !== 'valid');
    }
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

describe('a badge from elsewhere', () => {
  const bareKey = report({
    credential: { ...shownCredential, issuer: { ...shownCredential.issuer, id: 'did:key:z6Mk' } },
  });

  it('is signed by a domain, and the name is what that signer calls itself', () => {
    const text = textOf(foreignPage(REPORTS.valid));
    expect(text).toContain('Whoever runs badges.example.org signed it, and nothing has been changed since.');
    expect(text).toContain('badges.example.org calls itself Université de l’Exemple – Vie étudiante');
    expect(text).toContain('It has not been withdrawn.');
    expect(text).not.toContain('The institution named here signed it');
  });

  it('that declares no status is not said to be unrevoked', () => {
    const text = textOf(foreignPage(report({ states: { status: 'skipped' } })));
    expect(text).toContain('It names no place where a withdrawal would show.');
    expect(text).not.toContain('has not been withdrawn');
  });

  it('with a bare key says that nobody vouches for its owner, and never looks like a valid one', () => {
    const html = foreignPage(bareKey);
    expect(textOf(html)).toContain('An unknown key calls itself Université de l’Exemple');
    expect(textOf(html)).toContain('A bare key: nobody vouches for this key’s owner.');
    expect(html).toContain('class="sheet hold stamped"');
    expect(html).not.toContain('class="sheet good');
    expect(page(bareKey)).toContain('class="sheet good"');
  });

  it('has no code and no document here, unless it is one of this house', () => {
    expect(foreignPage(REPORTS.valid)).not.toMatch(/qr\.svg|\/credentials\/|rel="canonical"/);
    expect(foreignPage(REPORTS.superseded, 'fr', `/v/${ID}?lang=fr`)).toContain(`<a href="/v/${ID}?lang=fr">`);
  });
});

describe('an institution’s looks', () => {
  it('are its logo and colours, from this origin', () => {
    const issuer = { ...ISSUER, logo: '/issuers/x/logo', styleSheet: '/issuers/x/look.css' };
    const frame = { language: 'fr', path: `/v/${ID}` } as const;
    const html = verificationPage({ frame, own: { ...OWN, issuer }, report: REPORTS.valid, source: 'jury' });
    expect(html).toContain('<link rel="stylesheet" href="/issuers/x/look.css"/>');
    expect(html).toContain('<img class="logo" src="/issuers/x/logo" alt=""');
  });
});

describe('hostile texts', () => {
  const allowedTags = new Set([...page(REPORTS.valid).matchAll(/<\/?([a-z0-9!]+)/gi)].map((match) => match[1]));
  const allowedAttributes = new Set([...page(REPORTS.valid).matchAll(/\s([a-z-]+)="/g)].map((match) => match[1]));

  it.each(HOSTILE_TEXTS)('are inert in every member of a badge: %s (X1, X2, X4)', (text) => {
    const html = page(report({ credential: hostileCredential(text, 'https://ok.example.org/') }));
    expect(html).not.toContain('<img src=x');
    expect(html.replace(OFFER, '')).not.toContain('<script');
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
      expect(href).toMatch(
        /^(?:#content|\/|\/issuers\/[a-z-]+|\/v\/[a-z0-9]+\?lang=(?:fr|en)|\/credentials\/[a-z0-9]+\.(?:json|png|svg|pdf))$/,
      );
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
    expect(new Set(asked)).toEqual(
      new Set(['/assets/sceau.css', '/assets/sceau.svg', '/assets/device.js', `/v/${ID}/qr.svg`]),
    );
    expect(STYLESHEET).not.toMatch(/@import|url\(/);
  });

  it('has no inline style, and no script but the one that offers to check on the device, so that the strictest policy holds', () => {
    for (const given of Object.values(REPORTS))
      expect(page(given).replace(OFFER, '')).not.toMatch(/<style|<script|\sstyle="|\son[a-z]+="/);
  });

  it('weighs less than 50 kB with its style sheet', () => {
    expect(Buffer.byteLength(page(REPORTS.valid, 'fr')) + Buffer.byteLength(STYLESHEET)).toBeLessThan(50_000);
  });
});
