import type { IndexedProgramme } from './rule-case.js';

/** The unit the definition gives a fact: of a measure, a derived measure or a field of an evidence kind. */
export function unitOf(path: string, programme: IndexedProgramme): string | undefined {
  const [head, ...rest] = path.split('.');
  if (head === 'measures') {
    const id = rest.join('.');
    return programme.sums.get(id)?.unit ?? programme.measures.get(id)?.unit;
  }
  if (head !== 'evidence') return undefined;
  const [kind = '', ...field] = rest;
  return programme.evidenceKinds.get(kind)?.fields.find(({ id }) => id === field.join('.'))?.unit;
}
