import type { Localized } from './localized.js';

/** What a problem of a decision file is about; members that do not apply are empty. */
export interface FileProblemFacts {
  /** As written in the file, shortened. */
  readonly value?: string;
  readonly column?: string;
  readonly found?: number | string;
  readonly needed?: number | string;
}

type Sentence = (facts: Required<FileProblemFacts>) => Localized;

/** The sentences of problems that keep a decision file from being read. `«`…`»` and “…” hold what the file says. */
const SENTENCES = {
  'file-too-large': ({ found, needed }) => ({
    fr: `Le fichier est trop volumineux\u00a0: ${found} octets, ${needed} au plus.`,
    en: `The file is too large: ${found} bytes, at most ${needed}.`,
  }),
  'spreadsheet-file': () => ({
    fr: 'C’est un classeur (Excel, LibreOffice …), pas un fichier CSV. Enregistrez-le au format CSV UTF-8.',
    en: 'This is a workbook (Excel, LibreOffice …), not a CSV file. Save it as CSV UTF-8.',
  }),
  'encoding-not-utf-8': ({ found }) => ({
    fr: `Le fichier n’est pas en UTF-8 mais semble être en ${found}. Enregistrez-le en UTF-8, ou indiquez ce codage.`,
    en: `The file is not UTF-8; it looks like ${found}. Save it as UTF-8, or name that encoding.`,
  }),
  'encoding-invalid': ({ found, needed }) => ({
    fr: `L’octet ${found} ne se lit pas en ${needed}\u00a0: le fichier est abîmé ou dans un autre codage.`,
    en: `Byte ${found} cannot be read as ${needed}: the file is damaged or in another encoding.`,
  }),
  'encoding-mismatch': ({ found, needed }) => ({
    fr: `Le codage ${needed} a été indiqué, mais le fichier commence par la marque de ${found}.`,
    en: `The encoding ${needed} was named, but the file begins with the mark of ${found}.`,
  }),
  'nul-character': () => ({
    fr: 'La ligne contient un caractère NUL, qui n’a pas sa place dans un texte.',
    en: 'The line holds a NUL character, which has no place in text.',
  }),
  'csv-empty': () => ({
    fr: 'Le fichier ne contient aucune décision.',
    en: 'The file holds no decision.',
  }),
  'csv-header': ({ value, needed }) => ({
    fr: `La première ligne doit nommer les colonnes (${needed}), mais elle dit «\u00a0${value}\u00a0».`,
    en: `The first line must name the columns (${needed}), but it says “${value}”.`,
  }),
  'column-unknown': ({ column, needed }) => ({
    fr: `Colonne inconnue «\u00a0${column}\u00a0». Colonnes connues\u00a0: ${needed}.`,
    en: `Unknown column “${column}”. Known columns: ${needed}.`,
  }),
  'column-missing': ({ column }) => ({
    fr: `La colonne «\u00a0${column}\u00a0» manque.`,
    en: `The column “${column}” is missing.`,
  }),
  'column-duplicate': ({ column }) => ({
    fr: `La colonne «\u00a0${column}\u00a0» figure plusieurs fois.`,
    en: `The column “${column}” stands more than once.`,
  }),
  'column-unnamed': ({ value }) => ({
    fr: `«\u00a0${value}\u00a0» se trouve sous une colonne qui n’a pas de nom.`,
    en: `“${value}” stands under a column that has no name.`,
  }),
  'too-few-cells': ({ found, needed }) => ({
    fr: `La ligne n’a que ${found} cellule${found === 1 ? '' : 's'}, la première ligne en annonce ${needed}.`,
    en: `The row has only ${found} cell${found === 1 ? '' : 's'}, the heading has ${needed}.`,
  }),
  'too-many-cells': ({ found, needed }) => ({
    fr: `La ligne a ${found} cellules, la première ligne en annonce ${needed}.`,
    en: `The row has ${found} cells, the heading has ${needed}.`,
  }),
  'record-too-wide': () => ({
    fr: 'La ligne a plus de 1000 cellules\u00a0: ce n’est pas un fichier de décisions.',
    en: 'The row has more than 1000 cells: this is no decision file.',
  }),
  'quote-unclosed': () => ({
    fr: 'Le guillemet ouvert sur cette ligne n’est jamais refermé.',
    en: 'The quote opened on this line is never closed.',
  }),
  'quote-text-after': () => ({
    fr: 'Du texte suit un guillemet fermant\u00a0; dans une cellule, un guillemet s’écrit deux fois.',
    en: 'Text follows a closing quote; inside a cell a quote is written twice.',
  }),
  'quote-misplaced': () => ({
    fr: 'Un guillemet se trouve dans une cellule qui n’en est pas entourée.',
    en: 'A quote stands inside a cell that is not wrapped in quotes.',
  }),
  'cell-too-long': ({ found, needed }) => ({
    fr: `La cellule a ${found} caractères, ${needed} au plus.`,
    en: `The cell has ${found} characters, at most ${needed}.`,
  }),
  'too-many-rows': ({ needed }) => ({
    fr: `Le fichier a plus de ${needed} lignes de décision.`,
    en: `The file has more than ${needed} rows.`,
  }),
  'number-invalid': ({ value }) => ({
    fr: `«\u00a0${value}\u00a0» n’est pas un nombre comme 14,5 ou 3.`,
    en: `“${value}” is not a number such as 14.5 or 3.`,
  }),
  'date-impossible': ({ value }) => ({
    fr: `«\u00a0${value}\u00a0»\u00a0: ce jour ou cette heure n’existe pas.`,
    en: `“${value}”: no such day or time exists.`,
  }),
  'date-ambiguous': ({ value }) => ({
    fr: `«\u00a0${value}\u00a0»\u00a0: l’ordre du jour et du mois change d’un pays à l’autre\u00a0; écrivez 2026-06-24 ou 2026-06-24T16:00:00+02:00.`,
    en: `“${value}”: the order of day and month differs between countries; write 2026-06-24 or 2026-06-24T16:00:00+02:00.`,
  }),
  'date-serial': ({ value }) => ({
    fr: `«\u00a0${value}\u00a0» est un numéro de tableur, pas une date\u00a0: écrivez 2026-06-24.`,
    en: `“${value}” is a spreadsheet's serial number, not a date: write 2026-06-24.`,
  }),
  'date-without-offset': ({ value }) => ({
    fr: `«\u00a0${value}\u00a0» n’a pas de décalage horaire\u00a0: écrivez par exemple 2026-06-24T16:00:00+02:00.`,
    en: `“${value}” has no offset: write for example 2026-06-24T16:00:00+02:00.`,
  }),
  'date-unreadable': ({ value }) => ({
    fr: `«\u00a0${value}\u00a0» n’est pas une date\u00a0: écrivez 2026-06-24 ou 2026-06-24T16:00:00+02:00.`,
    en: `“${value}” is not a date: write 2026-06-24 or 2026-06-24T16:00:00+02:00.`,
  }),
  'more-problems': ({ found }) => ({
    fr: found === 1 ? '1 autre problème n’est pas listé.' : `${found} autres problèmes ne sont pas listés.`,
    en: found === 1 ? '1 more problem is not listed.' : `${found} more problems are not listed.`,
  }),
} as const satisfies Record<string, Sentence>;

export type FileProblemCode = keyof typeof SENTENCES;

export const FILE_PROBLEM_CODES: readonly string[] = Object.keys(SENTENCES);

const LONGEST_ECHO = 80;

/** The sentence of a problem, in both languages; what the file says is shortened to 80 characters. */
export function fileProblemMessage(code: FileProblemCode, facts: FileProblemFacts = {}): Localized {
  const shortened = (text: string) =>
    text.length > LONGEST_ECHO ? `${[...text].slice(0, LONGEST_ECHO).join('')}…` : text;
  const { value = '', column = '', found = '', needed = '' } = facts;
  return SENTENCES[code]({ value: shortened(value), column: shortened(column), found, needed });
}
