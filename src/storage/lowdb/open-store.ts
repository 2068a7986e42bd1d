import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.js';
import type { DocumentStore } from '../../ports/documents.js';
import { DomainError } from '../../ports/error.js';
import type { Ledger } from '../../ports/ledger.js';
import type { LogStore } from '../../ports/log-store.js';
import type { Logger } from '../../ports/logger.js';
import type { Random } from '../../ports/random.js';
import { type Store, type StoreChange, StoreDamagedError, StoreUnavailableError } from '../../ports/store.js';
import type { TakeSnapshot } from '../../ports/store-snapshot.js';
import { Followers } from '../followers.js';
import { CommitGate } from './commit-gate.js';
import { makeDirectories } from './directories.js';
import { type Disk, nodeDisk } from './disk.js';
import { LowdbDocumentStore } from './documents/document-store.js';
import { isTemporaryName } from './durable-json-file.js';
import { SegmentLedger } from './ledger/ledger.js';
import { parseSegmentName } from './ledger/segment-file.js';
import { Strand } from './ledger/strand.js';
import { DEFAULT_LIMITS, type StoreLimits } from './limits.js';
import { machineProcesses, type ProcessTable } from './lock/process-identity.js';
import { type LockHolder, readHolder, StoreLock } from './lock/store-lock.js';
import { LowdbLogStore } from './log/log-store.js';
import { LowFile } from './low-file.js';
import { UNFINISHED_FOLDER } from './snapshot/put-back.js';
import { createSnapshots, SNAPSHOT_FOLDER } from './snapshot/take-snapshot.js';
import { whileHeld } from './while-held.js';

const zManifest = z.strictObject({ format: z.literal('sceau-store'), version: z.literal(1), strand: z.string() });
type Manifest = z.infer<typeof zManifest>;

const MANIFEST_NAME = 'store.json';

