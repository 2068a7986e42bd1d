import type { IssuingCore } from '../issuing/context.js';
import { holdsStudent } from '../issuing/erase-student.js';
import { getIssuer, listIssuers } from '../issuing/issuers.js';
import { UsageError } from './usage-error.js';

/** The one issuer that knows a student id; several know it: the caller must say which. @throws {UsageError} */
export async function oneHoldingIssuer(
  issuing: IssuingCore,
  student: string,
  asked: string | undefined,
): Promise<string> {
  const slugs =
    asked === undefined
      ? (await listIssuers(issuing)).map(({ slug }) => slug)
      : [(await getIssuer(issuing, asked)).slug];
  const holding: string[] = [];
  for (const slug of slugs) if (await holdsStudent(issuing, slug, student)) holding.push(slug);
  const [only, ...others] = holding;
  if (only === undefined)
    throw new UsageError({ fr: `étudiant inconnu : ${student}`, en: `unknown student: ${student}` });
  if (others.length === 0) return only;
  const where = holding.join(', ');
  throw new UsageError({
    fr: `${student} est connu de plusieurs émetteurs (${where}) : précisez --issuer`,
    en: `${student} is known to several issuers (${where}): say which with --issuer`,
  });
}
