import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../src/ports/json.js';

/** The shipped programmes by folder. */
export const SHIPPED = [
  'missions-professionnelles',
  'ecstra',
  'projet-pro',
  'mission-industrielle',
  'engagement-citoyen',
] as const;

export function readProgramme(id: string): Json {
  return JSON.parse(readFileSync(join('programmes', id, 'programme.json'), 'utf8'));
}

/** A copy with values put at pointers; `undefined` removes the member or element. */
export function changed(document: Json, changes: Readonly<Record<string, unknown>>): Json {
  const copy = structuredClone(document);
  for (const [pointer, value] of Object.entries(changes)) {
    const steps = pointer.slice(1).split('/');
    const last = steps.pop() ?? '';
    let holder = copy as Record<string, never>;
    for (const step of steps) holder = holder[step] as never;
    if (value === undefined && Array.isArray(holder)) holder.splice(Number(last), 1);
    else if (value === undefined) delete holder[last];
    else holder[last] = value as never;
  }
  return copy;
}
