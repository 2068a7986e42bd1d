import { describe, expect, it } from 'vitest';
import { evaluateProgramme } from '../../src/jury/evaluate.js';
import { matchDecisions } from '../../src/jury/match-decisions.js';
import { deepFreeze, loadExpected, loadSample, SAMPLE_DATES, SAMPLE_IDS } from './samples.js';

describe('the five programmes and their sample cohorts', () => {
  it.each(SAMPLE_IDS)('%s gives its expected output, member for member', (id) => {
    const { programme, cohort, rows } = deepFreeze(loadSample(id));
    const decisions = matchDecisions(rows, cohort.engagements);
    const { evaluation } = evaluateProgramme({
      programme,
      cohort,
      decisions,
      ...(id === 'engagement-citoyen' && { asOf: SAMPLE_DATES }),
    });
    expect(evaluation).toStrictEqual(loadExpected(id));
  });

  it('asks for the checkpoints of the definition when no date is given, once each and ascending', () => {
    const { programme, cohort, rows } = loadSample('engagement-citoyen');
    const decisions = matchDecisions(rows, cohort.engagements);
    const at = (asOf?: readonly string[]) =>
      evaluateProgramme({ programme, cohort, decisions, ...(asOf && { asOf }) }).evaluation;
    expect(at().obligations?.map(({ asOf }) => asOf)).toEqual(['2016-01-15', '2016-03-15', '2016-05-15']);
    expect(at().statistics['asOf']).toBe('2016-05-15');
    expect(at(['2016-09-16', '2016-03-15', '2016-09-16'])).toEqual(at(SAMPLE_DATES));
  });

  it('evaluates the same file again with the awards it gave recorded, and gives the same verdicts', () => {
    const { programme, cohort, rows } = loadSample('engagement-citoyen');
    const decisions = matchDecisions(rows, cohort.engagements);
    const first = evaluateProgramme({ programme, cohort, decisions, asOf: SAMPLE_DATES }).evaluation;
    const recordedAwards = first.results
      .filter(({ outcome }) => outcome === 'issued')
      .map(({ engagementId, creditsEarned }) => {
        const engagement = cohort.engagements.find(({ id }) => id === engagementId)!;
        const { cycle } = cohort.roster!.find(({ studentId }) => studentId === engagement.student.id)!;
        return {
          engagementId,
          studentId: engagement.student.id,
          programme: programme.id,
          activityKey: engagement.activityKey,
          academicYear: cohort.academicYear,
          credits: creditsEarned,
          cycle,
        };
      });
    const second = evaluateProgramme({ programme, cohort, decisions, recordedAwards, asOf: SAMPLE_DATES }).evaluation;
    expect(second).toEqual(first);
  });

  it('refuses an activity that the house recognised for another engagement', () => {
    const { programme, cohort, rows } = loadSample('missions-professionnelles');
    const decisions = matchDecisions(rows, cohort.engagements);
    const [engagement] = cohort.engagements;
    const recordedAwards = [
      {
        engagementId: 'elsewhere',
        studentId: engagement!.student.id,
        programme: 'another-programme',
        activityKey: engagement!.activityKey,
        academicYear: '2024-2025',
      },
    ];
    const { evaluation, explanations } = evaluateProgramme({ programme, cohort, decisions, recordedAwards });
    expect(evaluation.results[0]).toMatchObject({ outcome: 'refused', reasons: ['already-recognised'] });
    expect(explanations.get('MP-E01')?.[0]?.findings[0]?.found).toBe('another-programme 2024-2025');
  });

  it('says which roles confirmed each level', () => {
    const confirmers = (id: (typeof SAMPLE_IDS)[number], engagement: string) => {
      const { programme, cohort, rows } = loadSample(id);
      const decisions = matchDecisions(rows, cohort.engagements);
      return evaluateProgramme({ programme, cohort, decisions }).levels.get(engagement)?.confirmedBy;
    };
    expect(confirmers('ecstra', 'EC-E06')).toEqual({ teamwork: ['peer'], sustainability: ['professional-tutor'] });
    expect(confirmers('mission-industrielle', 'MI-E01')).toEqual({
      'general-behaviour': ['academic-tutor', 'industrial-tutor'],
      aptitudes: ['academic-tutor', 'industrial-tutor'],
    });
    expect(confirmers('missions-professionnelles', 'MP-E01')).toEqual({ 'project-management': ['professional-tutor'] });
    expect(confirmers('projet-pro', 'PP-E06')).toEqual({
      'labour-market-knowledge': ['jury'],
      'professional-networking': ['jury'],
    });
  });
});
