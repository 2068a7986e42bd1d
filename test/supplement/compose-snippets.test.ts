import { describe, expect, it } from 'vitest';
import {
  composeSnippets,
  type RecognisedAward,
  type SupplementSnippets,
} from '../../src/supplement/compose-snippets.js';
import { writeSnippetsHtml } from '../../src/supplement/write-html.js';
import { snippetsJson, writeSnippetsJson } from '../../src/supplement/write-json.js';
import { writeSnippetsText } from '../../src/supplement/write-text.js';
import { LANGUAGES, type Language } from '../../src/text/localized.js';
import { SHIPPED } from '../programme/check-support.js';
import { awardsOfCohort } from './awards.js';

const [MP, EC, PP, MI, ES] = SHIPPED;

function awardOf(folder: string, engagementId: string): RecognisedAward {
  const found = awardsOfCohort(folder).awards.find(({ engagement }) => engagement.id === engagementId);
  if (found === undefined) throw new Error(`no award ${engagementId}`);
  return found;
}

function snippetsOf(awards: readonly RecognisedAward[], language: Language = 'fr'): SupplementSnippets {
  const holder = { familyName: 'Nom', givenName: 'Prénom' };
  return composeSnippets({ holder, awards, language });
}

function lineOf(award: RecognisedAward, item: string, language: Language = 'fr'): string[] {
  const [entry] = snippetsOf([award], language).entries;
  return (entry?.lines ?? []).filter((line) => line.item === item).map(({ text }) => text);
}

describe('snippets of the five sample cohorts', () => {
  for (const folder of SHIPPED) {
    for (const language of LANGUAGES) {
      it(`are as approved for ${folder} in ${language}`, async () => {
        const { cohort, awards } = awardsOfCohort(folder);
        const students = [...new Map(cohort.engagements.map(({ student }) => [student.id, student])).values()];
        const texts = students
          .map((holder) => ({
            holder,
            snippets: composeSnippets({
              holder,
              language,
              awards: awards.filter(({ engagement }) => engagement.student.id === holder.id),
            }),
          }))
          .filter(({ snippets }) => snippets.entries.length > 0)
          .map(({ snippets }) => writeSnippetsText(snippets));
        await expect(texts.join('\n----\n\n')).toMatchFileSnapshot(`golden/${folder}.${language}.txt`);
      });
    }
  }

  it('hold every recognised engagement and no other', () => {
    for (const folder of SHIPPED) {
      const { awards } = awardsOfCohort(folder);
      const issued = awards
        .filter(({ verdict }) => verdict.outcome === 'issued')
        .map(({ credentialId }) => credentialId);
      expect(
        snippetsOf(awards)
          .entries.map(({ credentialId }) => credentialId)
          .sort(),
      ).toEqual(issued.sort());
      expect(issued.length).toBeLessThan(awards.length);
    }
  });

  it('leave no brace, no null, nothing undefined, and miss no value', () => {
    for (const folder of SHIPPED) {
      for (const language of LANGUAGES) {
        const snippets = snippetsOf(awardsOfCohort(folder).awards, language);
        expect(snippets.entries.flatMap(({ missing }) => missing)).toEqual([]);
        expect(writeSnippetsText(snippets)).not.toMatch(/[{}]|null|undefined|NaN/);
      }
    }
  });

  it('state each credit once', () => {
    for (const folder of SHIPPED) {
      for (const { credits, lines } of snippetsOf(awardsOfCohort(folder).awards).entries) {
        const stating = lines.filter(({ text }) => /(?<![a-z])(ECTS|crédits?)\b/.test(text.replace(/UE|« .*? »/g, '')));
        expect(stating.length).toBe(credits === undefined ? 0 : 1);
        if (credits !== undefined) expect(stating[0]?.item).toBe('4.3');
      }
    }
  });
});

