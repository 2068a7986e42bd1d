/**
 * Keeps the answers to the questions asked last, so that what is asked again and again is made once. A failed answer is
 * not kept. @param capacity answers kept.
 */
export function remember<T>(capacity: number): (question: string, answer: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (question, answer) => {
    const known = kept.get(question);
    // A map lists its keys in the order they were set: asked again means set again.
    kept.delete(question);
    const promise = known ?? answer();
    kept.set(question, promise);
    if (known === undefined) {
      promise.catch(() => {
        if (kept.get(question) === promise) kept.delete(question);
      });
    }
    const [oldest] = kept.keys();
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
    return promise;
  };
}
