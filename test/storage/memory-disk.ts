import { dirname, join } from 'node:path';
import type { Disk, DiskFile } from '../../src/storage/lowdb/disk.js';

/** What changes something on a disk, and so may fail or be the last thing that happens. */
export type Operation =
  | 'create'
  | 'write'
  | 'sync'
  | 'truncate'
  | 'rename'
  | 'link'
  | 'remove'
  | 'makeDirectory'
  | 'syncDirectory';

/** What survives: all that was asked for (`kill -9`), only what was synced (power cut), or something in between. */
export type Survival = 'everything' | 'synced' | 'torn';

interface Inode {
  current: Uint8Array;
  durable: Uint8Array;
  modifiedAt: number;
}

interface Directory {
  current: Map<string, Inode>;
  durable: Map<string, Inode>;
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

/**
 * A disk in memory that knows which bytes and names were synced. `before` is asked ahead of every changing operation
 * and may throw; after `crash` nothing works any more, and `survivor` is the disk a restart finds.
 */
export class MemoryDisk implements Disk {
  readonly #directories: Map<string, Directory>;
  readonly #madeDurable: Set<string>;
  /** Called before each changing operation; what it throws, the operation throws. */
  before: (operation: Operation, path: string) => void = () => undefined;
  operations = 0;
  #crashed = false;
  #time = 1_000_000;

