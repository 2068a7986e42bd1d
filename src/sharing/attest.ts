import { pageUrl } from '../credential/urls.js';
import { type Badge, findBadge, verifyBadge } from '../issuing/badges.js';
import type { IssuingContext } from '../issuing/context.js';
import { getProgramme } from '../issuing/programmes.js';
import type { AttachedFile } from '../media/pdf/tagged-document.js';
import type { OpenTypefaces } from '../media/pdf/typefaces.js';
import { DomainError } from '../ports/error.js';
import type { Instant } from '../text/instant.js';
import { type Language, zLanguage } from '../text/localized.js';
import type { ShownCredential, ShownStatus } from '../verification/report.js';
import { type Attestation, composeAttestation } from './attestation.js';
import { type AttestationKind, attestationKind } from './attestation-kind.js';
import { writeAttestation } from './attestation-page.js';
import type { Looks } from './attestation-style.js';
import { logoPicture } from './logo-picture.js';

/** Only a badge that is valid at the moment is attested on paper. */
export class BadgeNotActiveError extends DomainError {
  override readonly code = 'badge-not-active';
  readonly credential: string;
  /** What its verification says; undefined where that is not even a status. */
  readonly status: ShownStatus | undefined;

  constructor(id: string, status: ShownStatus | undefined) {
    super(`badge ${id} is ${status ?? 'not valid'}: no attestation is made of it`);
    this.credential = id;
    this.status = status;
  }
}

/** An attestation in words, with everything its page is drawn from. */
export interface PreparedAttestation {
  readonly attestation: Attestation;
  readonly looks: Looks;
  readonly badge: AttachedFile;
  readonly made: Instant;
}

/**
 * What the attestation of one of our badges says: the badge is verified now and put into words from its signed bytes;
 * the very bytes `GET /credentials/{id}` serves travel along.
 * @param id 26 characters, lower case. @param made when; printed on the page and written into the file.
 * @returns undefined as for {@link findBadge}.
 * @throws {BadgeNotActiveError} for a badge that is revoked, suspended, expired, not yet valid, or not to be verified.
 */
export async function prepareAttestation(
  context: IssuingContext,
  id: string,
  made: Instant,
): Promise<PreparedAttestation | undefined> {
  const badge = await findBadge(context, id);
  const report = badge === undefined ? undefined : await verifyBadge(context, id);
  if (badge === undefined || report === undefined) return undefined;
  const { credential } = report;
  if (report.outcome !== 'valid' || credential?.status !== 'active') {
    throw new BadgeNotActiveError(id, credential?.status);
  }
  const written = zLanguage.safeParse(credential.language);
  const language: Language = written.success ? written.data : 'fr';
  const { issuer, document } = badge;
  const attestation = composeAttestation({
    credential,
    document,
    kind: await kindOf(context, badge, { credential, language }),
    language,
    source: badge.entry.source,
    pageUrl: pageUrl(issuer.baseUrl, id),
    frontUrl: `${issuer.baseUrl}/`,
    made,
  });
  return {
    attestation,
    looks: { colours: issuer.colours, logo: await logoPicture(context, issuer) },
    badge: {
      name: `${id}.json`,
      bytes: new TextEncoder().encode(JSON.stringify(document)),
      mediaType: 'application/vc+ld+json',
      description: attestation.text.attachment,
    },
    made,
  };
}

/** Prepares and draws. @returns a PDF; undefined as for {@link findBadge}. @throws {BadgeNotActiveError} */
export async function attestBadge(
  context: IssuingContext,
  id: string,
  { openTypefaces, made }: { readonly openTypefaces: OpenTypefaces; readonly made: Instant },
): Promise<Uint8Array | undefined> {
  const prepared = await prepareAttestation(context, id, made);
  return prepared === undefined ? undefined : writeAttestation(prepared, openTypefaces);
}

async function kindOf(
  context: IssuingContext,
  { award }: Badge,
  { credential, language }: { readonly credential: ShownCredential; readonly language: Language },
): Promise<AttestationKind | undefined> {
  const recognisedAs = credential.activity?.recognisedAs ?? [];
  if (award === undefined || recognisedAs.length === 0) return undefined;
  const { programme } = await getProgramme(context, award.programme, award.programmeVersion);
  const variantId = programme.variants === undefined ? undefined : award.engagement.variant;
  return attestationKind({ programme, variantId, language, recognisedAs });
}
