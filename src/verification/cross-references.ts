import type { JsonObject } from '../ports/json.js';
import { type Finding, fail, warning } from './finding.js';
import { LIMITS } from './limits.js';
import { numberOf, objectOf, objectsOf, textOf, textsOf } from './members.js';
import { type DescribedResult, describedResults } from './result-descriptions.js';

const DECIMAL = /^-?\d+(?:[.,]\d+)?$/;

/**
 * What the schema cannot say: results refer to what the achievement describes, and their values are among those it
 * provides for.
 * @param credential without empty members.
 * @see https://www.imsglobal.org/spec/ob/v3p0/#result
 */
export function crossReferenceFindings(credential: JsonObject): Finding[] {
  const subject = objectOf(credential['credentialSubject']);
  const achievement = objectOf(subject['achievement']);
  const { descriptions, results, fit } = describedResults(credential);
  if (!fit) {
    const what = {
      fr: 'longueur des résultats, chacun avec sa description',
      en: 'length of the results, each with its description',
    };
    return [fail('too-complex', '/credentialSubject/result', { what, limit: LIMITS.maxShownResultsLength })];
  }
  return [
    ...repeatedIds(descriptions, '/credentialSubject/achievement/resultDescription'),
    ...descriptions.flatMap((description, index) =>
      descriptionFindings(description, `/credentialSubject/achievement/resultDescription/${index}`),
    ),
    ...results.flatMap((result, index) => resultFindings(result, `/credentialSubject/result/${index}`)),
    ...creditFindings(subject, achievement),
  ];
}

function descriptionFindings(description: JsonObject, pointer: string): Finding[] {
  const levels = objectsOf(description['rubricCriterionLevel']);
  const findings = repeatedIds(levels, `${pointer}/rubricCriterionLevel`);
  const required = textOf(description['requiredLevel']);
  if (required !== null && !levels.some(({ id }) => id === required)) {
    findings.push(fail('unknown-reference', `${pointer}/requiredLevel`, { found: required }));
  }
  return findings;
}

function resultFindings({ result, description, levels }: DescribedResult, pointer: string): Finding[] {
  const reference = textOf(result['resultDescription']);
  const level = textOf(result['achievedLevel']);
  if (reference !== null && description === undefined) {
    return [fail('unknown-reference', `${pointer}/resultDescription`, { found: reference })];
  }
  const findings: Finding[] = [];
  if (level !== null && !levels.some(({ id }) => id === level)) {
    findings.push(fail('unknown-reference', `${pointer}/achievedLevel`, { found: level }));
  }
  if (description?.['resultType'] === 'Status' && result['status'] === undefined) {
    findings.push(fail('missing-result-status', pointer));
  }
  const value = textOf(result['value']);
  if (value !== null && description !== undefined)
    findings.push(...valueFindings(value, description, `${pointer}/value`));
  return findings;
}

function valueFindings(value: string, description: JsonObject, pointer: string): Finding[] {
  const allowed = textsOf(description['allowedValue']);
  if (allowed.length > 0 && !allowed.includes(value)) return [fail('value-not-allowed', pointer, { value, allowed })];
  const min = textOf(description['valueMin']);
  const max = textOf(description['valueMax']);
  if (!inRange(value, min, max)) {
    return [fail('value-out-of-range', pointer, { value, min: min ?? '−∞', max: max ?? '∞' })];
  }
  return [];
}

/** Bounds that are no numbers (letter grades) are not compared; a value that is none lies outside numeric bounds. */
function inRange(value: string, min: string | null, max: string | null): boolean {
  const [number, low, high] = [decimal(value), decimal(min), decimal(max)];
  if (low === undefined && high === undefined) return true;
  if (number === undefined) return false;
  return (low === undefined || number >= low) && (high === undefined || number <= high);
}

function decimal(text: string | null): number | undefined {
  return text !== null && DECIMAL.test(text) ? Number(text.replace(',', '.')) : undefined;
}

function creditFindings(subject: JsonObject, achievement: JsonObject): Finding[] {
  const earned = numberOf(subject['creditsEarned']);
  const available = numberOf(achievement['creditsAvailable']);
  if (earned === null || available === null || earned <= available) return [];
  return [warning('credits-exceed', '/credentialSubject/creditsEarned', { earned, available })];
}

function repeatedIds(nodes: readonly JsonObject[], pointer: string): Finding[] {
  const seen = new Set<string>();
  return nodes.flatMap(({ id }, index) => {
    if (typeof id !== 'string') return [];
    if (seen.has(id)) return [fail('ambiguous-reference', `${pointer}/${index}/id`, { found: id })];
    seen.add(id);
    return [];
  });
}
