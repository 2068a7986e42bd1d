import { PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import { checkFactHolds } from './check-facts.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';

function countsItself(id: string, parts: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const waiting = [...(parts.get(id) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === id) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(parts.get(next) ?? []));
  }
  return false;
}

/** Derived measures add facts that exist and are numbers, and never count themselves. */
export function checkDerivedMeasures(root: Place, declared: Declared, report: CheckReport): void {
  const derived = root.at('derivedMeasures').list();
  const parts = new Map(
    derived.map((measure) => [
      measure.at('id').text ?? '',
      measure
        .at('sum')
        .texts()
        .flatMap(({ text }) => (text.startsWith('measures.') ? [text.slice(9)] : [])),
    ]),
  );
  for (const measure of derived) {
    for (const fact of measure.at('sum').list()) checkFactHolds(fact, 'number', declared, report);
    const id = measure.at('id').text;
    if (id !== undefined && countsItself(id, parts))
      report.mistake(measure.at('sum'), PROGRAMME_MISTAKES.derivedCycle(id));
  }
}
