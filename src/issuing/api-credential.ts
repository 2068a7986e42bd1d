import type { Issuer } from '../credential/issuer.js';
import { credentialIdOf, statusListIdOf } from '../credential/urls.js';
import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { readStatusEntry } from '../status/status-entry.js';
import { normaliseId } from '../text/public-id.js';
import type { LintProblem } from '../verification/lint-credential.js';
import { listOf, textOf } from '../verification/members.js';
import { type ApiOptions, problem } from './api-options.js';
import type { IssuingCore } from './context.js';
import { type Linted, lintHere } from './inspection.js';

/**
 * Looks at a credential from outside before anything is reserved for it: what every document to be signed is held to, and
 * what only this house can promise: an id under its own address, an entry in its own lists.
 * @returns every problem, with pointers into the request, and the hash to be signed.
 */
export async function lintApiCredential(
  context: IssuingCore,
  {
    issuer,
    credential,
    options,
  }: { readonly issuer: Issuer; readonly credential: JsonObject; readonly options: ApiOptions },
): Promise<Linted> {
  if (credential['proof'] !== undefined) {
    return { problems: [problem('signed-already', '/credential/proof')], hash: undefined };
  }
  const { problems, hash } = await lintHere(context, { document: credential, source: 'api' });
  return {
    problems: [
      ...problems.map((found) => ({ ...found, pointer: `/credential${found.pointer ?? ''}` })),
      ...idProblems(issuer, credential),
      ...statusProblems(issuer, credential, options),
    ],
    hash,
  };
}

/** An id under our address leads to the badge: it must be one that nobody can guess, written as we write it. */
function idProblems({ baseUrl }: Issuer, credential: JsonObject): LintProblem[] {
  const id = textOf(credential['id']) ?? '';
  if (!isUnder(baseUrl, id)) return [];
  const chosen = credentialIdOf(baseUrl, id);
  const isOurs = chosen !== undefined && normaliseId(chosen) === chosen && id.endsWith(`/${chosen}`);
  return isOurs ? [] : [problem('credential-id-not-ours', '/credential/id', { found: id })];
}

function statusProblems(
  { baseUrl }: Issuer,
  { credentialStatus }: JsonObject,
  { statusPurpose }: ApiOptions,
): LintProblem[] {
  const entries = listOf(credentialStatus);
  if (statusPurpose !== undefined && entries.length > 0) return [problem('status-not-ours', STATUS)];
  return entries.flatMap((entry, index) => {
    const pointer = Array.isArray(credentialStatus) ? `${STATUS}/${index}` : STATUS;
    if (namesList(entry, baseUrl)) return [problem('status-not-ours', pointer)];
    const isWrong = isJsonObject(entry) && readStatusEntry(entry).outcome === 'invalid';
    return isWrong ? [problem('malformed-status', pointer)] : [];
  });
}

const STATUS = '/credential/credentialStatus';

/** An entry written by hand into a list of ours would speak with somebody else's bit. */
function namesList(entry: Json, baseUrl: string): boolean {
  const { id, statusListCredential } = isJsonObject(entry) ? entry : {};
  return [id, statusListCredential].some(
    (url) => typeof url === 'string' && (statusListIdOf(baseUrl, url) !== undefined || isUnder(baseUrl, url)),
  );
}

/** At our address, however its scheme and host are spelt. */
function isUnder(baseUrl: string, url: string): boolean {
  const base = new URL(baseUrl).href.replace(/\/$/, '');
  return URL.canParse(url) && new URL(url).href.startsWith(`${base}/`);
}
