import { PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import { ENGAGEMENT_TEXTS, TEAM_TEXTS } from './check-facts.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';

/** What the sentence of the diploma supplement may quote besides members of the dossier. */
const SUPPLEMENT_PLACEHOLDERS: readonly string[] = [
  'startDate',
  'endDate',
  'option',
  'credits',
  'mark',
  'variant',
  'hostCourse',
  'competenceLevels',
  'academicYear',
];
/** What an achievement's texts may quote: it is one for all who earn it. */
const ACHIEVEMENT_PLACEHOLDERS: readonly string[] = ['variant', 'hostCourse'];

/** Items of the supplement where recognised engagements can be written. */
export const SUPPLEMENT_ITEMS: readonly string[] = ['4.1', '4.2', '4.3', '4.5', '5.1', '5.2', '6.1', '6.2'];

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

function checkTemplate(localized: Place, known: readonly string[], declared: Declared, report: CheckReport): void {
  const inLanguage = { fr: localized.at('fr'), en: localized.at('en') };
  const names = { fr: placeholdersOf(inLanguage.fr.text ?? ''), en: placeholdersOf(inLanguage.en.text ?? '') };
  for (const [language, other] of [
    ['fr', 'en'],
    ['en', 'fr'],
  ] as const) {
    const place = inLanguage[language];
    if (/[{}]/.test((place.text ?? '').replaceAll(/\{[^{}]*\}/g, ''))) {
      report.mistake(place, PROGRAMME_MISTAKES.strayBrace(place.text ?? ''));
    }
    for (const name of new Set(names[language])) {
      const measure = name.startsWith('measures.') ? name.slice(9) : undefined;
      const isVariantWord = name === 'variant' || name === 'hostCourse';
      if (measure !== undefined && !declared.measures.has(measure)) {
        report.mistake(place, PROGRAMME_MISTAKES.unknown('measure', measure, declared.measures.known));
      } else if (
        measure === undefined &&
        (!known.includes(name) || (isVariantWord && declared.variants.known.length === 0))
      ) {
        const usable =
          declared.variants.known.length === 0
            ? known.filter((word) => !ACHIEVEMENT_PLACEHOLDERS.includes(word))
            : known;
        report.mistake(place, PROGRAMME_MISTAKES.unknown('placeholder', name, usable));
      } else if (inLanguage[other].text !== undefined && !names[other].includes(name)) {
        report.mistake(place, PROGRAMME_MISTAKES.placeholderOneLanguage(name));
      }
    }
  }
}

/** The texts of achievement and supplement: placeholders that exist, in both languages, and an item to stand at. */
export function checkTemplates(
  root: Place,
  factsInUse: ReadonlySet<string>,
  declared: Declared,
  report: CheckReport,
): void {
  const achievement = root.at('achievement');
  for (const member of ['name', 'description', 'criteriaNarrative']) {
    checkTemplate(achievement.at(member), ACHIEVEMENT_PLACEHOLDERS, declared, report);
  }
  const supplement = root.at('diplomaSupplement');
  const teamMembers = TEAM_TEXTS.map((member) => `team.${member}`);
  const ownMembers = [...factsInUse].filter((fact) => !fact.includes('.'));
  const known = [...new Set([...ENGAGEMENT_TEXTS, ...SUPPLEMENT_PLACEHOLDERS, ...teamMembers, ...ownMembers])];
  checkTemplate(supplement.at('template'), known, declared, report);
  checkTemplate(supplement.at('noCreditsTemplate'), known, declared, report);
  for (const language of ['fr', 'en']) {
    const place = supplement.at('noCreditsTemplate').at(language);
    if (placeholdersOf(place.text ?? '').includes('credits')) {
      report.mistake(place, PROGRAMME_MISTAKES.creditsWithoutCredits());
    }
  }
  for (const item of [supplement.at('item'), supplement.at('fallbackItem')]) {
    if (item.text !== undefined && !SUPPLEMENT_ITEMS.includes(item.text)) {
      report.mistake(item, PROGRAMME_MISTAKES.unknown('item', item.text, SUPPLEMENT_ITEMS));
    }
  }
}
