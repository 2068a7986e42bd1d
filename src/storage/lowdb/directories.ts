import { dirname, join } from 'node:path';
import type { Disk } from './disk.js';

/**
 * Makes a directory and those above it, each 0700 and durable in its parent. The root itself may have been made by
 * the operator; directories above it must exist.
 */
export async function makeDirectories(disk: Disk, root: string, ...names: readonly string[]): Promise<string> {
  let path = root;
  if (await disk.makeDirectory(path)) await disk.syncDirectory(dirname(path));
  for (const name of names) {
    const parent = path;
    path = join(path, name);
    if (await disk.makeDirectory(path)) await disk.syncDirectory(parent);
  }
  return path;
}
