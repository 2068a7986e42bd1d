import type { Json } from '../ports/json.js';
import type { Localized } from './localized.js';
import { type CodesOf, listed, oneOf, quoted, said, shown } from './mistake-messages.js';

/** What a definition declares by name and refers to elsewhere. */
const NAMED = {
  'evidence-kind': { fr: 'la nature de preuve', en: 'the evidence kind' },
  'evidence-field': { fr: 'le champ de preuve', en: 'the evidence field' },
  measure: { fr: 'la grandeur', en: 'the measure' },
  fact: { fr: 'le fait', en: 'the fact' },
  role: { fr: 'le rôle', en: 'the role' },
  form: { fr: 'le formulaire', en: 'the form' },
  part: { fr: 'la partie de formulaire', en: 'the part of the form' },
  competence: { fr: 'la compétence', en: 'the competence' },
  param: { fr: 'le paramètre', en: 'the parameter' },
  variant: { fr: 'la formule', en: 'the variant' },
  option: { fr: 'la modalité de valorisation', en: 'the recognition option' },
  state: { fr: 'l’état', en: 'the state' },
  placeholder: { fr: 'l’emplacement', en: 'the placeholder' },
  'achievement-type': { fr: 'le type de réussite', en: 'the achievement type' },
  'result-type': { fr: 'le type de résultat', en: 'the result type' },
  item: { fr: 'la rubrique du supplément au diplôme', en: 'the diploma supplement item' },
} as const satisfies Record<string, Localized>;
export type NamedThing = keyof typeof NAMED;
/** Names that standards and this software give, not the definition. */
const OF_STANDARDS: ReadonlySet<NamedThing> = new Set(['placeholder', 'achievement-type', 'result-type', 'item']);

/** Kinds of value a fact can have, or a rule can want. */
const FACT_TYPES = {
  number: { fr: 'un nombre', en: 'a number' },
  text: { fr: 'un texte', en: 'a text' },
  boolean: { fr: 'vrai ou faux (true, false)', en: 'true or false' },
  date: { fr: 'une date ou un instant', en: 'a date or an instant' },
  list: { fr: 'une liste', en: 'a list' },
  scalar: { fr: 'un texte, un nombre, true ou false', en: 'a text, a number, true or false' },
  'number-or-text': { fr: 'un nombre ou un texte', en: 'a number or a text' },
} as const satisfies Record<string, Localized>;
export type FactTypeName = keyof typeof FACT_TYPES;

const decimal = (value: number): Localized => ({ fr: String(value).replace('.', ','), en: String(value) });

