/**
 * Works through a list in chunks, a fixed number of them side by side, so that what a chunk holds is bounded however
 * long the list is.
 * @param work answers for a chunk, as a rule for each of its items in order.
 * @returns the answers in the order of the chunks. What `work` throws is thrown once no chunk is under way any more.
 */
export async function inChunks<T, U>(
  items: readonly T[],
  { size, atOnce }: { readonly size: number; readonly atOnce: number },
  work: (chunk: readonly T[]) => Promise<readonly U[]>,
): Promise<U[]> {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, number) => number * size).values();
  const answers: (readonly U[])[] = [];
  async function takeTurns(): Promise<void> {
    for (const start of starts) answers[start / size] = await work(items.slice(start, start + size));
  }
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, takeTurns));
  const broken = lanes.find((lane) => lane.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  return answers.flat();
}
