import type { Localized } from './localized.js';

/** What the grammar of JSON asked for where something else stood. */
export type JsonExpectation =
  | 'value'
  | 'member-name'
  | 'colon'
  | 'comma-or-brace'
  | 'comma-or-bracket'
  | 'end-of-text'
  | 'closing-quote'
  | 'escape'
  | 'escaped-control-character';

const EXPECTATIONS: Readonly<Record<JsonExpectation, Localized>> = {
  value: { fr: 'une valeur', en: 'a value' },
  'member-name': { fr: 'un nom de membre entre guillemets droits', en: 'a member name in double quotes' },
  colon: { fr: 'deux-points « : »', en: 'a colon ":"' },
  'comma-or-brace': { fr: 'une virgule ou l’accolade fermante « } »', en: 'a comma or the closing brace "}"' },
  'comma-or-bracket': { fr: 'une virgule ou le crochet fermant « ] »', en: 'a comma or the closing bracket "]"' },
  'end-of-text': { fr: 'la fin du texte', en: 'the end of the text' },
  'closing-quote': { fr: 'le guillemet droit fermant', en: 'the closing double quote' },
  escape: {
    fr: 'après « \\ », l’un de " \\ / b f n r t ou u suivi de quatre chiffres hexadécimaux',
    en: 'after "\\", one of " \\ / b f n r t, or u and four hexadecimal digits',
  },
  'escaped-control-character': {
    fr: 'ce caractère de commande sous forme échappée, comme \\n ou \\t',
    en: 'this control character in escaped form, such as \\n or \\t',
  },
};

const END: Localized = { fr: 'la fin du texte', en: 'the end of the text' };

function visible(character: string): Localized {
  const code = character.codePointAt(0) ?? 0;
  const written = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code <= 0x20 || (code >= 0x7f && code <= 0xa0) || code > 0xffff || (code >= 0x2000 && code <= 0xdfff)) {
    return { fr: `le caractère ${written}`, en: `the character ${written}` };
  }
  return { fr: `« ${character} »`, en: `"${character}"` };
}

/** Says what stood where the grammar wanted something else. @param found one character; `undefined` at the end. */
export function syntaxMessage(expectation: JsonExpectation, found: string | undefined): Localized {
  const expected = EXPECTATIONS[expectation];
  const seen = found === undefined ? END : visible(found);
  return {
    fr: `${seen.fr} se trouve là où il fallait ${expected.fr}`,
    en: `found ${seen.en} where ${expected.en} was expected`,
  };
}

/** The sentences for texts that are JSON by the grammar and refused all the same. */
export const JSON_REFUSALS = {
  duplicateMember: (name: string): Localized => ({
    fr: `le membre « ${name} » figure deux fois dans le même objet`,
    en: `the member "${name}" stands twice in the same object`,
  }),
  forbiddenMember: (name: string): Localized => ({
    fr: `le nom de membre « ${name} » est interdit ici`,
    en: `the member name "${name}" is not allowed here`,
  }),
  tooDeep: (maxDepth: number): Localized => ({
    fr: `l’imbrication dépasse ${maxDepth} niveaux`,
    en: `nesting is deeper than ${maxDepth} levels`,
  }),
  tooManyNodes: (maxNodes: number): Localized => ({
    fr: `le texte contient plus de ${maxNodes} valeurs`,
    en: `the text holds more than ${maxNodes} values`,
  }),
  loneSurrogate: {
    fr: 'le texte contient une moitié de caractère (demi-zone isolée), qui n’existe pas en Unicode',
    en: 'the text holds half a character (a lone surrogate), which Unicode does not know',
  },
  numberOutOfRange: (written: string): Localized => ({
    fr: `le nombre ${written} est trop grand pour être lu sans perte`,
    en: `the number ${written} is too large to be read without loss`,
  }),
} as const;