describe('the item of an award', () => {
  it('is 4.3 with credits, and the definition’s fallback without', () => {
    expect(lineOf(awardOf(MP, 'MP-E01'), '4.3')[0]).toBe(
      "Mission professionnelle « Concours de critiques de cinéma » (13 octobre 2025 – 29 mai 2026), 40 h certifiées, UE d'ouverture avec note, 3 ECTS.",
    );
    expect(lineOf(awardOf(MP, 'MP-E05'), '4.3')).toEqual([]);
    expect(lineOf(awardOf(MP, 'MP-E05'), '6.1')[0]).toMatch(/reconnue hors cursus\.$/);
    expect(lineOf(awardOf(PP, 'PP-E06'), '6.1')).toEqual([
      'Projet PRO, Sciences biomédicales, BA1 : participation attestée.',
    ]);
  });

  it('is the definition’s own where its options never carry credits', () => {
    expect(lineOf(awardOf(MI, 'MI-E01'), '4.3')).toEqual([
      'Mission industrielle chez Atelier Nordique (fictif) (1er mars 2022 – 31 août 2022), thèse professionnelle soutenue.',
      'Note : 15,5/20.',
    ]);
    expect(lineOf(awardOf(EC, 'EC-E01'), '6.1', 'en')).toEqual([
      'Student engagement "Shared garden": Teamwork (collaboration), level 3.',
    ]);
  });

  it('is 6.1 for an award without credits in a programme that could give some and names no fallback', () => {
    const award = awardOf(MP, 'MP-E05');
    const { fallbackItem: _fallback, ...diplomaSupplement } = award.programme.diplomaSupplement;
    expect(lineOf({ ...award, programme: { ...award.programme, diplomaSupplement } }, '6.1')).toHaveLength(1);
  });

  it('is joined by a line at 4.3 when the definition’s sentence leaves the credits out', () => {
    const award = awardOf(EC, 'EC-E06');
    expect(lineOf(award, '6.1')[0]).toMatch(
      /Travail en équipe \(collaboration\), niveau 2 ; Développement durable, niveau 2\.$/,
    );
    expect(lineOf(award, '4.3')[0]).toMatch(/ : 2 crédits ECTS\.$/);
    expect(lineOf(award, '4.3', 'en')[0]).toMatch(/: 2 ECTS credits\.$/);
  });

  it('has the mark beside it, and its scale, only when the granted option carries one', () => {
    expect(lineOf(awardOf(MP, 'MP-E01'), '4.3', 'en')[1]).toBe('Mark: 14.5/20.');
    expect(lineOf(awardOf(MP, 'MP-E01'), '4.4')).toEqual(['Notes de 0 à 20, 20 étant la meilleure.']);
    expect(lineOf(awardOf(MP, 'MP-E03'), '4.3')).toHaveLength(1);
    expect(lineOf(awardOf(MP, 'MP-E03'), '4.4')).toEqual([]);
  });
});

describe('the words of an award', () => {
  it('follow the language: decimal comma, days, labels, variants, host courses', () => {
    expect(lineOf(awardOf(ES, 'ES-E05'), '4.3')[0]).toMatch(
      /Accompagnement ASTEP en école primaire : .* h, 1,5 ECTS\.$/,
    );
    expect(lineOf(awardOf(ES, 'ES-E05'), '4.3', 'en')[0]).toMatch(
      /ASTEP primary-school science support: .* h, 1\.5 ECTS\.$/,
    );
    expect(lineOf(awardOf(PP, 'PP-E01'), '4.3', 'en')).toEqual([
      'Projet PRO, Architecture, Master 2: 4 credits within "Design Thinking option".',
    ]);
  });

  it('name competences with level and the level’s name at 4.2', () => {
    expect(lineOf(awardOf(MP, 'MP-E01'), '4.2')).toEqual(['Gestion de projet en équipe, niveau 2 (Mis en pratique).']);
  });

  it('fall back to a plain sentence when a value is missing, and say which', () => {
    const award = awardOf(MI, 'MI-E01');
    const { hostOrganisation: _host, ...engagement } = award.engagement;
    const nameless = { ...award, engagement } as RecognisedAward;
    expect(lineOf(nameless, '4.3')[0]).toBe(
      'Mission industrielle – Management industriel et systèmes logistiques, « Fiabiliser les flux de pièces » (1er mars 2022 – 31 août 2022).',
    );
    expect(snippetsOf([nameless]).entries[0]?.missing).toEqual(['hostOrganisation']);
  });

  it('state the credits on their own when the sentence that would have stated them cannot be written', () => {
    const award = awardOf(PP, 'PP-E01');
    const programme = {
      ...award.programme,
      variants: award.programme.variants?.map(({ hostCourse: _course, ...rest }) => rest),
    };
    const [entry] = snippetsOf([{ ...award, programme }]).entries;
    expect(entry?.missing).toEqual(['hostCourse']);
    expect(entry?.lines.filter(({ item }) => item === '4.3').map(({ text }) => text)).toEqual([
      'Projet PRO – Architecture, Master 2 (7 février 2022 – 27 mai 2022).',
      'Projet PRO – Architecture, Master 2 : 4 crédits ECTS.',
    ]);
  });

  it('do not read braces out of a value, and keep a title on one line', () => {
    const award = awardOf(EC, 'EC-E01');
    const engagement = { ...award.engagement, title: { fr: 'Jardin\n {credits}', en: 'x' } };
    expect(lineOf({ ...award, engagement }, '6.1')[0]).toMatch(/« Jardin \{credits\} »/);
  });

  it('take a pathway for what it is', () => {
    const award = { ...awardOf(PP, 'PP-E07'), pathway: 'biomedical-three-years' };
    const [entry] = snippetsOf([award], 'en').entries;
    expect(entry?.name).toBe('Three-year Projet PRO pathway');
    expect(lineOf(award, '6.1', 'en')).toEqual(['Three-year Projet PRO pathway: pathway completed.']);
    expect(lineOf(award, '4.2', 'en')).toEqual([]);
  });
});

