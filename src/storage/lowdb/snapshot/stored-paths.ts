import { join } from 'node:path';
import type { Disk } from '../disk.js';
import { isTemporaryName } from '../durable-json-file.js';

/** How deep the files of documents and log lie below their rooms: issuer, collection and partition; issuer and topic. */
const DEPTHS = { documents: 3, log: 2 } as const;

/** Files of their own: the store's manifest and that of its strand. */
const MANIFESTS = ['store.json', 'ledger/strand.json'] as const;

/** Paths, relative to the data folder, of every file but the segments of the ledger. */
export async function pathsBesideSegments(disk: Disk, directory: string): Promise<string[]> {
  const paths: string[] = [...MANIFESTS];
  for (const [room, depth] of Object.entries(DEPTHS)) paths.push(...(await filesBelow(disk, directory, room, depth)));
  return paths;
}

async function filesBelow(disk: Disk, directory: string, path: string, depth: number): Promise<string[]> {
  const names = (await disk.list(join(directory, path))).filter((name) => !isTemporaryName(name)).sort();
  if (depth === 0) return names.map((name) => `${path}/${name}`);
  const below: string[] = [];
  for (const name of names) below.push(...(await filesBelow(disk, directory, `${path}/${name}`, depth - 1)));
  return below;
}

const NAME = /^[a-z0-9_~-][a-z0-9._~-]*$/;
const SEGMENT = /^ledger\/(chain-\d{5,}\.jsonl|payloads-\d{5,}\.bin)$/;

/**
 * Can a snapshot hold a file of this path? What comes from an archive is asked about: nothing climbs out of the folder,
 * and nothing lies where the store would not look for it.
 */
export function isStoredPath(path: string): boolean {
  if (MANIFESTS.some((manifest) => manifest === path) || SEGMENT.test(path)) return true;
  const [room, ...names] = path.split('/');
  const depth = room === 'documents' ? DEPTHS.documents : room === 'log' ? DEPTHS.log : undefined;
  return names.length - 1 === depth && names.every((name) => NAME.test(name) && !isTemporaryName(name));
}
