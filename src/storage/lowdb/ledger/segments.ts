import { join } from 'node:path';
import { StoreDamagedError, StoreUnavailableError } from '../../../ports/store.js';
import type { Disk, DiskFile } from '../disk.js';
import { errorCode } from '../disk.js';
import { createSegment, readHeader, type SegmentKind, segmentName } from './segment-file.js';

interface Segment {
  readonly path: string;
  readonly file: DiskFile;
  readonly headerLength: number;
}

/** The part of a segment file that counts. */
export interface SegmentRange {
  readonly path: string;
  /** Bytes from the beginning of the file. */
  size(): Promise<number>;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** fsync failed: what is on the medium is unknown, and asking again would not tell (threats.md D7). */
export class LostWriteError extends StoreUnavailableError {}

/**
 * The segment files of one kind. The last one is written to, at the end of what is durable; a failed write is cut
 * off again, now or before the next one.
 */
export class Segments {
  readonly kind: SegmentKind;
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #strand: string;
  readonly #segments: Segment[] = [];
  #size = 0;
  #dirty = false;

  constructor(options: {
    readonly kind: SegmentKind;
    readonly disk: Disk;
    readonly directory: string;
    readonly strand: string;
  }) {
    this.kind = options.kind;
    this.#disk = options.disk;
    this.#directory = options.directory;
    this.#strand = options.strand;
  }

  /** How many there are; the last one is written to. */
  get count(): number {
    return this.#segments.length;
  }

  /** Bytes of the last segment that count: its header and what was accepted. */
  get size(): number {
    return this.#size;
  }

  /** Opens the next segment, which must exist. @throws {StoreDamagedError} */
  async open(): Promise<void> {
    const segment = this.count + 1;
    const path = join(this.#directory, segmentName(this.kind, segment));
    const file = await this.#disk.open(path, 'write').catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') throw new StoreDamagedError(path, 'file', 'the segment is missing');
      throw new StoreUnavailableError(`${path} could not be opened`, { cause: error });
    });
    try {
      const headerLength = await readHeader(file, path, { kind: this.kind, strand: this.#strand, segment });
      this.#size = await file.size();
      this.#segments.push({ path, file, headerLength });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Makes the file of the next segment, without opening it. @throws {StoreUnavailableError} */
  async prepare(): Promise<void> {
    try {
      await createSegment(this.#disk, this.#directory, {
        kind: this.kind,
        strand: this.#strand,
        segment: this.count + 1,
      });
    } catch (error) {
      throw new StoreUnavailableError('a new segment could not be made', { cause: error });
    }
  }

  path(segment: number): string {
    return this.#at(segment).path;
  }

  headerLength(segment: number): number {
    return this.#at(segment).headerLength;
  }

  /** Bytes in the file, whether they count or not. */
  fileSize(segment: number): Promise<number> {
    return this.#at(segment).file.size();
  }

  /** @throws {StoreUnavailableError} when the file cannot be read. */
  async read(segment: number, offset: number, length: number): Promise<Uint8Array> {
    const { file, path } = this.#at(segment);
    try {
      return await file.read(offset, length);
    } catch (error) {
      throw new StoreUnavailableError(`${path} could not be read`, { cause: error });
    }
  }

  /** Every segment, the last one up to where it goes at this moment. */
  ranges(): SegmentRange[] {
    const end = this.#size;
    return this.#segments.map(({ path, file }, at) => ({
      path,
      size: at === this.count - 1 ? async () => end : () => file.size(),
      read: (offset, length) => this.read(at + 1, offset, length),
    }));
  }

  /**
   * Writes behind what counts and waits until it is on the medium. It counts once {@link accept} was called.
   * @throws {StoreUnavailableError} {@link LostWriteError}
   */
  async write(bytes: Uint8Array): Promise<void> {
    const { file, path } = this.#at(this.count);
    await this.#restore();
    this.#dirty = true;
    try {
      await file.write(bytes, this.#size);
    } catch (error) {
      throw new StoreUnavailableError(`${path} could not be written`, { cause: error });
    }
    try {
      await file.sync();
    } catch (error) {
      throw new LostWriteError(`${path} could not be made durable`, { cause: error });
    }
  }

  /** What was written now counts. */
  accept(length: number): void {
    this.#size += length;
    this.#dirty = false;
  }

  /** Cuts off what was written and does not count; what cannot be cut off now is before the next write. */
  async revert(): Promise<void> {
    await this.#restore().catch(() => undefined);
  }

  /** Cuts the last segment back to `size` bytes, durably: what lies behind was never accepted. */
  async cut(size: number): Promise<void> {
    const { file } = this.#at(this.count);
    await file.truncate(size);
    await file.sync();
    this.#size = size;
  }

  /** Overwrites bytes that count with zeros; {@link sync} makes it durable. */
  async zero(segment: number, offset: number, length: number): Promise<void> {
    await this.#at(segment).file.write(new Uint8Array(length), offset);
  }

  async sync(segment: number): Promise<void> {
    await this.#at(segment).file.sync();
  }

  async close(): Promise<void> {
    for (const { file } of this.#segments) await file.close();
  }

  async #restore(): Promise<void> {
    if (!this.#dirty) return;
    const { file, path } = this.#at(this.count);
    try {
      await file.truncate(this.#size);
    } catch (error) {
      throw new StoreUnavailableError(`${path} could not be cut back`, { cause: error });
    }
    this.#dirty = false;
  }

  #at(segment: number): Segment {
    const found = this.#segments[segment - 1];
    if (found === undefined) throw new StoreDamagedError(this.#directory, `${this.kind} ${segment}`, 'no such segment');
    return found;
  }
}
