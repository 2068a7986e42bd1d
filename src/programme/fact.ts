import { parseInstant } from '../text/instant.js';
import { creditsAsked } from './credits.js';
import { sumDecimals } from './decimal.js';
import type { DossierEvidence } from './dossier.js';
import { ownValue } from './own-value.js';
import { piecesOf, type RuleCase } from './rule-case.js';

/**
 * The value behind a fact path, section 2 *Facts*. `undefined` when it is missing; inherited members never count.
 *
 * - `measures.x`: the dossier's measure, the team's when its scope is the team; a derived measure is always computed
 *   from its parts, exactly, and missing if one of them is no number;
 * - `team.x`, `student.x`: that member;
 * - `evidence.<kind>.<field>`: of the piece of that kind, member's or team's, not rejected, with the latest
 *   `submittedAt`; `submittedAt` itself is also a field. Of pieces submitted at one instant the one with the greatest
 *   id counts, so that their order in the file never matters;
 * - `jury.decision`, `jury.mark`; `computed.levels.<competence>` (1 or more), `computed.credits` (total of the options
 *   asked, missing when none carries credits);
 * - any other word: that member of the engagement.
 */
export function factValue(path: string, ruleCase: RuleCase): unknown {
  return resolve(path, ruleCase, new Set());
}

/** @param open paths being computed, so that a definition whose sums go round in a circle gives a missing fact. */
function resolve(path: string, ruleCase: RuleCase, open: Set<string>): unknown {
  const dot = path.indexOf('.');
  const head = dot < 0 ? path : path.slice(0, dot);
  const rest = dot < 0 ? '' : path.slice(dot + 1);
  if (dot < 0) return ownValue(ruleCase.engagement, path);
  switch (head) {
    case 'measures':
      return measure(rest, ruleCase, open);
    case 'team':
      return ownValue(ruleCase.team, rest);
    case 'student':
      return ownValue(ruleCase.engagement.student, rest);
    case 'evidence':
      return evidenceField(rest, ruleCase);
    case 'jury':
      return rest === 'decision' || rest === 'mark' ? ruleCase.jury?.[rest] : undefined;
    case 'computed':
      return computed(rest, ruleCase, open);
    default:
      return undefined;
  }
}

function measure(id: string, ruleCase: RuleCase, open: Set<string>): unknown {
  const { programme, engagement, team } = ruleCase;
  const derived = programme.sums.get(id);
  if (derived !== undefined) {
    return guarded(`measures.${id}`, open, () => {
      const parts = derived.facts.map((fact) => resolve(fact, ruleCase, open));
      const numbers = parts.filter((part) => typeof part === 'number');
      return numbers.length === parts.length && numbers.every(Number.isFinite) ? sumDecimals(numbers) : undefined;
    });
  }
  if (programme.measures.get(id)?.scope === 'team') {
    const shared = ownValue(team, 'measures');
    if (typeof shared === 'object' && shared !== null && Object.hasOwn(shared, id)) return Reflect.get(shared, id);
  }
  return ownValue(engagement.measures, id);
}

function computed(what: string, ruleCase: RuleCase, open: Set<string>): unknown {
  if (what === 'credits') {
    return guarded('computed.credits', open, () => creditsAsked(ruleCase, (fact) => resolve(fact, ruleCase, open)));
  }
  return what.startsWith('levels.') ? ruleCase.levels.get(what.slice('levels.'.length)) : undefined;
}

function guarded(path: string, open: Set<string>, compute: () => unknown): unknown {
  if (open.has(path)) return undefined;
  open.add(path);
  const value = compute();
  open.delete(path);
  return value;
}

function evidenceField(path: string, ruleCase: RuleCase): unknown {
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  const field = path.slice(dot + 1);
  const piece = latestPiece(path.slice(0, dot), ruleCase);
  return field === 'submittedAt' ? piece?.submittedAt : ownValue(piece?.fields, field);
}

function latestPiece(kind: string, ruleCase: RuleCase): DossierEvidence | undefined {
  let latest: DossierEvidence | undefined;
  for (const piece of piecesOf(ruleCase)) {
    if (piece.kind !== kind || piece.status === 'rejected') continue;
    if (latest === undefined || isLater(piece, latest)) latest = piece;
  }
  return latest;
}

function isLater(piece: DossierEvidence, than: DossierEvidence): boolean {
  const [at, thanAt] = [parseInstant(piece.submittedAt) ?? 0, parseInstant(than.submittedAt) ?? 0];
  return at === thanAt ? piece.id > than.id : at > thanAt;
}
