import { pageUrl } from '../credential/urls.js';
import { type Badge, findBadge } from '../issuing/badges.js';
import type { IssuingCore } from '../issuing/context.js';
import { listIssuers } from '../issuing/issuers.js';
import { listProgrammes } from '../issuing/programmes.js';
import { parseInstant } from '../text/instant.js';
import type { ShownCredential, VerificationReport } from '../verification/report.js';
import { addToProfileUrl, type LinkedInOrganization, sharePostUrl } from './linkedin.js';

export interface LinkedInLinks {
  readonly addToProfile: string;
  readonly share: string;
}

/**
 * The LinkedIn links of a badge that anybody may see and that is valid. Undefined for any other: the page they lead to
 * would not be there, or would speak against the badge.
 * @param report made now, of the badge's newest version.
 * @param options.firstOrganizationId LinkedIn number of the first issuer, where its record states none.
 */
export async function linkedInLinks(
  context: IssuingCore,
  badge: { readonly id: string; readonly report: VerificationReport },
  options: { readonly firstOrganizationId?: string | undefined },
): Promise<LinkedInLinks | undefined> {
  const { id, report } = badge;
  const shown = report.verified && report.credential?.status === 'active' ? report.credential : undefined;
  const found = shown === undefined ? undefined : await findBadge(context, id);
  if (shown === undefined || found === undefined) return undefined;
  const issued = parseInstant(shown.awardedDate ?? shown.validFrom) ?? parseInstant(shown.validFrom);
  if (issued === undefined) return undefined;
  const expires = shown.validUntil === null ? undefined : parseInstant(shown.validUntil);
  const url = pageUrl(found.issuer.baseUrl, id);
  return {
    addToProfile: addToProfileUrl({
      name: shown.name ?? shown.achievement.name,
      organization: await organizationOf(context, { badge: found, shown }, options.firstOrganizationId),
      issued,
      ...(expires === undefined ? {} : { expires }),
      timeZone: await timeZoneOf(context, found),
      pageUrl: url,
      badgeId: id,
    }),
    share: sharePostUrl(url),
  };
}

async function organizationOf(
  context: IssuingCore,
  { badge, shown }: { readonly badge: Badge; readonly shown: ShownCredential },
  firstOrganizationId: string | undefined,
): Promise<LinkedInOrganization> {
  const { issuer } = badge;
  if (issuer.linkedInOrganizationId !== undefined) return { id: issuer.linkedInOrganizationId };
  const isFirst = issuer.isDefault || (await listIssuers(context)).length === 1;
  if (isFirst && firstOrganizationId !== undefined) return { id: firstOrganizationId };
  return { name: shown.issuer.name ?? issuer.name };
}

/** The time zone of the badge's programme, else of another one of its institution. */
async function timeZoneOf(context: IssuingCore, { award, issuer }: Badge): Promise<string> {
  const own = (await listProgrammes(context)).filter((installed) => installed.issuer === issuer.slug);
  const awarded = own.find(({ programme }) => programme.id === award?.programme);
  return (awarded ?? own.at(-1))?.programme.timezone ?? 'UTC';
}
