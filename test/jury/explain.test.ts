import { describe, expect, it } from 'vitest';
import { evaluateProgramme } from '../../src/jury/evaluate.js';
import { explain } from '../../src/jury/explain.js';
import { explainBuiltIn } from '../../src/jury/explanation.js';
import { matchDecisions } from '../../src/jury/match-decisions.js';
import { zRule } from '../../src/programme/rule.js';
import { ruleFindings, ruleHolds } from '../../src/programme/rule-holds.js';
import { BUILT_IN_CODES } from '../../src/text/reasons.js';
import { type CaseParts, makeCase, makeEngagement, makePiece, makeProgramme } from '../programme/cases.js';
import { loadSample, SAMPLE_DATES, SAMPLE_IDS } from './samples.js';

const label = { fr: 'Critère', en: 'Criterion' };
/** Non-breaking spaces are a matter of type, not of wording. */
const plain = ({ fr, en }: { fr: string; en: string }) => ({
  fr: fr.replaceAll('\u00a0', ' '),
  en: en.replaceAll('\u00a0', ' '),
});

function evaluated(id: (typeof SAMPLE_IDS)[number]) {
  const { programme, cohort, rows } = loadSample(id);
  const decisions = matchDecisions(rows, cohort.engagements);
  return { decisions, ...evaluateProgramme({ programme, cohort, decisions, asOf: SAMPLE_DATES }) };
}

describe('the explanations of the sample cohorts', () => {
  it.each(SAMPLE_IDS)('of %s stand one by one beside the codes, with a sentence in both languages', (id) => {
    const { evaluation, explanations } = evaluated(id);
    for (const { engagementId, reasons, warnings } of evaluation.results) {
      const told = explanations.get(engagementId) ?? [];
      expect(told.map(({ code }) => code)).toEqual([...reasons, ...warnings]);
      for (const explanation of told) {
        expect(explanation.findings.length).toBeGreaterThan(0);
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
        const { fr, en } = explain(explanation);
        for (const sentence of [fr, en]) expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\(\)/);
        expect(fr.startsWith(explanation.label.fr) && en.startsWith(explanation.label.en)).toBe(true);
        expect([fr.at(-1), en.at(-1)]).toEqual(['.', '.']);
      }
    }
  });

  it('say the value found and the value needed, to the wording', () => {
    const sentence = (id: (typeof SAMPLE_IDS)[number], engagement: string, code: string) => {
      const explanation = evaluated(id)
        .explanations.get(engagement)
        ?.find((one) => one.code === code);
      return explanation && plain(explain(explanation));
    };
    expect(sentence('missions-professionnelles', 'MP-E02', 'hours-below-minimum')).toEqual({
      fr: 'Moins de 40 h certifiées : 39,5 h trouvées, 40 h au moins demandées.',
      en: 'Fewer than 40 certified hours: 39.5 h found, at least 40 h needed.',
    });
    expect(sentence('missions-professionnelles', 'MP-E17', 'credits-mismatch')?.fr).toBe(
      'Crédits du jury différents de ceux des modalités accordées : 2 ECTS trouvés, 3 ECTS demandés.',
    );
    expect(sentence('mission-industrielle', 'MI-E03', 'report-late')?.en).toBe(
      'Report handed in after the deadline: 16 September 2022 at 00:30:00 found, no later than 15 September 2022 (Europe/Paris time) needed.',
    );
    expect(sentence('mission-industrielle', 'MI-E04', 'report-filename-invalid')?.fr).toContain(
      '« rapport mission Ben Youssef.pdf » trouvé, « BEN YOUSSEF Hicham rapport mission 2022.pdf » demandé.',
    );
    expect(sentence('projet-pro', 'PP-E03', 'sessions-below-minimum')?.fr).toBe(
      'Présence insuffisante aux séances : 6 séances trouvées, 7 séances au moins demandées.',
    );
    expect(sentence('projet-pro', 'PP-E03', 'jury-validated-but-not-issuable')?.fr).toBe(
      'Validé par le jury, mais rien ne peut être signé tant qu’une personne n’a pas levé la contradiction avec les critères : « sessions-below-minimum » trouvé, aucun motif admis.',
    );
  });
});

