import { describe, expect, it } from 'vitest';
import { composeAchievement, composeAchievementAt } from '../../src/credential/achievement.js';
import { microCredentialSentences } from '../../src/credential/micro-credential.js';
import type { Programme } from '../../src/programme/schema.js';
import { issuerOf, loadSample } from './sample-awards.js';

const samples = {
  mp: loadSample('missions-professionnelles'),
  ec: loadSample('ecstra'),
  pp: loadSample('projet-pro'),
  mi: loadSample('mission-industrielle'),
  es: loadSample('engagement-citoyen'),
};

function achievement(sample: keyof typeof samples, variantId?: string, language: 'fr' | 'en' = 'fr') {
  const { programme, issuer } = samples[sample];
  return composeAchievement({ programme, issuer, language, variantId });
}

function withAchievement(programme: Programme, change: Partial<Programme['achievement']>): Programme {
  return { ...programme, achievement: { ...programme.achievement, ...change } };
}

describe('an achievement', () => {
  it('has one id for both languages, and says which text it is', () => {
    const [fr, en] = [achievement('es'), achievement('es', undefined, 'en')];
    expect(fr.id).toBe('https://badges.example.org/achievements/engagement-citoyen/2015-2016');
    expect(en.id).toBe(fr.id);
    expect(fr.resultDescription?.map(({ id }) => id)).toEqual(en.resultDescription?.map(({ id }) => id));
    expect([fr.inLanguage, en.inLanguage]).toEqual(['fr', 'en']);
    expect([fr.name, en.name]).toEqual(['Engagement citoyen et Solidarité', 'Civic engagement and solidarity']);
    expect(en.alignment?.[0]?.targetName).toBe('SDG 1 – No poverty');
    expect(fr.alignment?.[0]?.targetName).toBe('ODD 1 – Pas de pauvreté');
  });

  it('names its variant, whose type and credits win', () => {
    expect(achievement('pp', 'architecture-m2')).toMatchObject({
      id: 'https://badges.example.org/achievements/projet-pro/2021-2022/architecture-m2',
      name: 'Projet PRO – Architecture, Master 2',
      achievementType: 'Course',
      creditsAvailable: 4,
    });
    const mentoring = achievement('pp', 'mentoring');
    expect(mentoring.achievementType).toBe('CoCurricular');
    expect(mentoring).not.toHaveProperty('creditsAvailable');
  });

  it('without a variant leaves the placeholder out of its name', () => {
    expect(achievement('pp').name).toBe('Projet PRO');
  });

  it('refuses a variant the programme does not have', () => {
    expect(() => achievement('pp', 'law-m1')).toThrow(expect.objectContaining({ code: 'unknown-variant' }));
    expect(() => achievement('mp', 'constructor')).toThrow(expect.objectContaining({ code: 'unknown-variant' }));
    expect(achievement('pp').name).toBeDefined();
    expect(() => achievement('pp', '')).toThrow(expect.objectContaining({ code: 'unknown-variant' }));
  });

  it('is found by the last part of its address: a variant, a pathway, or none', () => {
    const { programme, issuer } = samples.pp;
    const at = (id: string | undefined) => composeAchievementAt({ programme, issuer, language: 'en' }, id);
    for (const id of ['architecture-m2', 'biomedical-three-years']) expect(at(id).id.endsWith(`/${id}`)).toBe(true);
    expect(at('biomedical-three-years').achievementType).toBe('LearningProgram');
    expect(at(undefined).id.endsWith('/projet-pro/2021-2022')).toBe(true);
    expect(() => at('elsewhere')).toThrow(expect.objectContaining({ code: 'unknown-variant' }));
  });

  it('leaves credits out where none are stated', () => {
    expect(achievement('mi')).not.toHaveProperty('creditsAvailable');
    expect(achievement('mp').creditsAvailable).toBe(3);
  });
});