/** What the schema cannot see: names that lead nowhere, orders that are broken, sums that cannot be. */
export const PROGRAMME_MISTAKES = {
  unknown: <Thing extends NamedThing>(thing: Thing, name: string, known: readonly string[]) =>
    said(
      `unknown-${thing}`,
      {
        fr: `${NAMED[thing].fr} ${quoted(name).fr} n’existe pas${OF_STANDARDS.has(thing) ? '' : ' dans cette définition'}`,
        en: `${NAMED[thing].en} ${quoted(name).en} does not exist${OF_STANDARDS.has(thing) ? '' : ' in this definition'}`,
      },
      oneOf(known, name),
    ),
  duplicate: (name: string) =>
    said(
      'duplicate',
      { fr: `${quoted(name).fr} figure deux fois`, en: `${quoted(name).en} stands twice` },
      { fr: 'chaque nom une seule fois', en: 'each name once only' },
    ),
  reserved: (name: string) =>
    said(
      'reserved-name',
      {
        fr: `le nom ${quoted(name).fr} est réservé au service`,
        en: `the name ${quoted(name).en} is kept for the service`,
      },
      { fr: 'un autre nom', en: 'another name' },
    ),
  factType: (fact: string, type: FactTypeName, wanted: FactTypeName) =>
    said(
      'fact-type',
      {
        fr: `le fait ${quoted(fact).fr} est ${FACT_TYPES[type].fr}`,
        en: `the fact ${quoted(fact).en} is ${FACT_TYPES[type].en}`,
      },
      { fr: `un fait qui est ${FACT_TYPES[wanted].fr}`, en: `a fact that is ${FACT_TYPES[wanted].en}` },
    ),
  valueType: (fact: string, type: FactTypeName, value: Json) =>
    said(
      'value-type',
      {
        fr: `le fait ${quoted(fact).fr} est ${FACT_TYPES[type].fr} : il ne peut être égal à ${shown(value).fr}`,
        en: `the fact ${quoted(fact).en} is ${FACT_TYPES[type].en}: it can never equal ${shown(value).en}`,
      },
      FACT_TYPES[type],
    ),
  unusualFact: (fact: string) =>
    said(
      'unusual-fact',
      {
        fr: `le fait ${quoted(fact).fr} n’est pas un membre habituel d’un dossier`,
        en: `the fact ${quoted(fact).en} is not a usual member of a dossier`,
      },
      {
        fr: 'un fait connu, ou un membre que chaque dossier portera',
        en: 'a known fact, or a member that every dossier will carry',
      },
    ),
  paramMissing: (name: string, variants: readonly string[]) =>
    said(
      'param-missing',
      {
        fr: `le paramètre ${quoted(name).fr} n’a pas de valeur pour la formule ${listed(variants).fr}`,
        en: `the parameter ${quoted(name).en} has no value for the variant ${listed(variants).en}`,
      },
      {
        fr: 'une valeur dans « params », ou dans chaque formule où la règle s’applique',
        en: 'a value in "params", or in every variant to which the rule applies',
      },
    ),
  paramType: (name: string, value: Json, wanted: FactTypeName) =>
    said(
      'param-type',
      {
        fr: `le paramètre ${quoted(name).fr} vaut ${shown(value).fr}`,
        en: `the parameter ${quoted(name).en} is ${shown(value).en}`,
      },
      FACT_TYPES[wanted],
    ),
  unknownVariantParam: (name: string, used: readonly string[]) =>
    said(
      'unknown-param',
      {
        fr: `aucune règle n’emploie le paramètre ${quoted(name).fr} de cette formule`,
        en: `no rule uses the parameter ${quoted(name).en} of this variant`,
      },
      oneOf(used, name),
    ),
  unusedParam: (name: string) =>
    said(
      'unused-param',
      { fr: `rien n’emploie le paramètre ${quoted(name).fr}`, en: `nothing uses the parameter ${quoted(name).en}` },
      { fr: 'un paramètre qu’une règle emploie', en: 'a parameter that a rule uses' },
    ),
  rangeEmpty: (min: number, max: number) =>
    said(
      'range-empty',
      {
        fr: `le minimum ${decimal(min).fr} dépasse le maximum ${decimal(max).fr}`,
        en: `the minimum ${decimal(min).en} is above the maximum ${decimal(max).en}`,
      },
      { fr: 'un minimum inférieur ou égal au maximum', en: 'a minimum not above the maximum' },
    ),
  rangeOpen: () =>
    said(
      'range-open',
      {
        fr: 'la règle « range » n’a ni minimum ni maximum',
        en: 'the rule "range" has neither a minimum nor a maximum',
      },
      { fr: '« min », « max » ou les deux', en: '"min", "max" or both' },
    ),
  needsMore: (needed: number, available: number) =>
    said(
      'more-than-there-is',
      {
        fr: `${decimal(needed).fr} sont demandés et il n’y en a que ${available}`,
        en: `${decimal(needed).en} are asked for and there are only ${available}`,
      },
      { fr: `${available} au plus`, en: `at most ${available}` },
    ),
  derivedCycle: (name: string) =>
    said(
      'derived-cycle',
      {
        fr: `la grandeur dérivée ${quoted(name).fr} se compte elle-même`,
        en: `the derived measure ${quoted(name).en} counts itself`,
      },
      { fr: 'une somme de grandeurs qui n’y reviennent pas', en: 'a sum of measures that do not lead back to it' },
    ),
  levelOrder: (found: Json, wanted: number) =>
    said(
      'levels-out-of-order',
      { fr: `niveau ${shown(found).fr} à la place ${wanted}`, en: `level ${shown(found).en} in place ${wanted}` },
      {
        fr: `le niveau ${wanted} : les niveaux se suivent, 1, 2, 3 …`,
        en: `level ${wanted}: levels follow one another, 1, 2, 3 …`,
      },
    ),
  levelLacks: (member: string, mode: string) =>
    said(
      'level-incomplete',
      {
        fr: `ce niveau n’a pas ${quoted(member).fr}, qu’exige le mode ${quoted(mode).fr}`,
        en: `this level lacks ${quoted(member).en}, which the mode ${quoted(mode).en} needs`,
      },
      { fr: `le membre ${quoted(member).fr}`, en: `the member ${quoted(member).en}` },
    ),
  attainmentMissing: (competence: string) =>
    said(
      'attainment-missing',
      {
        fr: `rien ne dit comment la compétence ${quoted(competence).fr} s’atteint`,
        en: `nothing says how the competence ${quoted(competence).en} is attained`,
      },
      {
        fr: '« attainment » dans la compétence ou dans « assessment »',
        en: '"attainment" in the competence or in "assessment"',
      },
    ),
  circularLevel: () =>
    said(
      'circular-level',
      {
        fr: 'cette règle de niveau dépend elle-même de niveaux',
        en: 'this rule of a level itself depends on levels',
      },
      { fr: 'une règle sur des faits, sans niveaux', en: 'a rule over facts, without levels' },
    ),
  notAscending: (before: number | string, found: number | string) =>
    said(
      'not-ascending',
      {
        fr: `${String(found).replace('.', ',')} vient après ${String(before).replace('.', ',')}`,
        en: `${found} comes after ${before}`,
      },
      { fr: 'des valeurs strictement croissantes', en: 'values that rise strictly' },
    ),
  outsideScale: (value: number, min: number, max: number) =>
    said(
      'outside-scale',
      { fr: `${decimal(value).fr} est hors de l’échelle`, en: `${decimal(value).en} is outside the scale` },
      { fr: `entre ${decimal(min).fr} et ${decimal(max).fr}`, en: `between ${decimal(min).en} and ${decimal(max).en}` },
    ),
  creditsAvailable: (stated: number, possible: number) =>
    said(
      'credits-available-too-low',
      {
        fr: `${decimal(stated).fr} crédits annoncés, mais les modalités peuvent en donner ${decimal(possible).fr}`,
        en: `${decimal(stated).en} credits are announced, but the options can give ${decimal(possible).en}`,
      },
      { fr: `au moins ${decimal(possible).fr}`, en: `at least ${decimal(possible).en}` },
    ),
  creditsAvailableDoubtful: (stated: number | undefined, possible: number) =>
    said(
      'credits-available-doubtful',
      {
        fr: `${stated === undefined ? 'aucun crédit' : `${decimal(stated).fr} crédits`} annoncés, et les modalités en donnent ${decimal(possible).fr} au plus`,
        en: `${stated === undefined ? 'no credits are' : `${decimal(stated).en} credits are`} announced, and the options give at most ${decimal(possible).en}`,
      },
      { fr: decimal(possible).fr, en: decimal(possible).en },
    ),
  selectionImpossible: (min: number, max: number) =>
    said(
      'option-selection-impossible',
      {
        fr: `il faudrait choisir au moins ${min} et au plus ${max} modalités`,
        en: `at least ${min} and at most ${max} options would have to be chosen`,
      },
      { fr: 'un minimum inférieur ou égal au maximum', en: 'a minimum not above the maximum' },
    ),
  targetsLength: (found: number, years: number) =>
    said(
      'targets-length',
      {
        fr: `${found} objectif(s) annuel(s) pour ${years} année(s)`,
        en: `${found} yearly target(s) for ${years} year(s)`,
      },
      { fr: `${years} objectif(s)`, en: `${years} target(s)` },
    ),
  obligationUnreachable: (required: number, sum: number) =>
    said(
      'obligation-unreachable',
      {
        fr: `${decimal(required).fr} crédits exigés, mais les objectifs annuels n’en demandent que ${decimal(sum).fr}`,
        en: `${decimal(required).en} credits are required, but the yearly targets ask for ${decimal(sum).en} only`,
      },
      {
        fr: `des objectifs dont la somme atteint ${decimal(required).fr}`,
        en: `targets that add up to ${decimal(required).en}`,
      },
    ),
  rosterWithoutObligation: () =>
    said(
      'roster-without-obligation',
      {
        fr: 'une part de la promotion est comptée, mais la définition n’a pas d’obligation',
        en: 'a share of the roster is counted, but the definition has no obligation',
      },
      { fr: '« engagements », ou une obligation', en: '"engagements", or an obligation' },
    ),
  unreachableState: (state: string) =>
    said(
      'unreachable-state',
      {
        fr: `aucune transition ne mène à l’état ${quoted(state).fr}`,
        en: `no transition leads to the state ${quoted(state).en}`,
      },
      { fr: 'un chemin depuis l’état initial', en: 'a way from the initial state' },
    ),
  strayBrace: (text: string) =>
    said(
      'stray-brace',
      { fr: `accolade isolée dans ${quoted(text).fr}`, en: `a single brace in ${quoted(text).en}` },
      { fr: 'des emplacements de la forme {nom}', en: 'placeholders of the form {name}' },
    ),
  placeholderOneLanguage: (name: string) =>
    said(
      'placeholder-in-one-language',
      {
        fr: `l’emplacement {${name}} ne figure que dans une langue`,
        en: `the placeholder {${name}} stands in one language only`,
      },
      { fr: 'les mêmes emplacements en français et en anglais', en: 'the same placeholders in French and in English' },
    ),
  creditsWithoutCredits: () =>
    said(
      'credits-without-credits',
      {
        fr: 'le texte sans crédits cite {credits}',
        en: 'the text for awards without credits mentions {credits}',
      },
      { fr: 'un texte sans {credits}', en: 'a text without {credits}' },
    ),
  resultMismatch: (resultType: string) =>
    said(
      'result-mismatch',
      {
        fr: `un résultat ${quoted(resultType).fr} ne peut venir d’ici`,
        en: `a result of type ${quoted(resultType).en} cannot come from there`,
      },
      {
        fr: '« RubricCriterionLevel » avec « competences », un autre type avec un fait',
        en: '"RubricCriterionLevel" with "competences", another type with a fact',
      },
    ),
  notANumber: (written: string) =>
    said(
      'not-a-number',
      { fr: `${quoted(written).fr} n’est pas un nombre`, en: `${quoted(written).en} is not a number` },
      { fr: 'un nombre écrit avec un point, comme 12.5', en: 'a number written with a point, such as 12.5' },
    ),
  roleNotOnForm: (role: string, form: string) =>
    said(
      'role-not-on-form',
      {
        fr: `le rôle ${quoted(role).fr} ne remplit pas le formulaire ${quoted(form).fr}`,
        en: `the role ${quoted(role).en} does not fill in the form ${quoted(form).en}`,
      },
      { fr: 'un rôle que le formulaire nomme', en: 'a role that the form names' },
    ),
  sharingUnknown: (name: string) =>
    said(
      'sharing-unknown',
      {
        fr: `${quoted(name).fr} ne désigne rien de connu : cette consigne restera sans effet`,
        en: `${quoted(name).en} names nothing known: this instruction will have no effect`,
      },
      {
        fr: 'une donnée du dossier, une nature de preuve, une partie de formulaire ou un résultat',
        en: 'a member of the dossier, an evidence kind, a part of a form or a result',
      },
    ),
  blankText: () =>
    said('blank-text', { fr: 'le texte est vide', en: 'the text is empty' }, { fr: 'un texte', en: 'a text' }),
} as const;

export type ProgrammeMistakeCode = CodesOf<typeof PROGRAMME_MISTAKES>;
