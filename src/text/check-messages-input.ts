import type { MissingDetail } from '../ports/fetcher.js';
import { quoted } from './check-messages-quote.js';
import { FETCH_REASONS } from './fetch-reasons.js';
import { IMAGE_DAMAGE, type ImageDamage } from './image-damage.js';
import type { Localized } from './localized.js';
import { PDF_DAMAGE, type PdfDamage } from './pdf-damage.js';

/** Sentences about what was handed in: the file, the picture, the compact JWS, before anything in it is a badge. */
export const INPUT_MESSAGES = {
  'empty-input': () => ({
    fr: 'Il n’y a rien à vérifier : le texte ou le fichier est vide.',
    en: 'There is nothing to check: the text or the file is empty.',
  }),
  'payload-too-large': (facts: { limit: number }) => ({
    fr: `Ce fichier est trop grand : la limite est de ${facts.limit} octets.`,
    en: `This file is too large: the limit is ${facts.limit} bytes.`,
  }),
  'unsupported-media-type': (facts: { found: Localized }) => ({
    fr: `Ce n’est pas un badge qui se vérifie ici : ${facts.found.fr}. Donnez du JSON, un JWS compact, une image PNG ou SVG, ou une attestation PDF.`,
    en: `This is no badge that can be checked here: ${facts.found.en}. Give JSON, a compact JWS, a PNG or SVG picture, or a PDF attestation.`,
  }),
  'damaged-image': (facts: { damage: ImageDamage; offset: number }) => ({
    fr: `L’image est endommagée, à la position ${facts.offset} : ${IMAGE_DAMAGE[facts.damage].fr}.`,
    en: `The picture is damaged, at position ${facts.offset}: ${IMAGE_DAMAGE[facts.damage].en}.`,
  }),
  'no-credential-in-image': () => ({
    fr: 'Cette image ne contient pas de badge. Une copie d’écran ou un passage par une messagerie l’en retire souvent : demandez le fichier d’origine.',
    en: 'This picture holds no badge. A screenshot or a messaging service often takes it out: ask for the original file.',
  }),
  'multiple-credentials-in-image': () => ({
    fr: 'Cette image contient plusieurs badges : on ne peut pas savoir lequel elle montre.',
    en: 'This picture holds several badges: there is no telling which of them it shows.',
  }),
  'compressed-credential-in-image': () => ({
    fr: 'Le badge est compressé dans l’image, ce que la norme interdit ; il n’a pas été décompressé.',
    en: 'The badge is compressed in the picture, which the standard forbids; it was not inflated.',
  }),
  'misplaced-credential-in-image': () => ({
    fr: 'L’image annonce un badge, mais dans un bloc de texte que la norme ne prévoit pas.',
    en: 'The picture announces a badge, but in a kind of text chunk the standard does not provide for.',
  }),
  'forbidden-markup': () => ({
    fr: 'L’image SVG contient une déclaration DOCTYPE ou une entité ; de tels fichiers sont toujours refusés.',
    en: 'The SVG picture holds a DOCTYPE declaration or an entity; such files are always refused.',
  }),
  'no-credential-in-pdf': () => ({
    fr: 'Ce PDF ne contient pas de badge. Ce qui est imprimé ne suffit pas : demandez le fichier d’origine, ou scannez son code QR.',
    en: 'This PDF holds no badge. What is printed is not enough: ask for the original file, or scan its QR code.',
  }),
  'multiple-credentials-in-pdf': () => ({
    fr: 'Ce PDF contient plusieurs fichiers : on ne peut pas savoir lequel est le badge qu’il montre.',
    en: 'This PDF holds several files: there is no telling which of them is the badge it shows.',
  }),
  'changed-pdf': () => ({
    fr: 'Ce PDF n’est pas une attestation telle qu’elle a été établie : il a été modifié, enregistré par un autre logiciel, ou vient d’ailleurs. Demandez le fichier d’origine, ou scannez son code QR.',
    en: 'This PDF is no attestation as it was made: it was changed, saved by another program, or comes from elsewhere. Ask for the original file, or scan its QR code.',
  }),
  'active-pdf': () => ({
    fr: 'Ce PDF est chiffré, ou contient un script, un formulaire ou un média ; aucune attestation n’en contient, et il n’a pas été lu.',
    en: 'This PDF is encrypted, or holds a script, a form or media; no attestation does, and it was not read.',
  }),
  'damaged-pdf': (facts: { damage: PdfDamage; offset: number }) => ({
    fr: `Le PDF est endommagé, à la position ${facts.offset} : ${PDF_DAMAGE[facts.damage].fr}.`,
    en: `The PDF is damaged, at position ${facts.offset}: ${PDF_DAMAGE[facts.damage].en}.`,
  }),
  'url-not-allowed': (facts: { found: string }) => ({
    fr: `Cette adresse n’est pas de celles que ce service consulte : « ${quoted(facts.found)} ».`,
    en: `This address is not one this service looks up: "${quoted(facts.found)}".`,
  }),
  'badge-not-retrieved': (facts: { url: string; detail: MissingDetail }) => ({
    fr: `Le badge « ${quoted(facts.url)} » n’a pas pu être obtenu : ${FETCH_REASONS[facts.detail].fr}.`,
    en: `The badge "${quoted(facts.url)}" could not be had: ${FETCH_REASONS[facts.detail].en}.`,
  }),
  'unreadable-jws': (facts: { detail: Localized }) => ({
    fr: `Ce texte n’est pas un JWS compact : ${facts.detail.fr}.`,
    en: `This text is no compact JWS: ${facts.detail.en}.`,
  }),
};

