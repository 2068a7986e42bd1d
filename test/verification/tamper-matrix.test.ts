import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { mutations } from '../proof/mutate.js';
import { fullBadge, sign, verify, withMember } from './house.js';

/** Every object of a document, by its path from the top. */
function* objectPaths(value: Json, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* objectPaths(item, [...path, index]);
  }
  if (!isJsonObject(value)) return;
  yield path;
  for (const [member, content] of Object.entries(value)) yield* objectPaths(content, [...path, member]);
}

/** Known words a forger would add: each means something wherever an Open Badge is read. */
const ADDITIONS: JsonObject = {
  name: 'Doctorat',
  description: 'Avec mention',
  alignment: [{ type: ['Alignment'], targetName: 'ESCO', targetUrl: 'http://data.europa.eu/esco/skill/1' }],
  endorsementJwt: ['eyJh.eyJi.c2ln'],
  distinction: 'summa cum laude',
};

describe('a full badge', () => {
  it('V15: survives no change and no removal of any signed value', async () => {
    const signed = await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] });
    const accepted: string[] = [];
    let count = 0;
    for (const { name, document } of mutations(signed, ['proof'])) {
      count += 1;
      const report = await verify(document);
      if (report.outcome !== 'invalid' || report.credential !== null) accepted.push(name);
    }
    expect(count).toBeGreaterThan(250);
    expect(accepted).toEqual([]);
  }, 120_000);

  it('V15, V16: survives no addition of a known or unknown member anywhere', async () => {
    const signed = await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] });
    const { proof: _, ...unsigned } = signed;
    const accepted: string[] = [];
    for (const path of objectPaths(unsigned)) {
      for (const [member, value] of Object.entries(ADDITIONS)) {
        const before = path.reduce<unknown>((place, step) => Reflect.get(Object(place), step), signed);
        if (Object.hasOwn(Object(before), member)) continue;
        const report = await verify(withMember(signed, [...path, member], value));
        if (report.outcome !== 'invalid') accepted.push([...path, member].join('/'));
      }
    }
    expect(accepted).toEqual([]);
  }, 120_000);

  it('survives no change and no removal of any member of its proof', async () => {
    const { proof = null, ...unsigned } = await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] });
    const accepted: string[] = [];
    for (const { name, document } of mutations({ proof })) {
      if ((await verify({ ...unsigned, ...document })).outcome !== 'invalid') accepted.push(name);
    }
    expect(accepted).toEqual([]);
  });
});