  constructor(directories: ReadonlyMap<string, Directory> = new Map(), parents: readonly string[] = ['/']) {
    this.#directories = new Map(directories);
    this.#madeDurable = new Set(directories.keys());
    for (const parent of parents) {
      if (!this.#directories.has(parent)) this.#directories.set(parent, { current: new Map(), durable: new Map() });
      this.#madeDurable.add(parent);
    }
  }

  /** Nothing works from now on. */
  crash(): void {
    this.#crashed = true;
  }

  /** Lets time pass by the disk's own clock, milliseconds. */
  advance(milliseconds: number): void {
    this.#time += milliseconds;
  }

  /** The disk as a restart finds it. @param coin for `torn`: a number in [0, 1). */
  survivor(survival: Survival, coin: () => number = () => 0): MemoryDisk {
    const inodes = new Map<Inode, Inode>();
    const survive = (inode: Inode): Inode => {
      const known = inodes.get(inode);
      if (known !== undefined) return known;
      const bytes = survivingBytes(inode, survival, coin);
      const copy = { current: bytes.slice(), durable: bytes.slice(), modifiedAt: inode.modifiedAt };
      inodes.set(inode, copy);
      return copy;
    };
    const directories = new Map<string, Directory>();
    for (const [path, { current, durable }] of this.#directories) {
      if (survival === 'synced' && !this.#madeDurable.has(path)) continue;
      const names = survival === 'everything' || (survival === 'torn' && coin() < 0.5) ? current : durable;
      const entries = () => new Map([...names].map(([name, inode]) => [name, survive(inode)]));
      directories.set(path, { current: entries(), durable: entries() });
    }
    return new MemoryDisk(directories);
  }

  /** The bytes of a file, to be changed in place: damage. */
  bytesOf(path: string): Uint8Array {
    return this.#inode(path).current;
  }

  overwrite(path: string, bytes: Uint8Array): void {
    const inode = this.#inode(path);
    inode.current = bytes.slice();
    inode.durable = bytes.slice();
  }

  /** Paths of all files below a directory. */
  files(below: string): string[] {
    return [...this.#directories]
      .filter(([path]) => path === below || path.startsWith(`${below}/`))
      .flatMap(([path, { current }]) => [...current.keys()].map((name) => join(path, name)))
      .sort();
  }

  async create(path: string): Promise<DiskFile> {
    this.#begin('create', path);
    const names = this.#directory(dirname(path)).current;
    const name = path.slice(dirname(path).length + 1);
    if (names.has(name)) throw failure('EEXIST', path);
    const inode = { current: new Uint8Array(0), durable: new Uint8Array(0), modifiedAt: this.#tick() };
    names.set(name, inode);
    return this.#file(inode, path);
  }

  async open(path: string): Promise<DiskFile> {
    this.#alive();
    return this.#file(this.#inode(path), path);
  }

  async readFile(path: string): Promise<Uint8Array | undefined> {
    this.#alive();
    return this.#find(path)?.current.slice();
  }

  async rename(from: string, to: string): Promise<void> {
    this.#begin('rename', to);
    const inode = this.#inode(from);
    this.#directory(dirname(from)).current.delete(from.slice(dirname(from).length + 1));
    this.#directory(dirname(to)).current.set(to.slice(dirname(to).length + 1), inode);
  }

  async link(existing: string, name: string): Promise<void> {
    this.#begin('link', name);
    const inode = this.#inode(existing);
    if (this.#find(name) !== undefined) throw failure('EEXIST', name);
    this.#directory(dirname(name)).current.set(name.slice(dirname(name).length + 1), inode);
  }

  async remove(path: string): Promise<void> {
    this.#begin('remove', path);
    this.#directories.get(dirname(path))?.current.delete(path.slice(dirname(path).length + 1));
  }

  async removeTree(path: string): Promise<void> {
    this.#begin('remove', path);
    for (const directory of [...this.#directories.keys()]) {
      if (directory === path || directory.startsWith(`${path}/`)) this.#directories.delete(directory);
    }
  }

  async list(path: string): Promise<string[]> {
    this.#alive();
    const below = [...this.#directories.keys()].filter((child) => child !== path && dirname(child) === path);
    const files = this.#directories.get(path)?.current.keys() ?? [];
    return [...files, ...below.map((child) => child.slice(path.length + 1))];
  }

  async makeDirectory(path: string): Promise<boolean> {
    this.#begin('makeDirectory', path);
    if (this.#directories.has(path)) return false;
    this.#directory(dirname(path));
    this.#directories.set(path, { current: new Map(), durable: new Map() });
    return true;
  }

  async syncDirectory(path: string): Promise<void> {
    this.#begin('syncDirectory', path);
    const directory = this.#directory(path);
    directory.durable = new Map(directory.current);
    for (const child of this.#directories.keys()) if (dirname(child) === path) this.#madeDurable.add(child);
  }

  async modifiedAt(path: string): Promise<number | undefined> {
    this.#alive();
    return this.#find(path)?.modifiedAt;
  }

  #file(inode: Inode, path: string): DiskFile {
    return {
      size: async () => {
        this.#alive();
        return inode.current.length;
      },
      read: async (position, length) => {
        this.#alive();
        return inode.current.slice(position, position + length);
      },
      write: async (bytes, position) => {
        try {
          this.#begin('write', path);
        } catch (error) {
          // A write that fails may have got half way.
          if (!this.#crashed) splice(inode, bytes.subarray(0, bytes.length >> 1), position);
          throw error;
        }
        splice(inode, bytes, position);
        inode.modifiedAt = this.#tick();
      },
      sync: async () => {
        this.#begin('sync', path);
        inode.durable = inode.current.slice();
      },
      truncate: async (length) => {
        this.#begin('truncate', path);
        inode.current = inode.current.slice(0, length);
      },
      close: async () => undefined,
    };
  }

  #begin(operation: Operation, path: string): void {
    this.#alive();
    this.operations += 1;
    this.before(operation, path);
  }

  #alive(): void {
    if (this.#crashed) throw failure('EIO', 'the machine is down');
  }

  #tick(): number {
    this.#time += 1;
    return this.#time;
  }

  #directory(path: string): Directory {
    const directory = this.#directories.get(path);
    if (directory === undefined) throw failure('ENOENT', path);
    return directory;
  }

  #find(path: string): Inode | undefined {
    return this.#directories.get(dirname(path))?.current.get(path.slice(dirname(path).length + 1));
  }

  #inode(path: string): Inode {
    const inode = this.#find(path);
    if (inode === undefined) throw failure('ENOENT', path);
    return inode;
  }
}

function splice(inode: Inode, bytes: Uint8Array, position: number): void {
  const grown = new Uint8Array(Math.max(inode.current.length, position + bytes.length));
  grown.set(inode.current);
  grown.set(bytes, position);
  inode.current = grown;
}

/** Of bytes appended and not synced some beginning survives; of bytes overwritten and not synced, any mixture. */
function survivingBytes({ current, durable }: Inode, survival: Survival, coin: () => number): Uint8Array {
  if (survival === 'everything') return current;
  if (survival === 'synced') return durable;
  const shared = Math.min(current.length, durable.length);
  const length = shared + Math.floor(coin() * (Math.max(current.length, durable.length) - shared + 1));
  const longer = current.length > durable.length ? current : durable;
  const bytes = longer.slice(0, length);
  const older = Math.floor(coin() * (shared + 1));
  bytes.set(durable.subarray(0, older));
  bytes.set(current.subarray(older, shared), older);
  return bytes;
}
