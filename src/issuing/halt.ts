import { type HaltEntry, LedgerConflictError } from '../ports/ledger.js';
import { SigningHaltedError } from '../ports/signer.js';
import type { Store } from '../ports/store.js';

/** The emergency stop as every part of this process sees it. */
export interface HaltState {
  /** The stop in force; undefined while signing goes on. @throws {StoreUnavailableError} */
  current(): Promise<HaltEntry | undefined>;
  /** Whoever is about to sign, or to begin what ends in a signature, asks first. @throws {SigningHaltedError} */
  assertSigning(): Promise<void>;
}

/**
 * Reads the emergency stop once and again after each change of it, this process's own or another's, so that asking
 * before every signature costs nothing and a stop is known everywhere within a second. A state that cannot be read
 * stops signing too: the question fails.
 */
export function createHaltState(store: Pick<Store, 'ledger' | 'follow'>): HaltState {
  let known: Promise<HaltEntry | undefined> | undefined;
  store.follow((change) => {
    const isOther = change.shape !== 'all' && (change.shape !== 'ledger' || !HALTS.has(change.event.kind));
    if (!isOther) known = undefined;
  });
  const current = (): Promise<HaltEntry | undefined> => {
    if (known !== undefined) return known;
    const reading = store.ledger.halt();
    known = reading;
    reading.catch(() => {
      if (known === reading) known = undefined;
    });
    return reading;
  };
  return {
    current,
    async assertSigning() {
      const halt = await current();
      if (halt !== undefined) throw new SigningHaltedError(halt.since);
    },
  };
}

const HALTS: ReadonlySet<string> = new Set(['halted', 'resumed']);

/** What a stop, or its end, is asked with. The reason is kept and never published. */
export interface HaltRequest {
  readonly reason: string;
  readonly actor: string;
}

/** Stops all signing in the whole house, until it is resumed. @returns the stop, and whether this call began it. */
export async function haltSigning(
  store: Pick<Store, 'ledger'>,
  request: HaltRequest,
): Promise<{ readonly halt: HaltEntry; readonly changed: boolean }> {
  for (;;) {
    const present = await store.ledger.halt();
    if (present !== undefined) return { halt: present, changed: false };
    const [record] = await appendUnlessDone(store, 'halted', request);
    if (record !== undefined) return { halt: { since: record.at }, changed: true };
  }
}

/** Lets signing go on. @returns whether this call ended a stop. */
export async function resumeSigning(
  store: Pick<Store, 'ledger'>,
  request: HaltRequest,
): Promise<{ readonly changed: boolean }> {
  const records = await appendUnlessDone(store, 'resumed', request);
  return { changed: records.length > 0 };
}

async function appendUnlessDone(
  { ledger }: Pick<Store, 'ledger'>,
  kind: 'halted' | 'resumed',
  { reason, actor }: HaltRequest,
): ReturnType<Store['ledger']['append']> {
  try {
    return await ledger.append([{ actor, event: { kind }, payload: { reason } }]);
  } catch (error) {
    if (error instanceof LedgerConflictError) return [];
    throw error;
  }
}
