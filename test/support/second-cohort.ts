import type { House } from '../../src/compose.js';
import type { BatchResult } from '../../src/issuing/batch-rows.js';
import { issueSample, sampleFiles } from './house.js';

/** Issues the cohort of `projet-pro` once more, as other engagements of the same students under the same issuer. */
export async function issueSecondCohort(house: House): Promise<BatchResult> {
  const { engagements, decisions } = await sampleFiles('projet-pro');
  const renamed = (bytes: Buffer) => Buffer.from(bytes.toString('utf8').replaceAll('PP-E', 'PP-F'));
  const others = Buffer.from(engagements.toString('utf8').replaceAll('"activityKey": "', '"activityKey": "other-'));
  return issueSample(house, 'projet-pro', { engagements: renamed(others), decisions: renamed(decisions) });
}
