import type { Json } from '../ports/json.js';
import { type CodesOf, oneOf, quoted, said, shown } from './mistake-messages.js';

/** What an engagements file gets wrong that neither its schema nor a verdict can say. */
export const COHORT_MISTAKES = {
  otherProgramme: (found: string, wanted: string) =>
    said(
      'other-programme',
      {
        fr: `ce fichier appartient au dispositif ${quoted(found).fr}`,
        en: `this file belongs to the programme ${quoted(found).en}`,
      },
      quoted(wanted),
    ),
  otherVersion: (found: string, wanted: string) =>
    said(
      'other-version',
      {
        fr: `ce fichier suit la version ${quoted(found).fr} du règlement`,
        en: `this file follows version ${quoted(found).en} of the rules`,
      },
      quoted(wanted),
    ),
  duplicate: (id: string) =>
    said(
      'duplicate',
      { fr: `l’identifiant ${quoted(id).fr} figure deux fois`, en: `the id ${quoted(id).en} stands twice` },
      { fr: 'chaque identifiant une seule fois', en: 'each id once only' },
    ),
  unknownTeam: (id: string, known: readonly string[]) =>
    said(
      'unknown-team',
      {
        fr: `l’équipe ${quoted(id).fr} n’est pas dans ce fichier`,
        en: `the team ${quoted(id).en} is not in this file`,
      },
      oneOf(known, id),
    ),
  studentDiffers: (id: string, member: string) =>
    said(
      'student-differs',
      {
        fr: `l’identifiant ${quoted(id).fr} désigne déjà une autre personne : ${quoted(member).fr} diffère`,
        en: `the id ${quoted(id).en} already names another person: ${quoted(member).en} differs`,
      },
      { fr: 'un identifiant par personne, les mêmes données partout', en: 'one id a person, the same data everywhere' },
    ),
  badAddress: (address: string) =>
    said(
      'bad-address',
      {
        fr: `${quoted(address).fr} n’est pas une adresse électronique`,
        en: `${quoted(address).en} is not an e-mail address`,
      },
      {
        fr: 'une seule adresse, comme prenom.nom@example.org, de 254 caractères au plus',
        en: 'a single address, such as given.family@example.org, of at most 254 characters',
      },
    ),
  controlCharacter: () =>
    said(
      'control-character',
      {
        fr: 'le texte contient un caractère de commande (saut de ligne, NUL …)',
        en: 'the text holds a control character (line break, NUL …)',
      },
      { fr: 'un texte sur une ligne', en: 'a text on one line' },
    ),
  measureType: (id: string, value: Json, type: string) =>
    said(
      'measure-type',
      {
        fr: `la grandeur ${quoted(id).fr} vaut ${shown(value).fr}`,
        en: `the measure ${quoted(id).en} is ${shown(value).en}`,
      },
      MEASURE_TYPES[type] ?? quoted(type),
    ),
  unknownMeasure: (id: string, known: readonly string[]) =>
    said(
      'unknown-measure',
      {
        fr: `le règlement ne connaît pas la grandeur ${quoted(id).fr}`,
        en: `the rules know no measure ${quoted(id).en}`,
      },
      oneOf(known, id),
    ),
  unknownEvidenceKind: (kind: string, known: readonly string[]) =>
    said(
      'unknown-evidence-kind',
      {
        fr: `le règlement ne connaît pas la nature de preuve ${quoted(kind).fr} : la pièce ne comptera pas`,
        en: `the rules know no evidence kind ${quoted(kind).en}: the piece will not count`,
      },
      oneOf(known, kind),
    ),
  unknownCycle: (cycle: string, known: readonly string[]) =>
    said(
      'unknown-cycle',
      {
        fr: `aucune obligation pour le cycle ${quoted(cycle).fr}`,
        en: `no obligation for the cycle ${quoted(cycle).en}`,
      },
      oneOf(known, cycle),
    ),
  datesReversed: (start: string, end: string) =>
    said(
      'dates-reversed',
      {
        fr: `l’engagement finit le ${end}, avant son début le ${start}`,
        en: `the engagement ends on ${end}, before it begins on ${start}`,
      },
      { fr: 'une fin qui ne précède pas le début', en: 'an end not before the beginning' },
    ),
  yearEndMissing: () =>
    said(
      'year-end-missing',
      {
        fr: 'la fin de l’année universitaire manque : les obligations ne pourront être dites échues',
        en: 'the end of the academic year is missing: obligations cannot be said to have ended',
      },
      { fr: '« academicYearEnd », un jour', en: '"academicYearEnd", a day' },
    ),
} as const;

const MEASURE_TYPES: Readonly<Record<string, { readonly fr: string; readonly en: string }>> = {
  number: {
    fr: 'un nombre, sans guillemets, écrit avec un point',
    en: 'a number, without quotes, written with a point',
  },
  integer: { fr: 'un nombre entier, sans guillemets', en: 'a whole number, without quotes' },
  boolean: { fr: 'true ou false, sans guillemets', en: 'true or false, without quotes' },
  date: { fr: 'un jour du calendrier, écrit AAAA-MM-JJ', en: 'a day of the calendar, written YYYY-MM-DD' },
  string: { fr: 'un texte', en: 'a text' },
};

export type CohortMistakeCode = CodesOf<typeof COHORT_MISTAKES>;
