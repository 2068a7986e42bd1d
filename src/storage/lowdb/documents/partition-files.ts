import { basename, dirname, join } from 'node:path';
import type { Partition, StoredDocument } from '../../../ports/documents.js';
import type { Json } from '../../../ports/json.js';
import { StoreDamagedError, StoreUnavailableError } from '../../../ports/store.js';
import { makeDirectories } from '../directories.js';
import type { Disk } from '../disk.js';
import { isTemporaryName } from '../durable-json-file.js';
import { FileCache } from '../file-cache.js';
import { fileNameFor } from '../file-name.js';
import type { StoreLimits } from '../limits.js';
import { LowFile } from '../low-file.js';
import { applyChanges, type DocumentChange, type PartList } from './apply-changes.js';
import {
  MANIFEST_NAME,
  type Manifest,
  type Part,
  parsePartName,
  partName,
  zManifest,
  zPart,
} from './partition-content.js';

/** Reads and commits the files of partitions. One partition is in use once at a time: the caller sees to that. */
export class PartitionFiles {
  readonly #disk: Disk;
  readonly #root: string;
  readonly #limits: StoreLimits;
  readonly #manifests: FileCache<Manifest>;
  readonly #parts: FileCache<Part>;

  constructor(options: { readonly disk: Disk; readonly root: string; readonly limits: StoreLimits }) {
    const { disk, root, limits } = options;
    this.#disk = disk;
    this.#root = root;
    this.#limits = limits;
    this.#manifests = new FileCache({ limit: limits.cacheLength / 8, open: (path) => this.#openManifest(path) });
    this.#parts = new FileCache({
      limit: limits.cacheLength,
      open: (path) => LowFile.open({ disk, path, parse: (data) => zPart.parse(data) }),
    });
  }

  async get(partition: Partition, id: string): Promise<StoredDocument | undefined> {
    const { parts } = (await this.#manifest(partition)).data;
    const number = parts.findIndex((part) => part.ids.includes(id));
    if (number < 0) return undefined;
    const found = (await this.#part(partition, parts, number)).documents.find((document) => document.id === id);
    if (found === undefined) {
      throw new StoreDamagedError(
        this.directory(partition),
        `part ${number}`,
        'a document the partition names is missing',
      );
    }
    return copyOf(found);
  }

  async list(partition: Partition): Promise<StoredDocument[]> {
    const { parts } = (await this.#manifest(partition)).data;
    const documents: StoredDocument[] = [];
    for (const number of parts.keys()) {
      for (const document of (await this.#part(partition, parts, number)).documents) documents.push(copyOf(document));
    }
    return documents;
  }

  /** Issuer and name of the partition in a directory, or `undefined` when it holds nothing. */
  async namesOfFilled(directory: string): Promise<{ readonly issuer: string; readonly name: string } | undefined> {
    const manifest = (await this.#manifests.get(join(directory, MANIFEST_NAME))).data;
    return manifest.parts.some((part) => part.ids.length > 0) ? manifest : undefined;
  }

  /** Sweeps a directory that unfinished commits have left something in: a second generation, a temporary file. */
  async sweep(directory: string): Promise<void> {
    const names = await this.#disk.list(directory);
    const parts = names.map((name) => parsePartName(name)?.number).filter((number) => number !== undefined);
    if (names.some(isTemporaryName) || new Set(parts).size < parts.length) {
      await this.#manifests.get(join(directory, MANIFEST_NAME));
    }
  }

  /**
   * Makes the changes durable together. @throws {StoreUnavailableError} and nothing changed.
   */
  async commit(partition: Partition, changes: ReadonlyMap<string, DocumentChange>): Promise<void> {
    const directory = this.directory(partition);
    const manifest = await this.#ensure(partition);
    const generation = manifest.data.generation + 1;
    const before = manifest.data.parts;
    const contents = await applyChanges({
      parts: before,
      changes,
      read: async (number) => (await this.#part(partition, before, number)).documents,
      limits: this.#limits,
    });
    const after: PartList = [...before];
    const written: LowFile<Part>[] = [];
    const obsolete: string[] = [];
    try {
      for (const [number, documents] of contents) {
        const file = this.#newPart(join(directory, partName(number, generation)));
        written.push(file);
        await file.replace({ documents });
        const old = before[number];
        if (old !== undefined) obsolete.push(join(directory, partName(number, old.generation)));
        after[number] = { generation, length: file.weight, ids: documents.map((document) => document.id) };
      }
      await manifest.replace({ ...namesOf(partition), generation, parts: after });
    } catch (error) {
      // While it is open which manifest stands on the disk, the parts of both are kept.
      if (manifest.settled) await this.#remove(written.map((file) => file.path));
      throw error;
    }
    this.#manifests.keep(manifest);
    for (const file of written) this.#parts.keep(file);
    await this.#remove(obsolete);
  }

  #newPart(path: string): LowFile<Part> {
    return LowFile.create<Part>({
      disk: this.#disk,
      path,
      parse: (data) => zPart.parse(data),
      initial: { documents: [] },
    });
  }

  /** What cannot be removed now is swept when its partition is opened next. */
  async #remove(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      this.#parts.forget(path);
      await this.#disk.remove(path).catch(() => undefined);
    }
  }

  async #part(partition: Partition, parts: PartList, number: number): Promise<Part> {
    const entry = parts[number];
    if (entry === undefined) return { documents: [] };
    const path = join(this.directory(partition), partName(number, entry.generation));
    return (await this.#parts.get(path)).data;
  }

  async #manifest(partition: Partition): Promise<LowFile<Manifest>> {
    return this.#manifests.get(join(this.directory(partition), MANIFEST_NAME));
  }

  /** Opens a manifest and sweeps away what unfinished commits left beside it. */
  async #openManifest(path: string): Promise<LowFile<Manifest>> {
    const directory = dirname(path);
    const manifest = await LowFile.open<Manifest>({
      disk: this.#disk,
      path,
      parse: (data) => zManifest.parse(data),
      initial: { issuer: '', collection: '', name: '', generation: 0, parts: [] },
    });
    const { name, generation, parts } = manifest.data;
    if (parts.length > 0 && basename(directory) !== fileNameFor(name)) {
      throw new StoreDamagedError(path, 'content', 'it belongs to another partition');
    }
    for (const found of await this.#disk.list(directory)) {
      const part = parsePartName(found);
      if (part === undefined ? !isTemporaryName(found) : parts[part.number]?.generation === part.generation) continue;
      if (part !== undefined && (!manifest.exists || part.generation > generation + 1)) {
        throw new StoreDamagedError(path, 'file', `it is missing or older than ${found} beside it`);
      }
      await this.#disk.remove(join(directory, found)).catch(() => undefined);
    }
    return manifest;
  }

  /** A partition is there, and empty, before anything is written to it: without its manifest, parts were lost. */
  async #ensure(partition: Partition): Promise<LowFile<Manifest>> {
    try {
      await makeDirectories(this.#disk, this.#root, ...pathOf(partition));
    } catch (error) {
      throw new StoreUnavailableError(`${this.directory(partition)} could not be made`, { cause: error });
    }
    const manifest = await this.#manifest(partition);
    if (!manifest.exists) await manifest.replace({ ...namesOf(partition), generation: 0, parts: [] });
    return manifest;
  }

  /** Where a partition's files lie. */
  directory(partition: Partition): string {
    return join(this.#root, ...pathOf(partition));
  }
}

function pathOf({ issuer, collection, name }: Partition): string[] {
  return [fileNameFor(issuer), collection, fileNameFor(name)];
}

function namesOf({ issuer, collection, name }: Partition): Pick<Manifest, 'issuer' | 'collection' | 'name'> {
  return { issuer, collection, name };
}

function copyOf(document: StoredDocument): StoredDocument {
  return { id: document.id, version: document.version, value: structuredClone<Json>(document.value) };
}
