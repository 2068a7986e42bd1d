import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CredentialInput, composeCredential } from '../../src/credential/compose.js';
import { isListedPublic } from '../../src/credential/disclosure.js';
import { roleLabels } from '../../src/credential/labels.js';
import { levelsReached } from '../../src/credential/results.js';
import { indexProgramme } from '../../src/programme/rule-case.js';
import { LANGUAGES, type Language } from '../../src/text/localized.js';
import { readCredential } from '../../src/verification/read-credential.js';
import { readNarrative } from '../../src/verification/read-narrative.js';
import type { ShownCredential } from '../../src/verification/report.js';
import { issuedInputs } from '../credential/sample-awards.js';

/** What the page is shown of a composed badge. */
function shown(input: CredentialInput): ShownCredential {
  const credential = structuredClone(composeCredential(input)) as unknown as Parameters<typeof readCredential>[0];
  return readCredential(credential, { status: 'active', digests: new Map() });
}

function inLanguage(input: CredentialInput, preferredLanguage: Language): CredentialInput {
  const { engagement } = input;
  return { ...input, engagement: { ...engagement, student: { ...engagement.student, preferredLanguage } } };
}

const CASES = issuedInputs().flatMap(([id, input]) =>
  LANGUAGES.map((language) => [id, language, inLanguage(input, language)] as const),
);

describe('the narrative of every sample badge', () => {
  it.each(CASES)('%s in %s is read whole: title, host, outcome, who confirmed, who decided', (_id, language, input) => {
    const { programme, engagement, team, verdict } = input;
    const { activity, levels, results } = shown(input);
    expect(activity).toMatchObject({ title: engagement.title[language], rest: null });
    expect(activity?.host).toBe(
      isListedPublic(programme, 'hostOrganisation') ? (engagement.hostOrganisation ?? null) : null,
    );
    expect(activity?.contractor).toBe(isListedPublic(programme, 'contractor') ? (team?.contractor ?? null) : null);
    const granted = programme.recognitionOptions.filter(({ id }) => verdict.optionsGranted.includes(id));
    expect(activity?.recognisedAs.join(' ; ')).toBe(
      isListedPublic(programme, 'options') ? granted.map(({ label }) => label[language]).join(' ; ') : '',
    );
    expect(activity?.decidedBy).not.toMatch(/\d/);

    const judged = { programme: indexProgramme(programme), variantId: engagement.variant, engagement, team, verdict };
    const confirmed = levelsReached(judged).map(({ competence }) =>
      roleLabels(programme, input.confirmedBy?.[competence.id] ?? [], language),
    );
    expect(levels.map(({ confirmedBy }) => confirmedBy)).toEqual(confirmed);
    for (const { value, quantity } of results) {
      expect(quantity?.replace(',', '.')).toMatch(new RegExp(`^${value}(?:\u00a0|$)`));
    }
  });

  it('names somebody who confirmed in most of them, so that the cases above have something to read', () => {
    const named = CASES.filter(([, , input]) => shown(input).levels.some(({ confirmedBy }) => confirmedBy.length > 0));
    expect(named.length).toBeGreaterThan(20);
  });
});

describe('a hostile title or host', () => {
  const [, base] = issuedInputs().find(([, { programme }]) => isListedPublic(programme, 'contractor')) ?? [];
  if (base?.team === undefined) throw new Error('a sample with a team is needed');
  const { engagement, team } = base;
  const genuine = shown(base);

  const pieces = fc.constantFrom(
    ' »',
    '« ',
    ' », du 13 octobre 2025 au 29 mai 2026.',
    '. Valorisation : 30 crédits.',
    ' Commanditaire : Un autre.',
    '(confirmé par : Recteur)',
    '. Validation : Recteur, le 24 juin 2026.',
    'Gestion de projet en équipe, niveau 3 « Expert »',
    '[x](https://evil.test)',
    '<b>',
    'Concours',
  );
  const words = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));

  it('never changes who confirmed, what it counts as or who decided (X1)', () => {
    fc.assert(
      fc.property(words, (title) => {
        const changed = { ...base, engagement: { ...engagement, title: { fr: title, en: title } } };
        const { activity, levels } = shown(changed);
        expect(levels).toEqual(genuine.levels);
        expect(activity?.decidedBy).toBe(genuine.activity?.decidedBy);
        expect(activity?.recognisedAs).toEqual(genuine.activity?.recognisedAs);
        expect(activity?.title).toBe(title.replace(/\s+/g, ' ').trim());
      }),
      { numRuns: 150 },
    );
  });

  it('in the name of a host is read as that name, or not at all', () => {
    fc.assert(
      fc.property(words, (contractor) => {
        const { activity, levels } = shown({ ...base, team: { ...team, contractor } });
        expect(levels).toEqual(genuine.levels);
        expect(activity?.decidedBy).toBe(genuine.activity?.decidedBy);
        expect([contractor.replace(/\s+/g, ' ').trim(), null]).toContain(activity?.contractor);
        expect([genuine.activity?.recognisedAs, []]).toContainEqual(activity?.recognisedAs);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a narrative from elsewhere', () => {
  const facts = { activityStartDate: null, activityEndDate: null, awardedDate: null, results: [], levels: [] };
  const read = (narrative: string, language: string | null = 'en') => readNarrative({ ...facts, narrative, language });

  it('is handed back whole, whatever its words', () => {
    for (const narrative of [
      'She did it.',
      'One.\n\nTwo.',
      'One.\n\nTwo.\n\nThree.',
      '“Title”, then something else.',
    ]) {
      expect(read(narrative).activity).toMatchObject({ title: null, decidedBy: null, rest: narrative });
    }
  });

  it('in another language is not taken apart by ours', () => {
    expect(read('“Garten”.\n\nValidation: Jury.', 'de').activity?.rest).toBe('“Garten”.\n\nValidation: Jury.');
  });

  it('that is missing gives nothing', () => {
    expect(readNarrative({ ...facts, narrative: null, language: 'fr' }).activity).toBeNull();
  });

  it('that names a level twice names nobody who confirmed it', () => {
    const level = { competence: 'A', level: 'B', levelNumber: 1 };
    const narrative = 'Competences: A, level 1 “B” (confirmed by: Peer); A, level 1 “B” (confirmed by: Rector).';
    expect(readNarrative({ ...facts, levels: [level], narrative, language: 'en' }).confirmedBy(level)).toEqual([]);
  });
});
