import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import jsonld from 'jsonld';
import type { Credential } from '../../src/credential/compose.js';

const ROOT = new URL('../../', import.meta.url);

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, ROOT), 'utf8'));
}

const ajv = new Ajv2019({ allErrors: true, strict: false });
addFormats.default(ajv);
const validate = ajv.compile(readJson('src/verification/schema/achievement-credential.json') as object);

/** What the official JSON Schema finds wrong with a badge; empty when nothing. */
export function schemaMistakes(credential: Credential): string[] {
  return validate(credential)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const manifest = readJson('contexts/manifest.json') as { contexts: { url: string; file: string }[] };
const documents = new Map(manifest.contexts.map(({ url, file }) => [url, readJson(`contexts/${file}`) as object]));

/** The badge's N-Quads, canonical, by jsonld in safe mode over the pinned contexts. @throws on any undefined term. */
export async function canonicalInSafeMode(credential: Credential): Promise<string> {
  return jsonld.canonize(structuredClone(credential), {
    base: null,
    safe: true,
    rdfDirection: 'i18n-datatype',
    documentLoader: async (url) => {
      const document = documents.get(url);
      if (document === undefined) throw new Error(`not pinned: ${url}`);
      return { contextUrl: null, documentUrl: url, document };
    },
    canonizeOptions: { algorithm: 'RDFC-1.0', format: 'application/n-quads', maxWorkFactor: 1, signal: null },
  });
}

/** The rules on results that the schema cannot express; empty when all hold. */
export function crossReferenceMistakes(credential: Credential): string[] {
  const { achievement, result = [] } = credential.credentialSubject;
  return result.flatMap((one, index) => {
    const at = `result ${index}`;
    const description = achievement.resultDescription?.find(({ id }) => id === one.resultDescription);
    if (description === undefined) return [`${at}: no description ${one.resultDescription}`];
    const levels = description.rubricCriterionLevel ?? [];
    const value = Number(one.value);
    return [
      ...(one.achievedLevel === undefined || levels.some(({ id }) => id === one.achievedLevel)
        ? []
        : [`${at}: no level ${one.achievedLevel}`]),
      ...(one.value !== undefined && description.valueMin !== undefined && !(value >= Number(description.valueMin))
        ? [`${at}: ${one.value} below ${description.valueMin}`]
        : []),
      ...(one.value !== undefined && description.valueMax !== undefined && !(value <= Number(description.valueMax))
        ? [`${at}: ${one.value} above ${description.valueMax}`]
        : []),
      ...(one.achievedLevel === undefined && one.value === undefined ? [`${at}: neither level nor value`] : []),
    ];
  });
}

/** Pointers to what the standard wants absent: null, empty lists, blank text. */
export function emptyMembers(value: unknown, at = ''): string[] {
  if (value === null || value === undefined) return [at];
  if (typeof value === 'string') return value.trim() === '' ? [at] : [];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  return entries.length === 0 ? [at] : entries.flatMap(([key, inner]) => emptyMembers(inner, `${at}/${key}`));
}