describe('which awards appear', () => {
  const award = awardOf(MP, 'MP-E01');

  it.each(['reserved', 'suspended', 'revoked', 'voided', 'erased', 'superseded'] as const)(
    'none that is %s',
    (state) => {
      expect(snippetsOf([{ ...award, state }]).entries).toEqual([]);
    },
  );

  it.each(['refused', 'pending'] as const)('none that was %s', (outcome) => {
    expect(snippetsOf([{ ...award, verdict: { ...award.verdict, outcome } }]).entries).toEqual([]);
  });

  it('by day of the decision, whatever their order before', () => {
    const dated = ['2026-06-24', '2025-01-31', '2026-01-01'].map((day, index) => ({
      ...award,
      credentialId: String(index),
      decision: { ...award.decision, decidedAt: Date.parse(`${day}T12:00:00Z`) },
    }));
    const dates = (awards: RecognisedAward[]) => snippetsOf(awards).entries.map(({ date }) => date);
    expect(dates(dated)).toEqual(['2025-01-31', '2026-01-01', '2026-06-24']);
    expect(dates(dated.toReversed())).toEqual(dates(dated));
  });

  it('with the day of the programme’s time zone', () => {
    const decision = { ...award.decision, decidedAt: Date.parse('2026-06-24T22:30:00Z') };
    expect(snippetsOf([{ ...award, decision }]).entries[0]?.date).toBe('2026-06-25');
  });
});

describe('the holder', () => {
  const language = 'fr';

  it('stands at 1.1 to 1.4, with what is known', () => {
    const holder = {
      familyName: 'Wang',
      givenName: 'Xiaoming',
      birthDate: '2003-05-01',
      studentNumber: '22 1',
    };
    expect(composeSnippets({ holder, awards: [], language }).holder.map(({ item, text }) => [item, text])).toEqual([
      ['1.1', 'Wang'],
      ['1.2', 'Xiaoming'],
      ['1.3', '1er mai 2003'],
      ['1.4', '22 1'],
    ]);
    const bare = { familyName: 'A', givenName: 'B', birthDate: null, studentNumber: null };
    expect(composeSnippets({ holder: bare, awards: [], language }).holder.map(({ item }) => item)).toEqual([
      '1.1',
      '1.2',
    ]);
  });
});

describe('the writers', () => {
  const award = awardOf(MP, 'MP-E01');
  const hostile = {
    ...award,
    engagement: { ...award.engagement, title: { fr: '<script>alert("1")</script> & \'co\'', en: 'x' } },
  };

  it('escape everything in HTML and use neither style nor script', () => {
    const html = writeSnippetsHtml(
      composeSnippets({ holder: { familyName: '<b>', givenName: 'a"b' }, awards: [hostile], language: 'fr' }),
    );
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;co&#39;');
    expect(html).not.toMatch(/<script|<b>|style=/);
    expect(html.match(/<[a-z]+/g)?.every((tag) => ['<div', '<dl', '<dt', '<dd', '<bdi', '<p'].includes(tag))).toBe(
      true,
    );
  });

  it('say so when there is nothing to mention', () => {
    const nothing = snippetsOf([], 'en');
    expect(writeSnippetsText(nothing)).toMatch(/\n\nNo recognition to mention\.\n$/);
    expect(writeSnippetsHtml(nothing)).toContain('<p>No recognition to mention.</p>');
    expect(snippetsJson(nothing)).toMatchObject({ language: 'en', awards: [] });
  });

  it('give JSON of a stable shape, without members for what is absent', () => {
    const json = snippetsJson(snippetsOf([award, { ...awardOf(MP, 'MP-E05'), credentialId: 'z' }]));
    expect(JSON.parse(writeSnippetsJson(snippetsOf([award])))).toEqual(snippetsJson(snippetsOf([award])));
    const [first, second] = json['awards'] as Record<string, unknown>[];
    expect(Object.keys(first ?? {}).sort()).toEqual(
      [
        'academicYear',
        'credentialId',
        'credits',
        'date',
        'items',
        'mark',
        'missing',
        'name',
        'pageUrl',
        'programme',
      ].sort(),
    );
    expect(second).not.toHaveProperty('credits');
    expect(second).not.toHaveProperty('mark');
    expect(JSON.stringify(json)).not.toContain('null');
  });
});