export interface LowdbStoreOptions {
  /** Made when it does not exist; its parent must. */
  readonly directory: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger?: Logger;
  /** Where this process can be reached, for {@link readLockHolder}; may be said later with `announce`. */
  readonly control?: string;
  /** By default those of {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<StoreLimits>;
  readonly disk?: Disk;
  readonly processes?: ProcessTable;
}

/** The embedded store, and what only a store with one holder has. */
export interface LowdbStore extends Store {
  /** Tells other processes of this machine where the holder can be reached. */
  announce(control: string): Promise<void>;
  /** @throws {StoreUnavailableError} */
  readonly snapshot: TakeSnapshot;
}

/**
 * Opens the embedded store in a directory, or makes one there; this process alone holds it until `close`.
 * @throws {StoreLockedError} when a live process holds it.
 * @throws {StoreDamagedError} when stored bytes are not what was written; nothing is ever emptied.
 * @throws {StoreUnavailableError} when the disk does not take what opening writes.
 */
export async function openLowdbStore(options: LowdbStoreOptions): Promise<LowdbStore> {
  const { directory, clock, random, disk = nodeDisk, processes = machineProcesses } = options;
  await makeRoot(disk, directory);
  const lock = await StoreLock.acquire({ disk, directory, processes, random }, clock.now(), options.control);
  try {
    await ensureStore({ disk, directory, random });
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const followers = new Followers(options.logger);
    const gate = new CommitGate();
    const tell = (change: StoreChange): void => followers.tell(change);
    const ledger = await SegmentLedger.open({
      disk,
      clock,
      random,
      directory: join(directory, 'ledger'),
      limits,
      logger: options.logger,
      tell,
      gate,
    });
    const documents = await LowdbDocumentStore.open({ disk, root: join(directory, 'documents'), limits, tell, gate });
    const log = new LowdbLogStore({ disk, root: join(directory, 'log'), limits, tell, gate });
    const snapshot = createSnapshots({ disk, directory, gate, ledger, clock });
    return assemble({ documents, log, ledger, lock, followers, snapshot });
  } catch (error) {
    await lock.release().catch(() => undefined);
    if (error instanceof DomainError) throw error;
    throw new StoreUnavailableError(`the store in ${directory} could not be opened`, { cause: error });
  }
}

/** The process that holds the store in a directory now, and where it can be reached. */
export function readLockHolder(directory: string): Promise<LockHolder | undefined> {
  return readHolder({ disk: nodeDisk, directory, processes: machineProcesses }, Date.now());
}

async function makeRoot(disk: Disk, directory: string): Promise<void> {
  try {
    await makeDirectories(disk, directory);
  } catch (error) {
    throw new StoreUnavailableError(`${directory} could not be made`, { cause: error });
  }
}

/** Lays down an empty store where there is none. The manifest comes last: with it, everything else must be there. */
async function ensureStore(options: {
  readonly disk: Disk;
  readonly directory: string;
  readonly random: Random;
}): Promise<void> {
  const { disk, directory, random } = options;
  const path = join(directory, MANIFEST_NAME);
  const strand = Buffer.from(random.bytes(8)).toString('hex');
  const initial: Manifest = { format: 'sceau-store', version: 1, strand };
  const manifest = await LowFile.open({ disk, path, parse: (data) => zManifest.parse(data), initial });
  for (const name of await disk.list(directory)) {
    if (isTemporaryName(name)) await disk.remove(join(directory, name));
    if (name === UNFINISHED_FOLDER && !manifest.exists) {
      throw new StoreDamagedError(join(directory, name), 'folder', 'a restore was cut short here; run it again');
    }
    if (name === SNAPSHOT_FOLDER || name === UNFINISHED_FOLDER) await disk.removeTree(join(directory, name));
  }
  if (manifest.exists) return;
  try {
    for (const room of ['documents', 'log', 'ledger']) await makeDirectories(disk, directory, room);
  } catch (error) {
    throw new StoreUnavailableError(`${directory} could not be filled`, { cause: error });
  }
  await assertUnused({ disk, directory });
  await Strand.create({ disk, directory: join(directory, 'ledger'), strand });
  await manifest.replace(initial);
}

/** Without a manifest there may be the empty ledger of a start that was cut short, and nothing else. */
async function assertUnused({ disk, directory }: { readonly disk: Disk; readonly directory: string }): Promise<void> {
  const ledger = join(directory, 'ledger');
  const lost = () => new StoreDamagedError(join(directory, MANIFEST_NAME), 'file', 'it is missing beside stored data');
  for (const room of ['documents', 'log']) if ((await disk.list(join(directory, room))).length > 0) throw lost();
  for (const name of await disk.list(ledger)) {
    const kind = parseSegmentName('chain', name) === undefined ? 'payloads' : 'chain';
    const segment = parseSegmentName(kind, name);
    if (segment === undefined) continue;
    const bytes = await disk.readFile(join(ledger, name));
    // Its header is its first line, and its only one.
    if (segment > 1 || bytes === undefined || bytes.indexOf(0x0a) !== bytes.length - 1) throw lost();
  }
}

function assemble(parts: {
  readonly documents: LowdbDocumentStore;
  readonly log: LowdbLogStore;
  readonly ledger: SegmentLedger;
  readonly lock: StoreLock;
  readonly followers: Followers;
  readonly snapshot: TakeSnapshot;
}): LowdbStore {
  const { documents, log, ledger, lock, followers } = parts;
  let closing: Promise<void> | undefined;
  const refuse = (): StoreUnavailableError | undefined => {
    if (closing !== undefined) return new StoreUnavailableError('the store is closed');
    return lock.lost ? new StoreUnavailableError('another process took the store over') : undefined;
  };
  const close = async (): Promise<void> => {
    await documents.idle();
    await log.idle();
    await ledger.close();
    await lock.release();
  };
  return {
    documents: whileHeld<DocumentStore>(documents, refuse),
    log: whileHeld<LogStore>(log, refuse),
    ledger: whileHeld<Ledger>(ledger, refuse),
    follow: (listener) => followers.follow(listener),
    announce: (control) => lock.announce(control),
    snapshot: whileHeld({ snapshot: parts.snapshot }, refuse).snapshot,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