/** What a file looks like that is no badge; completes "This is no badge that can be checked here: …". */
export const OTHER_FILES = {
  'utf-16': { fr: 'le texte est en UTF-16', en: 'the text is in UTF-16' },
  zip: {
    fr: 'c’est une archive ZIP, ou un document de bureautique',
    en: 'it is a ZIP archive, or an office document',
  },
  gzip: { fr: 'c’est un fichier compressé', en: 'it is a compressed file' },
  jpeg: {
    fr: 'c’est une image JPEG, qui ne peut pas contenir de badge',
    en: 'it is a JPEG picture, which cannot hold a badge',
  },
  gif: {
    fr: 'c’est une image GIF, qui ne peut pas contenir de badge',
    en: 'it is a GIF picture, which cannot hold a badge',
  },
  webp: {
    fr: 'c’est une image WebP, qui ne peut pas contenir de badge',
    en: 'it is a WebP picture, which cannot hold a badge',
  },
  html: { fr: 'c’est une page web', en: 'it is a web page' },
  xml: { fr: 'c’est du XML, mais pas une image SVG', en: 'it is XML, but no SVG picture' },
  pdf: { fr: 'c’est un PDF', en: 'it is a PDF' },
  'something-else': { fr: 'son format n’est pas reconnu', en: 'its format is not recognised' },
  'declared-type': {
    fr: 'le type annoncé (Content-Type) ne convient pas',
    en: 'the declared type (Content-Type) is not acceptable',
  },
} as const satisfies Readonly<Record<string, Localized>>;

/** Why a text is no compact JWS; completes "This text is no compact JWS: …". */
export const JWS_MISTAKES = {
  'white-space': { fr: 'il contient une espace ou un saut de ligne', en: 'it holds a space or a line break' },
  padding: { fr: 'il est complété par des signes « = »', en: 'it is padded with "=" signs' },
  alphabet: { fr: 'un caractère n’est pas du base64url', en: 'a character is not base64url' },
  'trailing-bits': {
    fr: 'une partie n’est pas écrite sous sa seule forme permise',
    en: 'a part is not written in its one permitted form',
  },
  'header-missing': { fr: 'son en-tête est vide', en: 'its header is empty' },
} as const satisfies Readonly<Record<string, Localized>>;
