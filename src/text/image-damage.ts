import type { Localized } from './localized.js';

/** Why a picture, or the text in it, cannot be read; each completes "the picture is damaged: …". */
export const IMAGE_DAMAGE = {
  'not-png': { fr: 'ce n’est pas un PNG', en: 'it is no PNG' },
  'png-truncated': { fr: 'le fichier s’arrête trop tôt', en: 'the file ends too early' },
  'png-chunk-length': {
    fr: 'un bloc annonce plus d’octets que le fichier n’en contient',
    en: 'a chunk claims more bytes than the file holds',
  },
  'png-chunk-type': { fr: 'un bloc porte un nom illisible', en: 'a chunk has an unreadable name' },
  'png-checksum': { fr: 'une somme de contrôle est fausse', en: 'a check sum is wrong' },
  'png-structure': {
    fr: 'les blocs ne sont pas dans l’ordre d’un PNG, ou il en manque',
    en: 'the chunks are not in the order of a PNG, or some are missing',
  },
  'png-too-many-chunks': { fr: 'il contient trop de blocs', en: 'it holds too many chunks' },
  'png-text-chunk': { fr: 'le bloc de texte est mal formé', en: 'the text chunk is malformed' },
  'credential-not-utf-8': { fr: 'le texte du badge n’est pas en UTF-8', en: 'the text of the badge is not UTF-8' },
  'not-svg': { fr: 'ce n’est pas un SVG', en: 'it is no SVG' },
  'svg-not-utf-8': { fr: 'le fichier n’est pas en UTF-8', en: 'the file is not UTF-8' },
  'svg-credential-content': {
    fr: 'la balise du badge contient autre chose que du texte',
    en: 'the tag of the badge holds something else than text',
  },
  'xml-declaration': {
    fr: 'sa déclaration XML n’est pas « version 1.0, UTF-8 »',
    en: 'its XML declaration is not "version 1.0, UTF-8"',
  },
  'xml-character': { fr: 'un caractère y est interdit', en: 'a character is not allowed there' },
  'xml-name': { fr: 'un nom est mal formé', en: 'a name is malformed' },
  'xml-attribute': { fr: 'un attribut est mal formé ou répété', en: 'an attribute is malformed or repeated' },
  'xml-namespace': { fr: 'un préfixe n’est pas déclaré comme il faut', en: 'a prefix is not properly declared' },
  'xml-tag': { fr: 'une balise n’est pas fermée comme il faut', en: 'a tag is not properly closed' },
  'xml-markup': { fr: 'une construction XML y est mal formée', en: 'a piece of XML markup is malformed' },
  'xml-too-deep': { fr: 'les balises sont trop imbriquées', en: 'the tags are nested too deep' },
  'xml-too-many-attributes': { fr: 'une balise a trop d’attributs', en: 'a tag has too many attributes' },
} as const satisfies Readonly<Record<string, Localized>>;

export type ImageDamage = keyof typeof IMAGE_DAMAGE;
