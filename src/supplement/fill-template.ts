const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Names of the placeholders of a template, each once. */
export function placeholdersOf(template: string): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

export interface FilledTemplate {
  /** `undefined` when a value is missing: half a sentence is worse than another one. */
  readonly text: string | undefined;
  /** Placeholders without a value, in the order they stand. */
  readonly missing: readonly string[];
}

/** Puts values into a template, in one pass: a value that holds braces is not read again. */
export function fillTemplate(template: string, textOf: (name: string) => string | undefined): FilledTemplate {
  const values = new Map(placeholdersOf(template).map((name) => [name, textOf(name)]));
  const missing = [...values].filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) return { text: undefined, missing };
  return { text: template.replaceAll(PLACEHOLDER, (_whole, name: string) => values.get(name) ?? ''), missing: [] };
}
