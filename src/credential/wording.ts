import { ownValue } from '../programme/own-value.js';
import type { IndexedProgramme } from '../programme/rule-case.js';
import type { Language } from '../text/localized.js';

/** What a definition is put into words with: the variant whose parameters count, and the language. */
export interface Wording {
  readonly programme: IndexedProgramme;
  readonly variantId: string | undefined;
  readonly language: Language;
}

/** The value of an argument: itself, or the parameter it names. The variant's parameter wins, even when null. */
export function argumentOf(argument: unknown, { programme, variantId }: Omit<Wording, 'language'>): unknown {
  if (typeof argument !== 'object' || argument === null || !('param' in argument)) return argument;
  const name = String(argument.param);
  const own = variantId === undefined ? undefined : programme.variants.get(variantId)?.params;
  return own !== undefined && Object.hasOwn(own, name) ? own[name] : ownValue(programme.definition.params, name);
}
