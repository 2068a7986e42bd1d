import { join } from 'node:path';
import { z } from 'zod';
import { StoreDamagedError, StoreUnavailableError } from '../../../ports/store.js';
import type { Disk } from '../disk.js';
import { isTemporaryName } from '../durable-json-file.js';
import type { StoreLimits } from '../limits.js';
import { LowFile } from '../low-file.js';
import type { ChainBytes } from './chain-bytes.js';
import { FRAME_HEAD } from './payload-frame.js';
import {
  announcedLength,
  BrokenLineError,
  decodeLine,
  digestOf,
  type PayloadLocator,
  type RecordLine,
} from './record-line.js';
import { parseSegmentName, segmentName } from './segment-file.js';
import { LostWriteError, Segments } from './segments.js';

const zManifest = z.strictObject({
  strand: z.string(),
  chainSegments: z.int().positive(),
  payloadSegments: z.int().positive(),
  /** Payloads named by `erased` records up to this sequence have been overwritten. */
  erasedThrough: z.int().nonnegative(),
});
type Manifest = z.infer<typeof zManifest>;

const MANIFEST_NAME = 'strand.json';
/** Enough for most records in one read. */
const FIRST_READ = 1_024;
/** A chain position is one number: segment × 2³⁶ + offset. */
const POSITIONS_IN_A_SEGMENT = 2 ** 36;

/** How far a strand reaches. */
export interface StrandExtent {
  /** SHA-256 of the chain's bytes behind the headers, hex. */
  readonly digest: string;
  /** Bytes of each chain segment that count. */
  readonly segments: readonly number[];
  /** Bytes of each payload segment that count, by its number. */
  readonly payloadEnds: ReadonlyMap<number, number>;
}

/** The files of one writer's strand: its chain, its payloads, and the manifest that says how many there are. */
export class Strand {
  readonly chain: Segments;
  readonly payloads: Segments;
  readonly #manifest: LowFile<Manifest>;
  readonly #limits: StoreLimits;
  #lost: StoreUnavailableError | undefined;
  #bytes: ChainBytes | undefined;

  private constructor(options: {
    readonly disk: Disk;
    readonly directory: string;
    readonly manifest: LowFile<Manifest>;
    readonly limits: StoreLimits;
  }) {
    const { disk, directory, manifest } = options;
    const { strand } = manifest.data;
    this.#manifest = manifest;
    this.#limits = options.limits;
    this.chain = new Segments({ kind: 'chain', disk, directory, strand });
    this.payloads = new Segments({ kind: 'payloads', disk, directory, strand });
  }

  /** Lays down an empty strand. @param options.strand its name, unique among the strands of a store. */
  static async create(options: {
    readonly disk: Disk;
    readonly directory: string;
    readonly strand: string;
  }): Promise<void> {
    const { disk, directory, strand } = options;
    for (const kind of ['chain', 'payloads'] as const) {
      await new Segments({ kind, disk, directory, strand }).prepare();
    }
    const initial: Manifest = { strand, chainSegments: 1, payloadSegments: 1, erasedThrough: 0 };
    const path = join(directory, MANIFEST_NAME);
    await LowFile.create({ disk, path, parse: (data) => zManifest.parse(data), initial }).replace(initial);
  }

  /** Opens the files the manifest names. @throws {StoreDamagedError} when one is missing or none of ours. */
  static async open(options: {
    readonly disk: Disk;
    readonly directory: string;
    readonly limits: StoreLimits;
  }): Promise<Strand> {
    const { disk, directory } = options;
    const path = join(directory, MANIFEST_NAME);
    const manifest = await LowFile.open({ disk, path, parse: (data) => zManifest.parse(data) });
    const strand = new Strand({ ...options, manifest });
    try {
      for (const segments of [strand.chain, strand.payloads]) await strand.#openSegments(segments, disk, directory);
    } catch (error) {
      await strand.close();
      throw error;
    }
    return strand;
  }

  get name(): string {
    return this.#manifest.data.strand;
  }

  /** What the first record names as its predecessor. */
  get genesis(): string {
    return digestOf(this.name);
  }

  get erasedThrough(): number {
    return this.#manifest.data.erasedThrough;
  }

  async setErasedThrough(sequence: number): Promise<void> {
    await this.#manifest.replace({ ...this.#manifest.data, erasedThrough: sequence });
  }

  /** Begins new segments where the present ones are full. @throws {StoreUnavailableError} */
  async makeRoom(): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    if (this.chain.size >= this.#limits.chainBytes) await this.#roll(this.chain, 'chainSegments');
    if (this.payloads.size >= this.#limits.payloadBytes) await this.#roll(this.payloads, 'payloadSegments');
  }

  /**
   * Writes one group: payloads first, then the chain, each durable before the next step. All of it counts, or none.
   * @throws {StoreUnavailableError} after a failed fsync every later write throws too: reopening tells what is there.
   */
  async write(group: { readonly frames: Uint8Array; readonly lines: Uint8Array }): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    const { frames, lines } = group;
    try {
      if (frames.length > 0) await this.payloads.write(frames);
      await this.chain.write(lines);
    } catch (error) {
      if (error instanceof LostWriteError) this.#lost = error;
      await this.chain.revert();
      await this.payloads.revert();
      throw error;
    }
    this.payloads.accept(frames.length);
    this.chain.accept(lines.length);
    this.#bytes?.add(lines);
  }

