import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CheckedProgramme, checkProgramme, checkProgrammeDocument } from '../../src/programme/check.js';
import { changed, readProgramme, SHIPPED } from './check-support.js';

function told(result: CheckedProgramme): string[] {
  return result.ok ? [] : result.mistakes.map(({ pointer, code }) => `${pointer} ${code}`);
}

const [MP, EC, PP, MI, ES] = SHIPPED;

describe('checking a programme definition', () => {
  it.each(SHIPPED)('accepts %s as shipped, without a doubt', (id) => {
    const result = checkProgramme(readFileSync(join('programmes', id, 'programme.json')));
    expect(result).toMatchObject({ ok: true, warnings: [], programme: { id } });
  });

  /** One change, the mistakes it must lead to. */
  const cases: [string, string, Record<string, unknown>, string[]][] = [
    [
      'an evidence kind that does not exist',
      MP,
      { '/criteria/4/rule/kind': 'spec' },
      ['/criteria/4/rule/kind unknown-evidence-kind'],
    ],
    [
      'the same in an option',
      EC,
      { '/recognitionOptions/1/criteria/0/rule/kind': 'host' },
      ['/recognitionOptions/1/criteria/0/rule/kind unknown-evidence-kind'],
    ],
    [
      'the same in a guard',
      MP,
      { '/lifecycle/transitions/0/guard/of/1/kind': 'x' },
      ['/lifecycle/transitions/0/guard/of/1/kind unknown-evidence-kind'],
    ],
    [
      'the same in a level',
      MP,
      { '/competences/0/levels/0/rule/kind': 'x' },
      ['/competences/0/levels/0/rule/kind unknown-evidence-kind'],
    ],
    [
      'an evidence field the kind lacks',
      MP,
      { '/criteria/11/rule/fact': 'evidence.team-report.page' },
      ['/criteria/11/rule/fact unknown-evidence-field'],
    ],
    [
      'a fact of an unknown kind',
      MP,
      { '/criteria/7/rule/first': 'evidence.modul.submittedAt' },
      ['/criteria/7/rule/first unknown-evidence-kind'],
    ],
    [
      'an unknown measure',
      MP,
      { '/criteria/8/rule/fact': 'measures.hours' },
      ['/criteria/8/rule/fact unknown-measure'],
    ],
    ['an unknown jury fact', MP, { '/criteria/8/rule/fact': 'jury.note' }, ['/criteria/8/rule/fact unknown-fact']],
    [
      'an unknown computed level',
      MP,
      { '/criteria/8/rule/fact': 'computed.levels.x' },
      ['/criteria/8/rule/fact unknown-competence'],
    ],
    ['a range over a text', MP, { '/criteria/8/rule/fact': 'team.route' }, ['/criteria/8/rule/fact fact-type']],
    [
      'a list operator over a number',
      MP,
      { '/criteria/12/rule/fact': 'evidence.team-report.pages' },
      ['/criteria/12/rule/fact fact-type'],
    ],
    [
      'an instant operator over a number',
      MP,
      { '/criteria/7/rule/second': 'team.sizeAtLaunch' },
      ['/criteria/7/rule/second fact-type'],
    ],
    [
      'a boolean compared with a text',
      MI,
      { '/criteria/11/when/of/1/value': 'true' },
      ['/criteria/11/when/of/1/value value-type'],
    ],
    [
      'a derived sum over an unknown measure',
      ES,
      { '/derivedMeasures/0/sum/0': 'measures.x' },
      ['/derivedMeasures/0/sum/0 unknown-measure'],
    ],
    [
      'a derived sum that counts itself',
      ES,
      { '/derivedMeasures/0/sum/0': 'measures.totalHours' },
      ['/derivedMeasures/0/sum derived-cycle'],
    ],
    ['an unknown actor', MP, { '/criteria/2/rule/role': 'tutor' }, ['/criteria/2/rule/role unknown-role']],
    [
      'an unknown role in a transition',
      MP,
      { '/lifecycle/transitions/0/by/0': 'boss' },
      ['/lifecycle/transitions/0/by/0 unknown-role'],
    ],
    ['an unknown certifier', MP, { '/measures/0/certifiedBy/0': 'boss' }, ['/measures/0/certifiedBy/0 unknown-role']],
    [
      'an unknown confirming role',
      EC,
      { '/assessment/attainment/confirmingRoles/0': 'boss' },
      ['/assessment/attainment/confirmingRoles/0 unknown-role'],
    ],
    ['an unknown form', MI, { '/criteria/3/rule/form': 'grid' }, ['/criteria/3/rule/form unknown-form']],
    [
      'an unknown form of the same assessor',
      EC,
      { '/criteria/1/rule/thenForm': 'whole' },
      ['/criteria/1/rule/thenForm unknown-form'],
    ],
    ['an unknown part', MI, { '/competences/0/attainment/part': 'x' }, ['/competences/0/attainment/part unknown-part']],
    [
      'an unknown competence',
      EC,
      { '/criteria/3/rule/competence': 'x' },
      ['/criteria/3/rule/competence unknown-competence'],
    ],
    [
      'an unknown parameter',
      MP,
      { '/criteria/0/rule/min/param': 'teamMini' },
      ['/criteria/0/rule/min/param unknown-param'],
    ],
    [
      'a parameter of the wrong kind',
      MP,
      { '/params/hoursMax': '100' },
      ['/competences/0/levels/1/rule/of/1/max/param param-type', '/criteria/9/rule/max/param param-type'],
    ],
    [
      'a date parameter that is a number',
      MI,
      { '/params/reportDeadline': 20220915 },
      ['/criteria/6/rule/by/param param-type'],
    ],
    [
      'a list parameter that is a text',
      ES,
      { '/params/departments': 'studies' },
      ['/criteria/1/rule/values/param param-type'],
    ],
    [
      'a variant’s unknown parameter',
      PP,
      { '/variants/0/params': { sessionsTotal: 8, sessionHours: 2, minSesions: 7 } },
      ['/variants/0/params/minSesions unknown-param', '/criteria/1/rule/min/param param-missing'],
    ],
    [
      'a parameter empty in a variant that needs it',
      PP,
      { '/variants/1/params/minSessions': null },
      ['/criteria/1/rule/min/param param-missing'],
    ],
    [
      'an unknown variant in a rule',
      PP,
      { '/criteria/0/rule/values/0': 'architecture' },
      ['/criteria/0/rule/values/0 unknown-variant'],
    ],
    [
      'an unknown variant in a credits table',
      PP,
      { '/recognitionOptions/0/credits/table': { 'labour-studies-m2': 5, x: 1 } },
      ['/recognitionOptions/0/credits/table/x unknown-variant'],
    ],
    [
      'an unknown variant of a pathway',
      PP,
      { '/pathways/0/requiresVariants/1': 'x' },
      ['/pathways/0/requiresVariants/1 unknown-variant'],
    ],
    [
      'an unknown variant of a type',
      PP,
      { '/achievement/achievementTypeByVariant/x': 'Course' },
      ['/achievement/achievementTypeByVariant/x unknown-variant'],
    ],
    [
      'levels out of order',
      MI,
      { '/competences/0/levels/1/level': 3, '/competences/0/levels/2/level': 2 },
      ['/competences/0/levels/1/level levels-out-of-order', '/competences/0/levels/2/level levels-out-of-order'],
    ],
    [
      'a level twice',
      EC,
      { '/competences/0/levels/1/level': 1 },
      ['/competences/0/levels/1/level levels-out-of-order'],
    ],
    [
      'averages that do not rise',
      MI,
      { '/competences/0/levels/2/minAverage': 2 },
      ['/competences/0/levels/2/minAverage not-ascending'],
    ],
    [
      'an average beyond the scale',
      MI,
      { '/competences/0/levels/3/minAverage': 4.5 },
      ['/competences/0/levels/3/minAverage outside-scale'],
    ],
    [
      'a level without its average',
      MI,
      { '/competences/0/levels/3/minAverage': undefined },
      ['/competences/0/levels/3/minAverage level-incomplete'],
    ],
    [
      'a level without its rule',
      MP,
      { '/competences/0/levels/0/rule': undefined },
      ['/competences/0/levels/0/rule level-incomplete'],
    ],
    [
      'more indicators needed than there are',
      EC,
      { '/competences/0/levels/0/minIndicators': 4 },
      ['/competences/0/levels/0/minIndicators more-than-there-is'],
    ],
    [
      'a competence nobody can attain',
      MP,
      { '/competences/0/attainment': undefined },
      ['/competences/0/attainment attainment-missing'],
    ],
    ['a criterion code twice', MP, { '/criteria/1/code': 'team-size-below-minimum' }, ['/criteria/1/code duplicate']],
    ['a reserved code', MP, { '/criteria/1/code': 'credits-mismatch' }, ['/criteria/1/code reserved-name']],
    [
      'an indicator twice',
      EC,
      { '/competences/0/levels/0/indicators/1/id': 'teamwork.1.a' },
      ['/competences/0/levels/0/indicators/1/id duplicate'],
    ],
    [
      'a table of hours that does not rise',
      ES,
      { '/recognitionOptions/0/credits/table/1/minHours': 12.5 },
      ['/recognitionOptions/0/credits/table/1/minHours not-ascending'],
    ],
    [
      'a table of credits that does not rise',
      ES,
      { '/recognitionOptions/0/credits/table/2/credits': 0.5 },
      ['/recognitionOptions/0/credits/table/2/credits not-ascending'],
    ],
    [
      'credits by something that is no number',
      ES,
      { '/recognitionOptions/0/credits/fact': 'activityType' },
      ['/recognitionOptions/0/credits/fact fact-type'],
    ],
    [
      'a choice that cannot be made',
      EC,
      { '/optionSelection': { min: 3, max: 2 } },
      ['/optionSelection/min option-selection-impossible'],
    ],
    ['a choice of more than there is', MP, { '/optionSelection/max': 4 }, ['/optionSelection/max more-than-there-is']],
    ['targets for other years', ES, { '/obligations/1/years': 2 }, ['/obligations/1/yearlyTargets targets-length']],
    [
      'an initial state that is not declared',
      MP,
      {
        '/lifecycle/states': [
          'approved',
          'team-formed',
          'in-progress',
          'submitted',
          'assessed',
          'in-jury',
          'deferred',
          'recognised',
          'refused',
          'withdrawn',
        ],
      },
      [
        '/lifecycle/initial unknown-state',
        '/lifecycle/transitions/0/from/0 unknown-state',
        '/lifecycle/transitions/9/from/0 unknown-state',
      ],
    ],
    [
      'an unknown placeholder',
      MP,
      { '/diplomaSupplement/template': { fr: '{titre}', en: '{title}' } },
      [
        '/diplomaSupplement/template/fr unknown-placeholder',
        '/diplomaSupplement/template/en placeholder-in-one-language',
      ],
    ],
    [
      'an unknown measure in a template',
      ES,
      { '/diplomaSupplement/template': { fr: '{measures.x}', en: '{measures.x}' } },
      ['/diplomaSupplement/template/fr unknown-measure', '/diplomaSupplement/template/en unknown-measure'],
    ],
    [
      'a brace without its pair',
      EC,
      { '/diplomaSupplement/template/en': 'Engagement {title: {competenceLevels}.' },
      ['/diplomaSupplement/template/fr placeholder-in-one-language', '/diplomaSupplement/template/en stray-brace'],
    ],
    [
      'credits quoted where there are none',
      MP,
      { '/diplomaSupplement/noCreditsTemplate': { fr: '{credits}', en: '{credits}' } },
      [
        '/diplomaSupplement/noCreditsTemplate/fr credits-without-credits',
        '/diplomaSupplement/noCreditsTemplate/en credits-without-credits',
      ],
    ],
    [
      'a variant quoted by a programme without variants',
      MP,
      { '/achievement/name': { fr: 'A {variant}', en: 'A {variant}' } },
      ['/achievement/name/fr unknown-placeholder', '/achievement/name/en unknown-placeholder'],
    ],
    [
      'an item where awards cannot stand',
      MP,
      { '/diplomaSupplement/item': '4.9' },
      ['/diplomaSupplement/item unknown-item'],
    ],
    [
      'a result from an unknown fact',
      MP,
      { '/achievement/resultDescriptions/0/from': 'measures.x' },
      ['/achievement/resultDescriptions/0/from unknown-measure'],
    ],
    [
      'a result for an unknown option',
      MP,
      { '/achievement/resultDescriptions/1/onlyForOptions/0': 'x' },
      ['/achievement/resultDescriptions/1/onlyForOptions/0 unknown-option'],
    ],
    [
      'a result whose bounds are crossed',
      MP,
      { '/achievement/resultDescriptions/0/valueMin': '140' },
      ['/achievement/resultDescriptions/0/valueMin range-empty'],
    ],
    [
      'an achievement type of no standard',
      MP,
      { '/achievement/achievementType': 'Cocurricular' },
      ['/achievement/achievementType unknown-achievement-type'],
    ],
    [
      'a result type of no standard',
      MP,
      { '/achievement/resultDescriptions/0/resultType': 'Score' },
      ['/achievement/resultDescriptions/0/resultType unknown-result-type'],
    ],
    [
      'a minimum above the maximum',
      MP,
      { '/criteria/0/rule': { op: 'range', fact: 'team.sizeAtLaunch', min: 5, max: 3 } },
      ['/criteria/0/rule/min range-empty'],
    ],
    ['an unknown operator', MP, { '/criteria/0/rule/op': 'between' }, ['/criteria/0/rule/op unknown-operator']],
    [
      'a rule without its argument',
      MP,
      { '/criteria/4/rule/kind': undefined },
      ['/criteria/4/rule/kind missing-argument'],
    ],
    [
      'an argument that is neither value nor parameter',
      MP,
      { '/criteria/0/rule/min': { name: 'teamMin' } },
      ['/criteria/0/rule/min/param missing-member', '/criteria/0/rule/min/name unknown-member'],
    ],
  ];

  it.each(cases)('tells %s', (_name, id, changes, mistakes) => {
    expect(told(checkProgrammeDocument(changed(readProgramme(id), changes)))).toEqual(mistakes);
  });

  it('accepts extension types of the standard and parameters of one variant that a rule restricts to it', () => {
    const document = changed(readProgramme(PP), {
      '/achievement/achievementType': 'ext:Mentoring',
      '/variants/2/params/jobs': 5,
      '/criteria/9/rule': { op: 'evidence', kind: 'job-list', min: { param: 'jobs' } },
    });
    expect(told(checkProgrammeDocument(document))).toEqual([]);
  });

  it('follows variants through all, any and not when it asks who needs a parameter', () => {
    const range = { op: 'range', fact: 'measures.sessionsAttended', min: { param: 'minSessions' } };
    const withParam = { op: 'oneOf', fact: 'variant', values: ['architecture-m2', 'labour-studies-m2'] };
    const verdict = (rule: unknown) =>
      told(
        checkProgrammeDocument(
          changed(readProgramme(PP), {
            '/criteria/1': { code: 'x', label: { fr: 'x', en: 'x' }, onFail: 'hold', rule },
          }),
        ),
      );
    expect(verdict({ op: 'all', of: [withParam, range] })).toEqual([]);
    expect(verdict({ op: 'any', of: [{ op: 'not', of: withParam }, range] })).toEqual([]);
    expect(verdict({ op: 'any', of: [withParam, range] })).toEqual(['/criteria/1/rule/of/1/min/param param-missing']);
    expect(verdict({ op: 'not', of: { op: 'all', of: [{ op: 'not', of: withParam }, range] } })).toEqual([
      '/criteria/1/rule/of/of/1/min/param param-missing',
    ]);
  });

  it('warns, without refusing, of what is only doubtful', () => {
    const document = changed(readProgramme(MP), {
      '/sharing/neverPublic/0': 'marks-of-the-jury',
      '/params/unused': 1,
      '/criteria/4/when/of/fact': 'team.roote',
      '/criteria/0/label/en': ' ',
    });
    const result = checkProgrammeDocument(document);
    expect(result.ok).toBe(true);
    expect(result.warnings.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/params/unused unused-param',
      '/criteria/0/label/en blank-text',
      '/criteria/4/when/of/fact unusual-fact',
      '/sharing/neverPublic/0 sharing-unknown',
    ]);
  });

  it.each<[string, string, Record<string, unknown>, string[]]>([
    [
      'fewer credits announced than given',
      EC,
      { '/achievement/creditsAvailable': 1.5 },
      ['/achievement/creditsAvailable credits-available-too-low'],
    ],
    [
      'an option that gives more than is announced',
      MP,
      { '/recognitionOptions/0/credits/value': 5 },
      ['/achievement/creditsAvailable credits-available-too-low'],
    ],
    [
      'fewer credits announced for a variant',
      PP,
      { '/achievement/creditsAvailableByVariant/architecture-m2': 3 },
      ['/achievement/creditsAvailableByVariant/architecture-m2 credits-available-too-low'],
    ],
    [
      'targets that never reach the obligation',
      ES,
      { '/obligations/0/requiredCredits': 3 },
      ['/obligations/0/yearlyTargets obligation-unreachable'],
    ],
    ['checkpoints out of order', ES, { '/checkpoints/1': '2016-01-15' }, ['/checkpoints/1 not-ascending']],
    [
      'a state nothing leads to',
      MP,
      { '/lifecycle/transitions/8/to': 'refused' },
      ['/lifecycle/states/7 unreachable-state'],
    ],
  ])('warns, for every verdict can still be given, of %s', (_name, id, changes, warnings) => {
    const result = checkProgrammeDocument(changed(readProgramme(id), changes));
    expect(told(result)).toEqual([]);
    expect(result.warnings.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(warnings);
  });

  it('lets two competences use one name for an indicator: a form says which competence it ticks', () => {
    const changes = { '/competences/1/levels/0/indicators/0/id': 'teamwork.1.a' };
    expect(told(checkProgrammeDocument(changed(readProgramme(EC), changes)))).toEqual([]);
  });

  it('tells ten mistakes of one file at once, shape and cross references together, in the order of the file', () => {
    const document = changed(readProgramme(MP), {
      '/code': 'mp',
      '/name/en': undefined,
      '/roles/1/id': 'student',
      '/params/hoursMin': '40',
      '/evidenceKinds/0/scope': 'everybody',
      '/lifecycle/initial': 'begun',
      '/competences/0/levels/1/level': 4,
      '/criteria/0/rule/op': 'rang',
      '/criteria/2/rule/role': 'tutor',
      '/recognitionOptions/0/credits/value': 2.75,
      '/achievement/achievementType': 'Cocurricular',
      '/diplomaSupplement/item': '9.9',
    });
    const result = checkProgrammeDocument(document);
    expect(new Set(told(result))).toEqual(
      new Set([
        '/code bad-format',
        '/name/en missing-member',
        '/roles/1/id duplicate',
        '/evidenceKinds/0/scope unknown-value',
        '/lifecycle/initial unknown-value',
        '/lifecycle/initial unknown-state',
        '/lifecycle/transitions/0/by/0 unknown-role',
        '/lifecycle/transitions/1/by/0 unknown-role',
        '/lifecycle/transitions/2/by/0 unknown-role',
        '/lifecycle/transitions/5/by/0 unknown-role',
        '/lifecycle/transitions/9/by/1 unknown-role',
        '/competences/0/levels/1/level levels-out-of-order',
        '/competences/0/levels/1/rule/of/1/min/param param-type',
        '/criteria/0/rule/op unknown-operator',
        '/criteria/2/rule/role unknown-role',
        '/criteria/8/rule/min/param param-type',
        '/recognitionOptions/0/credits/value not-a-multiple',
        '/achievement/achievementType unknown-achievement-type',
        '/diplomaSupplement/item unknown-item',
      ]),
    );
    const pointers = told(result).map((line) => line.split('/')[1]?.split(' ')[0]);
    expect([...new Set(pointers)]).toEqual([
      'code',
      'name',
      'roles',
      'evidenceKinds',
      'lifecycle',
      'competences',
      'criteria',
      'recognitionOptions',
      'achievement',
      'diplomaSupplement',
    ]);
  });

  it('has a sentence in both languages for everything it tells, naming what was found and what was wanted', () => {
    for (const [, id, changes] of cases) {
      const result = checkProgrammeDocument(changed(readProgramme(id), changes));
      for (const { message, expected } of result.ok ? [] : result.mistakes) {
        for (const text of [message.fr, message.en, expected.fr, expected.en]) {
          expect(text.length).toBeGreaterThan(0);
          expect(text).not.toMatch(/undefined|NaN|\[object/);
        }
        expect(message.fr).not.toBe(message.en);
      }
    }
    const misspelt = checkProgrammeDocument(changed(readProgramme(MP), { '/criteria/6/rule/kind': 'modul' }));
    const mistake = misspelt.ok ? undefined : misspelt.mistakes[0];
    expect(mistake?.message).toEqual({
      fr: 'la nature de preuve « modul » n’existe pas dans cette définition',
      en: 'the evidence kind "modul" does not exist in this definition',
    });
    expect(mistake?.expected.fr).toMatch(/^module, sans doute \(noms connus : specification, /);
    expect(mistake?.expected.en).toMatch(/^probably module \(known names: specification, /);
  });

  it('names line and column of what is not JSON, and the encoding of what is not UTF-8', () => {
    const text = readFileSync(join('programmes', MP, 'programme.json'), 'utf8');
    expect(checkProgramme(text.replace('"fr",', '"fr"'))).toMatchObject({
      ok: false,
      mistakes: [{ pointer: '/languages/1', code: 'not-json', line: 19, column: 3 }],
    });
    expect(checkProgramme(text.replace('"code": "MP"', '"code": "MP", "id": "x"'))).toMatchObject({
      mistakes: [{ pointer: '/id', code: 'not-json' }],
    });
    expect(checkProgramme(Buffer.from(text, 'latin1'))).toMatchObject({ mistakes: [{ code: 'encoding' }] });
    expect(checkProgramme(Buffer.from(text, 'utf16le'))).toMatchObject({ mistakes: [{ code: 'encoding' }] });
    expect(checkProgramme(`\ufeff${text}`).ok).toBe(true);
  });

  it.each(['null', '[]', '42', '"x"', '{}', '{"criteria":{"a":[]},"roles":5,"variants":"x","assessment":[]}'])(
    'survives a document that is no programme at all: %s',
    (text) => {
      const result = checkProgramme(text);
      expect(result.ok).toBe(false);
      expect(told(result).length).toBeGreaterThan(0);
    },
  );

  it('leaves the document it is given unchanged', () => {
    const document = readProgramme(ES);
    const before = structuredClone(document);
    checkProgrammeDocument(document);
    expect(document).toEqual(before);
  });

  it('finds no programme id in the source', () => {
    const sources = readdirSync('src', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(sources.length).toBeGreaterThan(10);
    for (const entry of sources) {
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const id of SHIPPED) expect(text.includes(`'${id}'`) || text.includes(`"${id}"`), entry.name).toBe(false);
    }
  });
});
