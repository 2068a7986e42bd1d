import { expect, it } from 'vitest';
import { StoreUnavailableError } from '../../src/ports/store.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';

const fresh = freshHouse();

it('a measured ledger takes an append of somebody else’s before its own, and goes on counting', async () => {
  const { ledger } = fresh.house.issuing.store;
  const { append } = ledger;
  let refused = 0;
  ledger.append = async (entries) => {
    const isFirst = refused === 0 && entries.some(({ event }) => event.kind === 'reserved');
    if (!isFirst) return append(entries);
    refused += 1;
    throw new StoreUnavailableError('the disk is full');
  };
  const { counts } = await issueSample(fresh.house, 'ecstra');
  expect(refused).toBe(1);
  expect(counts.issued + counts.failed).toBeGreaterThan(0);
  ledger.append = append;
  const again = await issueSample(fresh.house, 'ecstra');
  expect(again.counts.failed).toBe(0);
  const [strand] = await ledger.strands();
  expect(ensureDefined(strand).records).toBeGreaterThan(0);
});