  /** From now on what is written to the chain is added to these bytes, which hold all before. */
  follow(bytes: ChainBytes): void {
    this.#bytes = bytes;
  }

  /**
   * What the chain and its payloads are at this moment, all of it durable; undefined when a write was lost and nobody
   * knows.
   */
  async extent(): Promise<StrandExtent | undefined> {
    const digest = this.#lost === undefined ? this.#bytes?.digest() : undefined;
    if (digest === undefined) return undefined;
    const { chain, payloads } = this;
    const sizesOf = (segments: Segments) => Promise.all(segments.ranges().map((range) => range.size()));
    const [chainSizes, payloadSizes] = await Promise.all([sizesOf(chain), sizesOf(payloads)]);
    const payloadEnds = new Map(payloadSizes.map((size, number) => [number + 1, size]));
    return { digest, segments: chainSizes, payloadEnds };
  }

  /** One record by its position. @throws {StoreDamagedError} when it is not there as written. */
  async readRecord(position: number): Promise<RecordLine> {
    const { segment, offset } = placeOf(position);
    let bytes = await this.chain.read(segment, offset, FIRST_READ);
    const length = announcedLength(bytes);
    if (length !== undefined && length > bytes.length) bytes = await this.chain.read(segment, offset, length);
    try {
      return decodeLine(bytes.subarray(0, (length ?? bytes.length + 1) - 1));
    } catch (error) {
      if (!(error instanceof BrokenLineError)) throw error;
      throw new StoreDamagedError(this.chain.path(segment), `byte ${offset}`, error.message, { cause: error });
    }
  }

  readFrame(locator: PayloadLocator): Promise<Uint8Array> {
    return this.payloads.read(locator.segment, locator.offset, locator.length);
  }

  /**
   * Overwrites payloads with zeros where they lie, heads left in place; durable when it resolves.
   * @throws {StoreUnavailableError} and some may be overwritten, some not.
   */
  async overwrite(payloads: readonly PayloadLocator[]): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    try {
      for (const { segment, offset, length } of payloads) {
        await this.payloads.zero(segment, offset + FRAME_HEAD, length - FRAME_HEAD);
      }
    } catch (error) {
      throw new StoreUnavailableError('payloads could not be overwritten', { cause: error });
    }
    try {
      for (const segment of new Set(payloads.map((payload) => payload.segment))) await this.payloads.sync(segment);
    } catch (error) {
      // An fsync that fails may have been the one to tell of an append's bytes.
      this.#lost = new LostWriteError('overwritten payloads could not be made durable', { cause: error });
      throw this.#lost;
    }
  }

  /** What was refused and could not be cut off then is cut off now, if the disk lets us. */
  async close(): Promise<void> {
    await this.chain.revert();
    await this.payloads.revert();
    await this.chain.close();
    await this.payloads.close();
  }

  async #openSegments(segments: Segments, disk: Disk, directory: string): Promise<void> {
    const { kind } = segments;
    const count = this.#manifest.data[kind === 'chain' ? 'chainSegments' : 'payloadSegments'];
    while (segments.count < count) await segments.open();
    for (const name of await disk.list(directory)) {
      if (isTemporaryName(name)) await disk.remove(join(directory, name));
      const segment = parseSegmentName(kind, name);
      if (segment === undefined || segment <= count) continue;
      // A segment made just before a crash holds its header only and is not in the manifest yet.
      const file = await disk.open(join(directory, name), 'read');
      const size = await file.size().finally(() => file.close());
      if (segment > count + 1 || size > segments.headerLength(1) + 8) {
        throw new StoreDamagedError(join(directory, MANIFEST_NAME), `${count} segments`, `${name} is not among them`);
      }
      await disk.remove(join(directory, segmentName(kind, segment)));
    }
  }

  async #roll(segments: Segments, member: 'chainSegments' | 'payloadSegments'): Promise<void> {
    await segments.revert();
    await segments.prepare();
    await this.#manifest.replace({ ...this.#manifest.data, [member]: segments.count + 1 });
    await segments.open();
  }
}

/** @param segment counted from 1. @param offset bytes. */
export function chainPosition(segment: number, offset: number): number {
  return segment * POSITIONS_IN_A_SEGMENT + offset;
}

export function placeOf(position: number): { readonly segment: number; readonly offset: number } {
  const segment = Math.floor(position / POSITIONS_IN_A_SEGMENT);
  return { segment, offset: position - segment * POSITIONS_IN_A_SEGMENT };
}
