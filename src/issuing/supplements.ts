import { pageUrl } from '../credential/urls.js';
import { composeSnippets, type RecognisedAward, type SupplementSnippets } from '../supplement/compose-snippets.js';
import type { Language } from '../text/localized.js';
import { readReservation } from './award.js';
import type { IssuingCore } from './context.js';
import { StudentNotFoundError } from './erase-student.js';
import { getIssuer } from './issuers.js';
import { getProgramme } from './programmes.js';
import { findStudent, refsOf, type StudentRecord } from './students.js';
import { isWithdrawn } from './withdrawal.js';

/**
 * A student's diploma-supplement snippets at one issuer, from what was issued and still stands: refused and pending
 * engagements have no credential, revoked ones vanish; one that its holder does not share is stated without an address.
 * @throws {StudentNotFoundError} {@link IssuerNotFoundError}
 */
export async function supplementFor(
  context: IssuingCore,
  request: { readonly issuer: string; readonly student: string; readonly language: Language },
): Promise<SupplementSnippets> {
  const issuer = await getIssuer(context, request.issuer);
  const record = await findStudent(context, issuer.slug, request.student);
  if (record === undefined) throw new StudentNotFoundError(request.student);
  return composeSnippets({
    holder: record.student,
    awards: await awardsOf(context, issuer.slug, record, issuer.baseUrl),
    language: request.language,
  });
}

async function awardsOf(
  context: IssuingCore,
  issuer: string,
  record: StudentRecord,
  baseUrl: string,
): Promise<RecognisedAward[]> {
  const { ledger } = context.store;
  const awards: RecognisedAward[] = [];
  for (const ref of await refsOf(context, record)) {
    const entry = await ledger.byRef(issuer, ref);
    const newest = entry?.versions.filter((version) => version.state === 'issued').at(-1);
    if (entry === undefined || newest === undefined) continue;
    const reservation = readReservation(await ledger.reservation(entry.credential, newest.version));
    const award = reservation?.award;
    if (award === undefined) continue;
    const isShared = !(await isWithdrawn(context, issuer, entry.credential));
    awards.push({
      programme: (await getProgramme(context, award.programme, award.programmeVersion)).programme,
      engagement: award.engagement,
      ...(award.team === undefined ? {} : { team: award.team }),
      ...(award.pathway === undefined ? {} : { pathway: award.pathway }),
      verdict: award.verdict,
      decision: award.decision,
      academicYear: award.academicYear,
      credentialId: entry.credential,
      ...(isShared ? { pageUrl: pageUrl(baseUrl, entry.credential) } : {}),
      state: entry.state,
    });
  }
  return awards;
}
