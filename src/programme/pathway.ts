import type { Programme } from './schema.js';

export interface PathwayAward {
  readonly pathway: string;
  readonly studentId: string;
}

/** One recognised variant of one student. */
export interface RecognisedVariant {
  readonly studentId: string;
  readonly variant: string | undefined;
}

/**
 * Students who complete a pathway here: every required variant is covered by an earlier award of the programme or an
 * issued result, and at least one of them was issued here. Pathways in the order of the definition, then students in
 * the order of their first engagement.
 */
export function computePathwayAwards(input: {
  readonly programme: Programme;
  /** Students in the order of their first engagement; repeats are allowed. */
  readonly students: readonly string[];
  readonly issued: readonly RecognisedVariant[];
  readonly priorAwards: readonly {
    readonly studentId: string;
    readonly programme: string;
    readonly variant?: string | undefined;
  }[];
}): readonly PathwayAward[] {
  const { programme, students, issued, priorAwards } = input;
  const here = variantsByStudent(issued);
  const earlier = variantsByStudent(priorAwards.filter((award) => award.programme === programme.id));
  return (programme.pathways ?? []).flatMap(({ id, requiresVariants }) =>
    [...new Set(students)]
      .filter((studentId) => {
        const [issuedHere, known] = [here.get(studentId), earlier.get(studentId)];
        return (
          requiresVariants.some((variant) => issuedHere?.has(variant)) &&
          requiresVariants.every((variant) => issuedHere?.has(variant) || known?.has(variant))
        );
      })
      .map((studentId) => ({ pathway: id, studentId })),
  );
}

function variantsByStudent(
  awards: readonly { readonly studentId: string; readonly variant?: string | undefined }[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const variants = new Map<string, Set<string>>();
  for (const { studentId, variant } of awards) {
    if (variant === undefined) continue;
    const known = variants.get(studentId);
    if (known === undefined) variants.set(studentId, new Set([variant]));
    else known.add(variant);
  }
  return variants;
}
