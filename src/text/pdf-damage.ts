import type { Localized } from './localized.js';

/** Why a PDF cannot be read; each completes "the PDF is damaged: …". */
export const PDF_DAMAGE = {
  'pdf-header': { fr: 'il ne commence pas comme un PDF', en: 'it does not begin like a PDF' },
  'pdf-end': { fr: 'il s’arrête trop tôt', en: 'it ends too early' },
  'pdf-table': { fr: 'sa table des objets est mal formée', en: 'its table of objects is malformed' },
  'pdf-object': { fr: 'un objet est mal formé', en: 'an object is malformed' },
  'pdf-value': { fr: 'une valeur est mal formée', en: 'a value is malformed' },
  'pdf-duplicate': { fr: 'une entrée de dictionnaire est répétée', en: 'a dictionary entry is repeated' },
  'pdf-stream': { fr: 'la longueur d’un flux est fausse', en: 'the length of a stream is wrong' },
  'pdf-reference': { fr: 'un objet nécessaire manque', en: 'an object it needs is missing' },
  'pdf-too-complex': { fr: 'il est trop compliqué', en: 'it is too complicated' },
  'pdf-credential-not-utf-8': { fr: 'le texte du badge n’est pas en UTF-8', en: 'the text of the badge is not UTF-8' },
} as const satisfies Readonly<Record<string, Localized>>;

export type PdfDamage = keyof typeof PDF_DAMAGE;
