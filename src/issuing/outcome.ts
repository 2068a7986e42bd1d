import type { Outcome } from '../ports/outcome.js';

export type { Outcome };

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(error: unknown): Outcome<never> {
  return { ok: false, error };
}

/** Runs `work` and keeps what it throws. */
export async function attempt<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return succeeded(await work());
  } catch (error) {
    return failed(error);
  }
}

/** The value; throws the error of a failure. */
export function unwrap<T>(outcome: Outcome<T> | undefined): T {
  if (outcome === undefined) throw new Error('a group was answered in part');
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

/**
 * The next stage for those that came so far; the others keep their failures, and all keep their places.
 * @param stage answers for each of the values it is given, in order; what it throws, all of them get.
 */
export async function thenAll<T, U>(
  outcomes: readonly Outcome<T>[],
  stage: (values: readonly T[]) => Promise<readonly Outcome<U>[]>,
): Promise<Outcome<U>[]> {
  const values = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  const staged = values.length === 0 ? [] : await attempt(() => stage(values));
  const answers = Array.isArray(staged) ? staged : staged.ok ? staged.value : values.map(() => staged);
  const next = answers.values();
  return outcomes.map((outcome) =>
    outcome.ok ? (next.next().value ?? failed(new Error('a group was answered in part'))) : outcome,
  );
}
