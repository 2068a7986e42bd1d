import { describe, expect, it } from 'vitest';
import { GroupQueue } from '../../src/storage/group-queue.js';
import { ensureDefined } from '../support/ensure-defined.js';

/** A queue whose groups wait until they are told to end. */
function heldQueue(atOnce?: number) {
  const groups: { readonly calls: readonly number[]; readonly end: () => void }[] = [];
  const queue = new GroupQueue<number, string>({
    largest: 3,
    ...(atOnce === undefined ? {} : { atOnce }),
    async commit(calls) {
      await new Promise<void>((end) => {
        groups.push({ calls, end });
      });
      return calls.map((call) =>
        call < 0 ? { ok: false, error: new Error(`no ${call}`) } : { ok: true, value: `${call}` },
      );
    },
  });
  return { queue, groups, formed: () => groups.map(({ calls }) => calls) };
}

/** Lets everything run that waits for nothing. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a queue that forms groups', () => {
  it('sends the first call at once, and those that come meanwhile together, in their order and up to the largest group', async () => {
    const { queue, groups, formed } = heldQueue();
    const answers = [queue.submit(1)];
    await settle();
    answers.push(...[2, 3, 4, 5].map((call) => queue.submit(call)));
    await settle();
    expect(formed()).toEqual([[1]]);
    ensureDefined(groups[0]).end();
    await settle();
    expect(formed()).toEqual([[1], [2, 3, 4]]);
    ensureDefined(groups[1]).end();
    await settle();
    ensureDefined(groups[2]).end();
    expect(await Promise.all(answers)).toEqual(['1', '2', '3', '4', '5']);
    await queue.idle();
    expect(queue.busy).toBe(false);
  });

  it('answers each call for itself', async () => {
    const { queue, groups } = heldQueue();
    const answers = Promise.allSettled([queue.submit(1), queue.submit(-2), queue.submit(3)]);
    await settle();
    ensureDefined(groups[0]).end();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('has as many groups under way as it may, and no call waits while one more may be', async () => {
    const { queue, groups, formed } = heldQueue(2);
    const answers = [queue.submit(1)];
    await settle();
    answers.push(queue.submit(2));
    await settle();
    answers.push(queue.submit(3), queue.submit(4));
    await settle();
    expect(formed()).toEqual([[1], [2]]);
    ensureDefined(groups[1]).end();
    await settle();
    expect(formed()).toEqual([[1], [2], [3, 4]]);
    expect(queue.busy).toBe(true);
    ensureDefined(groups[0]).end();
    await settle();
    answers.push(queue.submit(5));
    await settle();
    expect(formed()).toEqual([[1], [2], [3, 4], [5]]);
    for (const { end } of groups) end();
    await queue.idle();
    expect(await Promise.all(answers)).toEqual(['1', '2', '3', '4', '5']);
  });
});
