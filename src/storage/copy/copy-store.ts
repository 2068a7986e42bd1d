import { DomainError } from '../../ports/error.js';
import type { LedgerCheck } from '../../ports/ledger.js';
import { type Fingerprint, Fingerprints, fingerprintOf, readAll } from './fingerprint.js';
import type { StoreContent, StoreFiller } from './store-content.js';

/** The copy was not made, or is not what the source is: the target is not served. */
export class CopyRefusedError extends DomainError {
  override readonly code = 'copy-refused';
}

/**
 * Copies all of a store into an empty one: documents with their versions, rows, and the ledger record by record with
 * strands, digests and instants as they are. Both sides are checked before the target is opened to anybody.
 * @throws {CopyRefusedError} when a ledger does not check, the source is written to meanwhile, or the target does not hold what the source does.
 */
export async function copyStore(source: StoreContent, target: StoreFiller): Promise<Fingerprint> {
  const before = await source.store.ledger.check();
  assertSound(before, 'the source');
  const prints = new Fingerprints();
  await readAll(source, [
    prints,
    {
      record: () => undefined,
      records: (records) => target.putRecords(records),
      partition: (partition) => target.putPartition(partition),
      rowsOf: (rows) => target.putRows(rows),
    },
  ]);
  const expected = prints.end();
  const copy = await target.read();
  try {
    const found = await fingerprintOf(copy);
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      throw new CopyRefusedError(
        `the copy is not what the source is: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`,
      );
    }
    assertSound(await copy.store.ledger.check(), 'the copy');
  } finally {
    await copy.close();
  }
  if (JSON.stringify(await source.store.ledger.strands()) !== JSON.stringify(before.strands)) {
    throw new CopyRefusedError('the source was written to while it was copied: stop every process that has it open');
  }
  await target.finish();
  return expected;
}

function assertSound({ ok, problems: [first] }: LedgerCheck, whose: string): void {
  if (ok) return;
  throw new CopyRefusedError(
    `the ledger of ${whose} does not check: ${first?.file}, ${first?.place}: ${first?.message}`,
  );
}
