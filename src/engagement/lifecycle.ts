import { computeLevels } from '../programme/competence-levels.js';
import type { DossierDecision } from '../programme/dossier.js';
import type { Finding } from '../programme/finding.js';
import { indexProgramme, type RuleCase } from '../programme/rule-case.js';
import { ruleFindings, ruleHolds } from '../programme/rule-holds.js';
import type { LifecycleState, Programme } from '../programme/schema.js';
import type { Engagement, Team } from './schema.js';

type Transition = Programme['lifecycle']['transitions'][number];

/** Why a transition may not be made. */
export type TransitionRefusal =
  | 'transition-unknown'
  | 'transition-from-another-state'
  | 'transition-by-another-role'
  | 'transition-guarded';

export type TransitionAnswer =
  | { readonly allowed: true; readonly transition: string; readonly to: LifecycleState }
  | {
      readonly allowed: false;
      readonly transition: string;
      readonly code: TransitionRefusal;
      /** What the guard found and needs; empty unless `transition-guarded`. */
      readonly findings: readonly Finding[];
    };

/** An engagement whose state may change, and who asks. */
export interface TransitionInput {
  readonly programme: Programme;
  readonly engagement: Engagement;
  /** The engagement's team, when it has one. */
  readonly team?: Team | undefined;
  readonly jury?: DossierDecision | undefined;
  /** A role of the programme, `student` or `jury`. */
  readonly role: string;
}

/**
 * Says whether a role may make a transition from the engagement's present state, programme rules 1 (*Life cycle*).
 * The first obstacle is named: the transition, the state, the role, then the guard.
 * @param input.transition the id of a transition of the definition.
 */
export function checkTransition(input: TransitionInput & { readonly transition: string }): TransitionAnswer {
  const transition = input.programme.lifecycle.transitions.find(({ id }) => id === input.transition);
  if (transition === undefined) return refused(input.transition, 'transition-unknown');
  if (!transition.from.includes(input.engagement.state)) return refused(transition.id, 'transition-from-another-state');
  if (!transition.by.includes(input.role)) return refused(transition.id, 'transition-by-another-role');
  return checkGuard(transition, input);
}

/** The transitions that leave the present state and are the role's to make, in the order of the definition. */
export function listTransitions(input: TransitionInput): readonly TransitionAnswer[] {
  return input.programme.lifecycle.transitions
    .filter(({ from, by }) => from.includes(input.engagement.state) && by.includes(input.role))
    .map((transition) => checkGuard(transition, input));
}

function checkGuard({ id, to, guard }: Transition, input: TransitionInput): TransitionAnswer {
  if (guard === undefined) return { allowed: true, transition: id, to };
  const ruleCase = guardCase(input);
  if (ruleHolds(guard, ruleCase)) return { allowed: true, transition: id, to };
  return refused(id, 'transition-guarded', ruleFindings(guard, ruleCase));
}

/** A guard looks at one engagement alone: it knows of no earlier recognition. */
function guardCase({ programme, engagement, team, jury }: TransitionInput): RuleCase {
  const facts: RuleCase = {
    programme: indexProgramme(programme),
    engagement,
    team,
    jury,
    levels: new Map(),
    recognisedBefore: undefined,
  };
  return { ...facts, levels: new Map(Object.entries(computeLevels(facts).competenceLevels)) };
}

function refused(transition: string, code: TransitionRefusal, findings: readonly Finding[] = []): TransitionAnswer {
  return { allowed: false, transition, code, findings };
}