describe('the built-in codes', () => {
  it('each have a sentence in both languages', () => {
    for (const code of BUILT_IN_CODES) {
      const { fr, en } = explainBuiltIn(code as Parameters<typeof explainBuiltIn>[0], 'hold', []).label;
      expect(fr.length * en.length, code).toBeGreaterThan(0);
      expect(fr, code).not.toBe(en);
    }
  });

  it('of a row that was not accepted name what the file says and what was registered', () => {
    const row = {
      row: 2,
      engagementId: 'E1',
      familyName: 'Tran',
      givenName: 'Zoé',
      decision: 'ADMIS',
      session: undefined,
      mark: 12,
      credits: undefined,
      decidedAt: undefined,
      president: undefined,
      comment: undefined,
    };
    const registered = { ...row, familyName: 'Trần', decision: 'validated' };
    const { importExplanations } = matchDecisions(
      [
        { ...row, engagementId: 'E9' },
        { ...row, familyName: 'Durand' },
        row,
        registered,
        registered,
        { ...registered, mark: undefined, decision: 'refused' },
      ],
      [{ id: 'E1', student: { familyName: 'Trần', givenName: 'Zoé' } }],
    );
    expect(importExplanations.map((one) => plain(explain(one)).en)).toEqual([
      'Engagement not in the cohort: “E9” found, an engagement of the cohort needed.',
      'The name is not the student’s: “Durand” found, “Trần” needed.',
      'Unknown decision: “ADMIS” found, “validated”, “refused” or “deferred” needed.',
      'Row repeated with the same content, no effect: 2 rows found, at most 1 row allowed.',
      'Conflicting decisions: the engagement has no decision at all: “refused” found (decision, against row 2), “validated” needed; nothing found (mark, against row 2), 12 needed.',
    ]);
    expect(importExplanations.map((one) => plain(explain(one)).fr)[1]).toBe(
      'Le nom n’est pas celui de l’étudiant : « Durand » trouvé, « Trần » demandé.',
    );
  });
});

