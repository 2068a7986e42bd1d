import type { JsonObject } from '../../ports/json.js';
import { type ActiveContext, NotCompiledError, type Term } from './active-context.js';
import { type DefineOptions, defineTerms } from './define-terms.js';

/** Compositions kept for one place; more of them are made anew. */
const MAX_KEPT = 256;

/**
 * The context within a node of these types: their scoped contexts in the order of their names, each over the one
 * before. Nested nodes fall back to the context the node itself stands in.
 * @see https://www.w3.org/TR/json-ld11-api/#expansion-algorithm (step 11)
 */
export function withTypes(active: ActiveContext, types: readonly string[]): ActiveContext {
  const scoping = types.filter((type) => active.terms.get(type)?.scoped !== undefined).sort();
  if (scoping.length === 0) return active;
  const options = { overridesProtected: false, previous: active.previous ?? active };
  return kept(active, scoping.join(' '), () =>
    scoping.reduce((before, type) => defineScoped(before, active.terms.get(type)?.scoped, options), active),
  );
}

/**
 * The context for the value of a property, which propagates into everything below.
 * @param active where the value stands; the property itself may have been defined further in.
 * @see https://www.w3.org/TR/json-ld11-api/#expansion-algorithm (steps 8 and 13.4.2)
 */
export function withProperty(active: ActiveContext, { scoped }: Term): ActiveContext {
  if (scoped === undefined) return active;
  const options = { overridesProtected: true, previous: active.previous };
  return kept(active, scoped ?? 'null', () => defineScoped(active, scoped, options));
}

function defineScoped(active: ActiveContext, scoped: Term['scoped'], options: DefineOptions): ActiveContext {
  if (scoped === undefined || scoped === null) throw new NotCompiledError('a scoped context that forgets all terms');
  return defineTerms(active, scoped, options);
}

function kept(active: ActiveContext, key: string | JsonObject, make: () => ActiveContext): ActiveContext {
  const known = active.next.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (active.next.size < MAX_KEPT) active.next.set(key, made);
  return made;
}
