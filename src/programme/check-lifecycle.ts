import { PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';
import type { RuleCheck } from './check-rules.js';

function reachable(initial: string, transitions: readonly Place[]): ReadonlySet<string> {
  const reached = new Set([initial]);
  let grew = true;
  while (grew) {
    grew = false;
    for (const transition of transitions) {
      const to = transition.at('to').text;
      if (to === undefined || reached.has(to)) continue;
      if (
        transition
          .at('from')
          .texts()
          .some(({ text }) => reached.has(text))
      ) {
        reached.add(to);
        grew = true;
      }
    }
  }
  return reached;
}

/**
 * The life cycle: states that are declared, roles that exist, guards that mean something. A state nothing leads to is
 * a doubt: no verdict looks at states.
 */
export function checkLifecycle(root: Place, declared: Declared, rules: RuleCheck, report: CheckReport): void {
  const lifecycle = root.at('lifecycle');
  const transitions = lifecycle.at('transitions').list();
  const checkState = (place: Place) => {
    if (place.text !== undefined && !declared.states.has(place.text)) {
      report.mistake(place, PROGRAMME_MISTAKES.unknown('state', place.text, declared.states.known));
    }
  };
  checkState(lifecycle.at('initial'));
  for (const transition of transitions) {
    for (const from of transition.at('from').list()) checkState(from);
    checkState(transition.at('to'));
    for (const { text, place } of transition.at('by').texts()) {
      if (!declared.roles.has(text))
        report.mistake(place, PROGRAMME_MISTAKES.unknown('role', text, declared.roles.known));
    }
    rules.rule(transition.at('guard'));
  }
  const initial = lifecycle.at('initial').text;
  if (initial === undefined || !declared.states.has(initial)) return;
  const reached = reachable(initial, transitions);
  for (const { text, place } of lifecycle.at('states').texts()) {
    if (!reached.has(text)) report.warning(place, PROGRAMME_MISTAKES.unreachableState(text));
  }
}
