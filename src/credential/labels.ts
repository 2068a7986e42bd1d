import type { Programme } from '../programme/schema.js';
import type { Language } from '../text/localized.js';

/** The name of a role in the definition; undefined for a role it does not know, since ids are for machines. */
export function roleLabel(programme: Programme, role: string, language: Language): string | undefined {
  return programme.roles.find(({ id }) => id === role)?.label[language];
}

/** Names of the roles known to the definition, each once, in the definition's order. Never `self`, never a person. */
export function roleLabels(programme: Programme, roles: readonly string[], language: Language): string[] {
  return programme.roles.filter(({ id }) => id !== 'self' && roles.includes(id)).map(({ label }) => label[language]);
}

/** The name of an evidence kind, its id when the definition does not know it. */
export function evidenceKindLabel(programme: Programme, kind: string, language: Language): string {
  return programme.evidenceKinds.find(({ id }) => id === kind)?.label[language] ?? kind;
}

/** The name of a fact: that of the result that shows it, else the evidence kind's, else the last word of its path. */
export function factLabel(programme: Programme, fact: string, language: Language): string {
  const shown = programme.achievement.resultDescriptions.find(({ from }) => from === fact);
  if (shown !== undefined) return shown.name[language];
  const [head = '', second = '', ...rest] = fact.split('.');
  if (head === 'evidence') return `${evidenceKindLabel(programme, second, language)} (${rest.join('.')})`;
  return [second, ...rest].filter((part) => part !== '').join('.') || head;
}

/** The unit of a `measures.x` fact. */
export function factUnit(programme: Programme, fact: string): string | undefined {
  return [...programme.measures, ...(programme.derivedMeasures ?? [])].find(({ id }) => fact === `measures.${id}`)
    ?.unit;
}
