/**
 * Asks once and keeps the answer for a while, so that whoever asks often costs little. A failed answer is not kept.
 * @param milliseconds how long.
 */
export function rememberFor<T>(milliseconds: number, ask: () => Promise<T>): () => Promise<T> {
  let kept: { readonly until: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (kept !== undefined && now < kept.until) return kept.answer;
    const made = { until: now + milliseconds, answer: ask() };
    kept = made;
    made.answer.catch(() => {
      if (kept === made) kept = undefined;
    });
    return made.answer;
  };
}
