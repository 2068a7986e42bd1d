import type { Gather } from '../ports/gather.js';
import { type Completed, completeVersions } from './complete-versions.js';
import type { IssuingContext } from './context.js';
import type { OpenVersion } from './open-version.js';
import { unwrap } from './outcome.js';
import { type IssueRequest, reserveCredentials } from './reserve-credentials.js';

/**
 * Issues one credential, in whatever company.
 * @returns with its document where this call signed it. @throws what fails in `issueCredentials`.
 */
export type IssueOne = (request: IssueRequest) => Promise<Completed>;

/**
 * Issues what many ask for one by one as the rows of a batch are issued: requests that come together share the append of
 * their reservations, the call of the signer, the look at what it signed and the append of what was issued; and while some
 * are signed, the next are reserved. What the library has to canonicalise may take its time: it goes alone and holds up
 * nobody.
 */
export function issueTogether(context: IssuingContext, gather: Gather): IssueOne {
  const stages = (form: Gather) => ({
    reserve: form((requests: readonly IssueRequest[]) => reserveCredentials(context, requests)),
    complete: form((versions: readonly OpenVersion[]) => completeVersions(context, versions)),
  });
  const together = stages(gather);
  const alone = stages(oneByOne);
  return async (request) => {
    const { reserve, complete } = request.linted?.linted.hash === undefined ? alone : together;
    const reserved = await reserve(request);
    return reserved.kind === 'issued' ? { entry: reserved.entry, document: undefined } : complete(reserved.open);
  };
}

/** Groups of one. */
const oneByOne: Gather = (work) => async (call) => {
  const [outcome] = await work([call]);
  return unwrap(outcome);
};