describe('every operator', () => {
  const item = (id: string) => ({ id, label: { fr: id, en: id } });
  const programme = makeProgramme({
    params: { least: 40 },
    roles: [{ id: 'tutor', label: { fr: 'Tuteur', en: 'Tutor' } }],
    measures: [{ id: 'hours', type: 'number', unit: 'h', scope: 'member' }],
    evidenceKinds: [
      {
        id: 'report',
        label: { fr: 'Rapport', en: 'Report' },
        scope: 'team',
        fields: [{ id: 'pages', unit: 'pages' }],
        publicByDefault: false,
      },
    ],
    assessment: {
      forms: [
        {
          id: 'grid',
          label: { fr: 'Grille', en: 'Grid' },
          roles: ['tutor'],
          parts: [{ id: 'p', items: [item('x'), item('y')] }],
        },
      ],
    },
    competences: [
      { id: 'skill', name: { fr: 'Équipe', en: 'Team' }, levels: [{ level: 1, name: { fr: 'un', en: 'one' } }] },
    ],
  });
  const parts: CaseParts = {
    programme,
    engagement: makeEngagement({
      measures: { hours: 39.5, abroad: true },
      startDate: '2022-05-01',
      endDate: '2022-08-30',
      tags: ['a'],
      evidence: [makePiece({ submittedAt: '2022-09-15T22:30:00Z', fields: { pages: 14, fileName: 'x.pdf' } })],
      assessments: [
        { form: 'grid', role: 'tutor', assessor: 'zoe@example.org', at: '2022-01-01T00:00:00Z', ratings: { x: 1 } },
        {
          form: 'grid',
          role: 'self',
          assessor: 'zoe@example.org',
          at: '2022-01-01T00:00:00Z',
          competence: 'skill',
          targetLevel: 3,
        },
      ],
    }),
    jury: { decision: 'deferred', mark: undefined },
    levels: { skill: 2 },
    recognisedBefore: 'ecstra 2025-2026',
  };
  const range = { op: 'range', fact: 'measures.hours', min: { param: 'least' } };

  it.each([
    [range, '39,5 h trouvées, 40 h au moins demandées.', '39.5 h found, at least 40 h needed.'],
    [
      { ...range, min: 40, max: 100 },
      '39,5 h trouvées, de 40 h à 100 h demandées.',
      '39.5 h found, from 40 h to 100 h needed.',
    ],
    [
      { op: 'range', fact: 'measures.hours', max: 10 },
      '39,5 h trouvées, 10 h au plus admises.',
      '39.5 h found, at most 10 h allowed.',
    ],
    [{ ...range, fact: 'measures.none' }, 'rien trouvé, 40 au moins demandés.', 'nothing found, at least 40 needed.'],
    [
      { ...range, min: { param: 'none' } },
      '39,5 h trouvées, un repère absent du dossier ou de la formule demandé.',
      '39.5 h found, a value that the dossier or the variant lacks needed.',
    ],
    [{ op: 'equals', fact: 'measures.abroad', value: false }, 'oui trouvé, non demandé.', 'yes found, no needed.'],
    [
      { op: 'oneOf', fact: 'id', values: ['A', 'B', 'C'] },
      '« E1 » trouvé, « A », « B » ou « C » demandé.',
      '“E1” found, “A”, “B” or “C” needed.',
    ],
    [{ op: 'present', fact: 'context' }, 'rien trouvé, un contenu demandé.', 'nothing found, a value needed.'],
    [
      { op: 'contains', fact: 'tags', values: ['a', 'b'] },
      '« a » trouvé, « a » et « b » demandés (manque : « b »).',
      '“a” found, “a” and “b” needed (missing: “b”).',
    ],
    [
      { op: 'containsAny', fact: 'tags', values: ['b', 'c'] },
      '« a » trouvé, au moins un choix parmi « b » ou « c » demandé.',
      '“a” found, one of “b” or “c” needed.',
    ],
    [
      { op: 'evidence', kind: 'report', min: 2 },
      '1 pièce acceptée trouvée (Rapport), 2 pièces acceptées au moins demandées.',
      '1 accepted piece found (Report), at least 2 accepted pieces needed.',
    ],
    [
      { op: 'evidence', kind: 'film', status: 'submitted' },
      '0 pièce déposée trouvée, 1 pièce déposée au moins demandée.',
      '0 filed pieces found, at least 1 filed piece needed.',
    ],
    [
      { op: 'before', first: 'evidence.report.submittedAt', second: 'endDate' },
      'le 16 septembre 2022 à 00:30:00 trouvé, au plus tard le 30 août 2022 (heure de Europe/Paris) demandé.',
      '16 September 2022 at 00:30:00 found, no later than 30 August 2022 (Europe/Paris time) needed.',
    ],
    [
      { op: 'deadline', fact: 'evidence.report.submittedAt', by: '2022-09-15' },
      'le 16 septembre 2022 à 00:30:00 trouvé, au plus tard le 15 septembre 2022 (heure de Europe/Paris) demandé.',
      '16 September 2022 at 00:30:00 found, no later than 15 September 2022 (Europe/Paris time) needed.',
    ],
    [
      { op: 'duration', from: 'startDate', to: 'endDate', minMonths: 4 },
      'le 30 août 2022 trouvé, 4 mois au moins à partir du 1er mai 2022, donc jusqu’au 31 août 2022 au moins demandé.',
      '30 August 2022 found, at least 4 months from 1 May 2022, that is up to 31 August 2022 or later needed.',
    ],
    [
      { op: 'filename', fact: 'evidence.report.fileName', template: '{FAMILY} {year}', year: 2022, extension: 'pdf' },
      '« x.pdf » trouvé, « D’ALMEIDA 2022.pdf » demandé.',
      '“x.pdf” found, “D’ALMEIDA 2022.pdf” needed.',
    ],
    [
      { op: 'actor', role: 'tutor' },
      '0 personne trouvée (Tuteur), 1 personne au moins demandée.',
      '0 people found (Tutor), at least 1 person needed.',
    ],
    [
      { op: 'assessment', form: 'grid', role: 'tutor' },
      '1 élément noté trouvé (Grille), 2 éléments notés au moins demandés.',
      '1 item rated found (Grid), at least 2 items rated needed.',
    ],
    [
      { op: 'sameAssessor', whenForm: 'grid', thenForm: 'overall', roles: ['tutor'] },
      '0 fiche trouvée, 1 fiche au moins demandée.',
      '0 forms found, at least 1 form needed.',
    ],
    [
      { op: 'assessorsIndependent' },
      '1 fiche trouvée, 0 fiche au plus admise.',
      '1 form found, at most 0 forms allowed.',
    ],
    [
      { op: 'competenceLevel', minLevel: 2, minCount: 2 },
      '1 compétence trouvée (niveau 2), 2 compétences au moins demandées.',
      '1 competence found (level 2), at least 2 competences needed.',
    ],
    [
      { op: 'competenceLevel', competence: 'skill', minLevel: 3 },
      'niveau 2 trouvé (Équipe), niveau 3 au moins demandé.',
      'level 2 found (Team), at least level 3 needed.',
    ],
    [
      { op: 'targetsReached' },
      'niveau 2 trouvé (Équipe), niveau 3 au moins demandé.',
      'level 2 found (Team), at least level 3 needed.',
    ],
    [
      { op: 'juryDecision', in: ['validated'] },
      '« ajourné » trouvé, « validé » demandé.',
      '“deferred” found, “validated” needed.',
    ],
    [
      { op: 'notAlreadyRecognised' },
      '« ecstra 2025-2026 » trouvé, aucun antécédent pour la même activité demandé.',
      '“ecstra 2025-2026” found, no earlier recognition of the same activity needed.',
    ],
    [
      { op: 'not', of: { op: 'juryDecision', in: ['deferred'] } },
      '« ajourné » trouvé, autre que « ajourné » demandé.',
      '“deferred” found, other than “deferred” needed.',
    ],
    [
      { op: 'not', of: { ...range, min: 10 } },
      '39,5 h trouvées, moins de 10 h demandées.',
      '39.5 h found, fewer than 10 h needed.',
    ],
    [
      { op: 'all', of: [range, { op: 'actor', role: 'tutor' }, { op: 'present', fact: 'id' }] },
      '39,5 h trouvées (measures.hours), 40 h au moins demandées ; 0 personne trouvée (Tuteur), 1 personne au moins demandée.',
      '39.5 h found (measures.hours), at least 40 h needed; 0 people found (Tutor), at least 1 person needed.',
    ],
    [
      { op: 'any', of: [range, { op: 'actor', role: 'tutor' }] },
      '39,5 h trouvées (measures.hours), 40 h au moins demandées ; ou bien 0 personne trouvée (Tuteur), 1 personne au moins demandée.',
      '39.5 h found (measures.hours), at least 40 h needed; or else 0 people found (Tutor), at least 1 person needed.',
    ],
    [
      { op: 'atLeast', n: 2, of: [{ op: 'present', fact: 'id' }, range] },
      '1 condition remplie trouvée (conditions), 2 conditions remplies au moins demandées ; 39,5 h trouvées (measures.hours), 40 h au moins demandées.',
      '1 condition met found (conditions), at least 2 conditions met needed; 39.5 h found (measures.hours), at least 40 h needed.',
    ],
  ])('%j says what it found and needs', (definition, fr, en) => {
    const rule = zRule.parse(definition);
    const ruleCase = makeCase(parts);
    expect(ruleHolds(rule, ruleCase)).toBe(false);
    const sentence = plain(explain({ label, findings: ruleFindings(rule, ruleCase) }));
    expect(sentence).toEqual({ fr: `Critère : ${fr}`, en: `Criterion: ${en}` });
  });

  it.each([
    { op: 'range', fact: 'measures.hours', min: 1, max: 99 },
    { op: 'range', fact: 'measures.hours', max: 99 },
    { op: 'equals', fact: 'measures.abroad', value: true },
    { op: 'equals', fact: 'measures.hours', value: 39.5 },
    { op: 'present', fact: 'id' },
    { op: 'contains', fact: 'tags', values: ['a'] },
    { op: 'containsAny', fact: 'tags', values: ['a'] },
    { op: 'evidence', kind: 'report' },
    { op: 'before', first: 'startDate', second: 'endDate' },
    { op: 'deadline', fact: 'evidence.report.submittedAt', by: '2022-09-16' },
    { op: 'duration', from: 'startDate', to: 'endDate', minMonths: 3 },
    { op: 'filename', fact: 'evidence.report.fileName', template: 'x', year: 1, extension: 'pdf' },
    { op: 'sameAssessor', whenForm: 'overall', thenForm: 'grid', roles: ['tutor'] },
    { op: 'competenceLevel', minLevel: 1 },
    { op: 'atLeast', n: 1, of: [{ op: 'present', fact: 'id' }] },
    {
      op: 'all',
      of: [
        { op: 'present', fact: 'id' },
        { op: 'evidence', kind: 'report' },
      ],
    },
    {
      op: 'any',
      of: [
        { op: 'present', fact: 'id' },
        { op: 'evidence', kind: 'film' },
      ],
    },
    { op: 'not', of: { op: 'present', fact: 'context' } },
  ])('turned round, %j says what it found and would not have', (definition) => {
    const rule = zRule.parse({ op: 'not', of: definition });
    const ruleCase = makeCase(parts);
    expect(ruleHolds(rule, ruleCase)).toBe(false);
    const findings = ruleFindings(rule, ruleCase);
    expect(findings.length).toBeGreaterThan(0);
    const { fr, en } = plain(explain({ label, findings }));
    expect(fr).toMatch(/^Critère : .+ trouvée?s?[ ,].* demandée?s?[ .;]/);
    expect(en).toMatch(/^Criterion: .+ found.* needed.*\.$/);
    expect(`${fr}${en}`).not.toMatch(/undefined|null|NaN/);
  });
});
