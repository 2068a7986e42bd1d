import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';

const zLock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** Names under which Node finds `name` from the package at `place`, nearest first. */
function placesOf(place: string, name: string): string[] {
  const inside = `${place === '' ? '' : `${place}/`}node_modules/${name}`;
  const parent = place.lastIndexOf('/node_modules/');
  return place === '' ? [inside] : [inside, ...placesOf(parent === -1 ? '' : place.slice(0, parent), name)];
}

test('the lock file holds every package asked for, those of other platforms too, so that npm ci accepts it anywhere', async () => {
  const { packages } = zLock.parse(JSON.parse(await readFile('package-lock.json', 'utf8')));
  const missing = Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => placesOf(place, name).every((candidate) => packages[candidate] === undefined))
      .map((name) => `${place} → ${name}`),
  );
  expect(missing).toEqual([]);
});
