import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { formatInstant, type Instant } from '../text/instant.js';

/** Kinds of identity that name a person; `ext:nativeName` is the name in its own script. */
const NAME_TYPES: readonly Json[] = ['name', 'ext:nativeName'];

/**
 * What a re-issue settles about a badge: whose wallet key it is bound to, and what its holder leaves out. Everything
 * else is as it was first signed. A presentation is whole: it says what the version shows, not what changed.
 */
export const zPresentation = z.strictObject({
  /** DID of the holder's wallet key; absent while the badge is bound to none. */
  holderId: z
    .string()
    .max(2000)
    .regex(/^did:[a-z0-9]+:[A-Za-z0-9._:%-]+$/)
    .optional(),
  nameHidden: z.boolean(),
  /** Ids of the evidence entries that are left out, sorted, each once. */
  hiddenEvidence: z.array(z.string().max(8000)).max(1000).readonly(),
});
export type Presentation = z.infer<typeof zPresentation>;

/** A badge as the jury settled it: unbound, everything shown. */
export const AS_SETTLED: Presentation = { nameHidden: false, hiddenEvidence: [] };

/** Are two presentations the same? */
export function samePresentation(a: Presentation, b: Presentation): boolean {
  return (
    a.holderId === b.holderId &&
    a.nameHidden === b.nameHidden &&
    a.hiddenEvidence.length === b.hiddenEvidence.length &&
    a.hiddenEvidence.every((id, index) => id === b.hiddenEvidence[index])
  );
}

/** The `evidence` entries of a badge, in its order. */
export function evidenceEntries(document: JsonObject): readonly JsonObject[] {
  const { evidence } = document;
  return Array.isArray(evidence) ? evidence.filter(isJsonObject) : isJsonObject(evidence) ? [evidence] : [];
}

/**
 * The unsigned document of a presentation. What is hidden is left out (an evidence entry together with the digest that
 * pins it), the subject gets its key, `validFrom` is newer; id, status entry and `awardedDate` stay.
 * @param base the unsigned document with everything in it.
 */
export function present(base: JsonObject, presentation: Presentation, validFrom: Instant): JsonObject {
  const hidden = new Set<Json>(presentation.hiddenEvidence);
  const subject = base['credentialSubject'];
  const shown = { ...base, validFrom: formatInstant(validFrom) };
  const kept = withoutEntries(shown, ['evidence', 'relatedResource'], ({ id }) => id !== undefined && hidden.has(id));
  return isJsonObject(subject) ? { ...kept, credentialSubject: presentSubject(subject, presentation) } : kept;
}

function presentSubject(subject: JsonObject, { holderId, nameHidden }: Presentation): JsonObject {
  const bound = holderId === undefined ? subject : { ...subject, id: holderId };
  if (!nameHidden) return bound;
  return withoutEntries(bound, ['identifier'], ({ identityType }) => NAME_TYPES.includes(identityType ?? null));
}

/** Does a badge show its holder's name, plain or hashed? */
export function showsName(document: JsonObject): boolean {
  const subject = document['credentialSubject'];
  const identifiers = isJsonObject(subject) ? subject['identifier'] : undefined;
  const entries = Array.isArray(identifiers) ? identifiers : [identifiers];
  return entries.some((entry) => isJsonObject(entry) && NAME_TYPES.includes(entry['identityType'] ?? null));
}

/** Is there something by which the holder is known: the key of a wallet, an identity? */
export function isIdentified(document: JsonObject): boolean {
  const subject = document['credentialSubject'];
  return isJsonObject(subject) && (subject['id'] !== undefined || subject['identifier'] !== undefined);
}

/** The object without some entries of some lists, and without a list of which nothing is left. */
function withoutEntries(
  object: JsonObject,
  lists: readonly string[],
  isHidden: (entry: JsonObject) => boolean,
): JsonObject {
  const members = Object.entries(object).flatMap(([name, value]): [string, Json][] => {
    if (!lists.includes(name)) return [[name, value]];
    const entries = Array.isArray(value) ? value : [value];
    const kept = entries.filter((entry) => !(isJsonObject(entry) && isHidden(entry)));
    if (kept.length === entries.length) return [[name, value]];
    return kept.length === 0 ? [] : [[name, kept]];
  });
  return Object.fromEntries(members);
}
