import { readFileSync } from 'node:fs';
import { type Cohort, zCohort } from '../../src/engagement/schema.js';
import { readDecisionFile } from '../../src/jury/decision-file.js';
import type { DecisionRow } from '../../src/jury/decision-row.js';
import { type Programme, zProgramme } from '../../src/programme/schema.js';

export const SAMPLE_IDS = [
  'ecstra',
  'engagement-citoyen',
  'mission-industrielle',
  'missions-professionnelles',
  'projet-pro',
] as const;
export type SampleId = (typeof SAMPLE_IDS)[number];

/** The dates the sample's expected output was asked for; elsewhere the definition's checkpoints. */
export const SAMPLE_DATES = ['2016-03-15', '2016-09-16'] as const;

function sampleBytes(id: SampleId, file: string): Uint8Array {
  return readFileSync(new URL(`../../programmes/${id}/${file}`, import.meta.url));
}

function sampleJson(id: SampleId, file: string): unknown {
  return JSON.parse(new TextDecoder().decode(sampleBytes(id, file)));
}

export interface Sample {
  readonly programme: Programme;
  readonly cohort: Cohort;
  readonly rows: readonly DecisionRow[];
}

export function loadSample(id: SampleId): Sample {
  const file = readDecisionFile(sampleBytes(id, 'jury-decisions.csv'));
  if (!file.ok) throw new Error(`${id}: ${file.problems.map(({ code }) => code).join(', ')}`);
  return {
    programme: zProgramme.parse(sampleJson(id, 'programme.json')),
    cohort: zCohort.parse(sampleJson(id, 'engagements.json')),
    rows: file.rows,
  };
}

/** The expected output; the `student` names beside the results are only a reading aid. */
export function loadExpected(id: SampleId): Record<string, unknown> {
  const expected = sampleJson(id, 'expected.json') as { results: Record<string, unknown>[] };
  return { ...expected, results: expected.results.map(({ student: _name, ...result }) => result) };
}

/** Freezes a value and everything in it: whoever changes it throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
