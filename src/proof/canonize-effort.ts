import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { JobLane } from '../ports/workers.js';
import { DocumentTooComplexError } from './canonize-errors.js';

/** Most characters of N-Quads a document may turn into; the largest honest one stays far below. */
const MAX_CANONICAL_LENGTH = 16 * 1024 * 1024;
/** What a statement takes besides its subject, the member's name and the value: predicate, datatype, punctuation. */
const STATEMENT_LENGTH = 100;
/** Objects and values of a document that is quick for certain: several times those of the richest badge we know. */
const QUICK = { objects: 150, values: 1_500 } as const;

/** What a document asks of canonicalisation, by its looks. */
export interface CanonizeEffort {
  /** Upper bound of the canonical form, in characters: a statement repeats the whole id of what it is about. */
  readonly canonicalLength: number;
  readonly objects: number;
  /** Values of any kind, objects included. */
  readonly values: number;
  /** Does it name blank nodes? Only then can they form the graphs that take long (V23); no tree of JSON does. */
  readonly namesBlankNodes: boolean;
}

/** @param document no deeper than the caller's stack allows. */
export function estimateEffort(document: JsonObject): CanonizeEffort {
  let canonicalLength = 0;
  let objects = 0;
  let values = 0;
  let namesBlankNodes = false;

  function count(value: Json | undefined, perStatement: number): void {
    if (Array.isArray(value)) {
      for (const item of value) count(item, perStatement);
      return;
    }
    values += 1;
    canonicalLength += perStatement + STATEMENT_LENGTH;
    if (typeof value === 'string') {
      canonicalLength += value.length;
      if (value.startsWith('_:')) namesBlankNodes = true;
    } else if (isJsonObject(value)) {
      objects += 1;
      const id = value['id'] ?? value['@id'];
      const subjectLength = typeof id === 'string' ? id.length : 0;
      for (const member in value) count(value[member], subjectLength + member.length);
    }
  }
  count(document, 0);
  return { canonicalLength, objects, values, namesBlankNodes };
}

/** @throws {DocumentTooComplexError} for a document small as JSON and huge as statements. */
export function assertAffordable(document: JsonObject): void {
  const { canonicalLength } = estimateEffort(document);
  if (canonicalLength > MAX_CANONICAL_LENGTH) {
    throw new DocumentTooComplexError('the document makes more statements than fit');
  }
}

/** Where a document's canonicalisation waits for its turn. */
export function laneOf({ objects, values, namesBlankNodes }: CanonizeEffort): JobLane {
  return objects <= QUICK.objects && values <= QUICK.values && !namesBlankNodes ? 'quick' : 'slow';
}
