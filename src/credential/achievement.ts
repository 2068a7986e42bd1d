import { DomainError } from '../ports/error.js';
import { ownValue } from '../programme/own-value.js';
import { indexProgramme } from '../programme/rule-case.js';
import type { Pathway, Programme, Variant } from '../programme/schema.js';
import { BADGE_TEXT } from '../text/badge-text.js';
import type { Language } from '../text/localized.js';
import { composeAlignment } from './alignment.js';
import type { Issuer } from './issuer.js';
import { microCredentialAlignments, microCredentialOf, microCredentialSentences } from './micro-credential.js';
import type { Achievement } from './open-badge.js';
import { presentMembers } from './present-members.js';
import { composeResultDescriptions } from './result-descriptions.js';
import { achievementImageUrl, achievementUrl } from './urls.js';

/** The programme has no variant, or no pathway, of that id. */
export class UnknownVariantError extends DomainError {
  override readonly code = 'unknown-variant';
  readonly programme: string;
  readonly variant: string;

  constructor(programme: string, variant: string) {
    super(`programme ${programme} has no variant or pathway ${JSON.stringify(variant)}`);
    this.programme = programme;
    this.variant = variant;
  }
}

/** Which achievement, in which language, by whom. */
export interface AchievementRequest {
  readonly programme: Programme;
  readonly variantId?: string | undefined;
  readonly language: Language;
  readonly issuer: Issuer;
}

/**
 * The achievement of a programme version, or of one of its variants: what a badge embeds and what its page serves. The
 * `id` is one for both languages; `inLanguage` says which text this is (decision 13). The same object each time, for the
 * same definition and issuer: nobody changes it.
 * @throws {UnknownVariantError}
 * @see https://www.imsglobal.org/spec/ob/v3p0#achievement
 */
export function composeAchievement(request: AchievementRequest): Achievement {
  const { programme, issuer, variantId, language } = request;
  const ofProgramme = composed.get(programme) ?? new WeakMap<Issuer, Map<string, Achievement>>();
  const ofIssuer = ofProgramme.get(issuer) ?? new Map<string, Achievement>();
  composed.set(programme, ofProgramme);
  ofProgramme.set(issuer, ofIssuer);
  const name = variantId === undefined ? language : `${language} ${variantId}`;
  const achievement = ofIssuer.get(name) ?? makeAchievement(request);
  ofIssuer.set(name, achievement);
  return achievement;
}

/** The badges of a cohort embed the same achievement: composed once, as long as definition and issuer are at hand. */
const composed = new WeakMap<Programme, WeakMap<Issuer, Map<string, Achievement>>>();

function makeAchievement({ programme, variantId, language, issuer }: AchievementRequest): Achievement {
  const variant = variantOf(programme, variantId);
  const { achievement, id: programmeId, version } = programme;
  const wording = { programme: indexProgramme(programme), variantId, language };
  const id = achievementUrl(issuer.baseUrl, { programme: programmeId, version, variant: variantId });
  const named = (text: string) => nameVariant(text, variant?.name[language]);
  const stated = microCredentialOf(programme, variantId);
  return presentMembers<Achievement>({
    id,
    type: ['Achievement'],
    name: named(achievement.name[language]),
    description: named(achievement.description[language]),
    criteria: {
      id: `${id}#criteria`,
      narrative: paragraphs(
        named(achievement.criteriaNarrative[language]),
        microCredentialSentences(stated, language).join(' '),
      ),
    },
    image: { id: achievementImageUrl(id, language), type: 'Image' },
    achievementType: ownValue(achievement.achievementTypeByVariant, variantId ?? '') ?? achievement.achievementType,
    creditsAvailable:
      ownValue(achievement.creditsAvailableByVariant, variantId ?? '') ?? achievement.creditsAvailable ?? undefined,
    humanCode: programme.code,
    inLanguage: language,
    version,
    tag: (achievement.tags ?? []).filter((tag) => tag.trim() !== ''),
    alignment: [
      ...achievement.alignments.map((alignment) => composeAlignment(alignment, language)),
      ...microCredentialAlignments(stated, language),
    ],
    resultDescription: composeResultDescriptions(id, wording),
  });
}

/**
 * The achievement of a pathway: recognition in each of the variants it requires, which `related` names. It carries no
 * credits and no results of its own: those stand in the badges of the steps.
 * @throws {UnknownVariantError}
 */
export function composePathwayAchievement({
  programme,
  pathwayId,
  language,
  issuer,
}: Omit<AchievementRequest, 'variantId'> & { readonly pathwayId: string }): Achievement {
  const pathway = pathwayOf(programme, pathwayId);
  const place = { programme: programme.id, version: programme.version };
  const id = achievementUrl(issuer.baseUrl, { ...place, variant: pathway.id });
  const text = BADGE_TEXT[language];
  const steps = text.list(pathwaySteps(programme, pathway, language));
  return presentMembers<Achievement>({
    id,
    type: ['Achievement'],
    name: pathway.name[language],
    description: text.pathwayDescription(steps),
    criteria: { id: `${id}#criteria`, narrative: text.pathwayCriteria(steps) },
    image: { id: achievementImageUrl(id, language), type: 'Image' },
    achievementType: 'LearningProgram',
    humanCode: programme.code,
    inLanguage: language,
    version: programme.version,
    tag: (programme.achievement.tags ?? []).filter((tag) => tag.trim() !== ''),
    related: pathway.requiresVariants.map((variant) => ({
      id: achievementUrl(issuer.baseUrl, { ...place, variant }),
      type: ['Related'],
      version: programme.version,
    })),
  });
}

/**
 * The achievement at `/achievements/<programme>/<version>[/<id>]`, where the id names a variant or a pathway.
 * @throws {UnknownVariantError}
 */
export function composeAchievementAt(
  request: Omit<AchievementRequest, 'variantId'>,
  variantOrPathwayId: string | undefined,
): Achievement {
  const isPathway = request.programme.pathways?.some(({ id }) => id === variantOrPathwayId) ?? false;
  return isPathway && variantOrPathwayId !== undefined
    ? composePathwayAchievement({ ...request, pathwayId: variantOrPathwayId })
    : composeAchievement({ ...request, variantId: variantOrPathwayId });
}

/** The names of a pathway's required variants, in the definition's order. */
export function pathwaySteps(programme: Programme, pathway: Pathway, language: Language): string[] {
  return pathway.requiresVariants.map(
    (required) => programme.variants?.find(({ id }) => id === required)?.name[language] ?? required,
  );
}

/** @throws {UnknownVariantError} */
export function pathwayOf(programme: Programme, pathwayId: string): Pathway {
  const pathway = programme.pathways?.find(({ id }) => id === pathwayId);
  if (pathway === undefined) throw new UnknownVariantError(programme.id, pathwayId);
  return pathway;
}

function variantOf(programme: Programme, variantId: string | undefined): Variant | undefined {
  if (variantId === undefined) return undefined;
  const variant = programme.variants?.find(({ id }) => id === variantId);
  if (variant === undefined) throw new UnknownVariantError(programme.id, variantId);
  return variant;
}

/** Puts the variant's name for `{variant}`; without a variant the placeholder goes, with the dash before it. */
function nameVariant(text: string, variant: string | undefined): string {
  return variant === undefined
    ? text.replace(/\s*[–—:-]?\s*\{variant\}/g, '').trim()
    : text.replaceAll('{variant}', () => variant);
}

function paragraphs(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}
