import type { PriorAward } from '../engagement/schema.js';

/**
 * An award the house has recorded, treated like a prior award of the file. `engagementId` says which engagement of
 * `programme` it came from: an engagement is never held against itself, so the same file can be evaluated again.
 */
export type RecordedAward = PriorAward & { readonly engagementId?: string | undefined };

interface Activity {
  readonly studentId: string;
  readonly activityKey: string;
}

/** Remembers who was recognised for which activity, and where. */
export interface Recognitions {
  /** Where another award for the person and activity comes from, `undefined` when there is none. */
  find(activity: Activity, engagementId: string): string | undefined;
  /** Notes an engagement issued in this file. */
  note(activity: Activity, engagementId: string): void;
}

/** @param awards in any programme: one activity gives one recognition. @param programme the id of the one evaluated. */
export function createRecognitions(awards: readonly RecordedAward[], programme: string): Recognitions {
  const known = new Map<string, { readonly from: string; readonly engagementId: string | undefined }[]>();
  const key = ({ studentId, activityKey }: Activity) => JSON.stringify([studentId, activityKey]);
  const add = (activity: Activity, from: string, engagementId: string | undefined) => {
    const entries = known.get(key(activity));
    if (entries === undefined) known.set(key(activity), [{ from, engagementId }]);
    else entries.push({ from, engagementId });
  };
  for (const award of awards) {
    const own = award.programme === programme ? award.engagementId : undefined;
    add(award, `${award.programme} ${award.academicYear}`, own);
  }
  return {
    find: (activity, engagementId) =>
      known.get(key(activity))?.find((award) => award.engagementId !== engagementId)?.from,
    note: (activity, engagementId) => add(activity, engagementId, engagementId),
  };
}
