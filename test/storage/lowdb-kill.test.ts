import { beforeAll, describe, expect, it } from 'vitest';
import { openLowdbStore } from '../../src/storage/lowdb/open-store.js';
import { bundleWriter, Writer } from './child-process.js';
import { countingRandom, ISSUER, temporaryDirectories } from './fixtures.js';

/** A dozen in the suite; `SCEAU_KILL_CYCLES=1000 npx vitest run test/storage/lowdb-kill` for the long run. */
const CYCLES = Number(process.env['SCEAU_KILL_CYCLES'] ?? 12);
const COHORT = { issuer: ISSUER, collection: 'engagements', name: 'cohort' } as const;

describe('a writer killed with SIGKILL under load (D1)', () => {
  const directory = temporaryDirectories();
  let bundle: string;

  beforeAll(async () => {
    bundle = await bundleWriter(await directory());
  });

  it(
    `loses nothing it acknowledged and keeps nothing twice, ${CYCLES} times over`,
    async () => {
      const data = `${await directory()}/data`;
      const random = countingRandom(Date.now());
      const acknowledged: string[] = [];
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        const writer = new Writer(bundle, data, String(cycle), 'append');
        // Not a time but a number of acknowledgements, so that a slow machine does the same.
        await writer.lines(2 + ((random.bytes(1)[0] ?? 0) % 60));
        await writer.kill();
        expect(writer.told[0], `cycle ${cycle}: the dead writer's lock is taken over at once`).toBe(
          `held ${writer.pid}`,
        );
        acknowledged.push(...writer.told.slice(1));

        const store = await openLowdbStore({ directory: data, clock: { now: () => Date.now() }, random });
        for (const line of writer.told.slice(1)) {
          const [what, id = ''] = line.split(' ');
          if (what === 'issued') expect((await store.ledger.credential(id))?.state, line).toBe('active');
          if (what === 'issued') expect(await store.ledger.document(id, 1), line).toEqual({ signed: id });
          if (what === 'logged') expect(await store.log.get(ISSUER, 'batch', id), line).toBe('issued');
          if (what === 'written') expect((await store.documents.get(COHORT, id))?.version, line).toBe(1);
        }
        await store.close();
      }
      expect(acknowledged.length).toBeGreaterThan(CYCLES);

      const store = await openLowdbStore({ directory: data, clock: { now: () => Date.now() }, random });
      const issued = acknowledged.filter((line) => line.startsWith('issued'));
      const counts = await store.ledger.counts(ISSUER);
      expect(new Set(issued).size).toBe(issued.length);
      expect(counts.active).toBeGreaterThanOrEqual(issued.length);
      // At most three were under way at each kill.
      expect(counts.active + counts.reserved).toBeLessThanOrEqual(issued.length + 3 * CYCLES);
      const logged = acknowledged.filter((line) => line.startsWith('logged'));
      expect((await store.log.list(ISSUER, 'batch')).length).toBeGreaterThanOrEqual(logged.length);
      expect(await store.ledger.check()).toMatchObject({ ok: true, problems: [] });
      await store.close();
    },
    30_000 + CYCLES * 3_000,
  );
});