describe('its result descriptions', () => {
  it('hold one rubric per competence, levels lowest first, with the indicators in words', () => {
    const [teamwork] = achievement('ec', undefined, 'en').resultDescription ?? [];
    expect(teamwork).toMatchObject({ name: 'Teamwork (collaboration)', resultType: 'RubricCriterionLevel' });
    expect(teamwork?.rubricCriterionLevel?.map(({ level, name }) => `${level} ${name}`)).toEqual([
      '1 Contributing',
      '2 Coordinating',
      '3 Adapting to the needs of the group',
    ]);
    expect(teamwork?.rubricCriterionLevel?.[2]?.description).toBe(
      "At least 2 of these 3 indicators: I make the group's rules evolve so that nobody is left out; I propose another division of roles and tasks according to the effect sought; I propose ways to make meetings and exchanges more participative.",
    );
  });

  it('say what a level asks where it has no indicators', () => {
    const described = (sample: keyof typeof samples, level: number) =>
      achievement(sample, undefined, 'en').resultDescription?.[0]?.rubricCriterionLevel?.[level]?.description;
    expect(described('mp', 1)).toBe('Presentation to the jury; Certified hours: 40\u00a0h to 100\u00a0h.');
    expect(described('mi', 3)).toBe(
      'Average of at least 3.5 on a scale from 1 to 4, given by: Academic tutor; Industrial tutor.',
    );
    expect(described('es', 0)).toBe('Recognised hours: at least 12.5\u00a0h.');
  });

  it('prefer the definition’s own words for a level', () => {
    const { programme, issuer } = samples.es;
    const [collective] = programme.competences;
    if (collective === undefined) throw new Error('no competence');
    const levels = collective.levels.map((level) => ({ ...level, description: { fr: 'Agir', en: 'Acting' } }));
    const worded = { ...programme, competences: [{ ...collective, levels }] };
    const { resultDescription } = composeAchievement({ programme: worded, issuer, language: 'en' });
    expect(resultDescription?.[0]?.rubricCriterionLevel?.[0]?.description).toBe('Acting');
  });

  it('take bounds from the variant’s parameters, and leave out what the variant can never have', () => {
    const sessions = (variant: string) =>
      achievement('pp', variant).resultDescription?.find(({ id }) => id.endsWith('#result/sessions'));
    expect(sessions('architecture-m2')).toMatchObject({ resultType: 'RawScore', valueMin: '0', valueMax: '8' });
    expect(sessions('labour-studies-m2')?.valueMax).toBe('6');
    expect(sessions('biomedical-ba1')).toBeUndefined();
    expect(sessions('mentoring')).toBeUndefined();
  });

  it('show a mark only where the definition says so and neverPublic does not', () => {
    const { programme, issuer } = samples.mp;
    const marks = (definition: Programme) =>
      composeAchievement({ programme: definition, issuer, language: 'fr' }).resultDescription?.filter(({ id }) =>
        id.endsWith('#result/mark'),
      );
    const published = withAchievement(programme, {
      resultDescriptions: programme.achievement.resultDescriptions.map((result) => ({ ...result, public: true })),
    });
    const unstated = withAchievement(programme, {
      resultDescriptions: programme.achievement.resultDescriptions.map(({ public: _public, ...result }) => result),
    });
    const open = { ...programme.sharing, neverPublic: [] };
    expect(marks(published)).toEqual([]);
    expect(marks({ ...unstated, sharing: open })).toEqual([]);
    expect(marks({ ...published, sharing: open })).toMatchObject([{ valueMin: '0', valueMax: '20' }]);
  });

  it('align the DD&RS competence with its framework', () => {
    const [collective] = achievement('es').resultDescription ?? [];
    expect(collective?.alignment).toMatchObject([
      { targetUrl: 'https://www.competences-ddrs.org/', targetName: 'Compétence collective' },
    ]);
  });
});

describe('its European micro-credential elements', () => {
  it('are alignments to the controlled vocabularies, and sentences of the criteria', () => {
    const mission = achievement('mi', undefined, 'en');
    expect(mission.alignment?.map(({ targetUrl }) => targetUrl)).toEqual([
      'http://data.europa.eu/snb/learning-activity/4357e0e681',
      'http://data.europa.eu/snb/learning-assessment/729f3bed4b',
      'http://data.europa.eu/snb/assessment/d30284d7df',
    ]);
    expect(mission.criteria.narrative).toContain(
      'Kind of activity: job experience. Form of participation: work based. Type of assessment: oral examination.',
    );
  });

  it('are those of the variant where it states some', () => {
    const urls = (variant: string) => achievement('pp', variant).alignment?.map(({ targetUrl }) => targetUrl) ?? [];
    expect(urls('architecture-m2')).toContain('http://data.europa.eu/snb/eqf/7');
    expect(achievement('pp', 'mentoring')).not.toHaveProperty('alignment');
  });

  it('name a quality assurance scheme by its own address', () => {
    const { programme } = samples.mp;
    const scheme = { name: { fr: 'Label maison', en: 'House label' }, url: 'https://quality.example.org/label' };
    const assured = withAchievement(programme, { microCredential: { qualityAssurance: [scheme] } });
    const { alignment } = composeAchievement({ programme: assured, issuer: issuerOf(assured), language: 'en' });
    expect(alignment).toEqual([
      {
        type: ['Alignment'],
        targetName: 'House label',
        targetUrl: 'https://quality.example.org/label',
        targetFramework: 'Quality assurance',
      },
    ]);
  });

  it('say nothing where nothing is stated', () => {
    expect(microCredentialSentences({}, 'fr')).toEqual([]);
  });
});
