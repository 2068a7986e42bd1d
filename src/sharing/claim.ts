import { findIssuer, getIssuer } from '../issuing/issuers.js';
import { findStudent } from '../issuing/students.js';
import type { Language } from '../text/localized.js';
import { type ClaimLink, drawClaimLink, findClaimLink, useGrant } from './claim-links.js';
import { forgetIfErased, type Holder, type SharingContext } from './context.js';
import { startSession } from './holder-sessions.js';
import { holderOf, queueNewLink } from './queue-mail.js';

/** What may be said to whoever holds a claim link, before they pressed the button. */
export interface ShownLink {
  readonly state: ClaimLink['state'];
  readonly institution: string;
  /** The address it was sent to, all but the first letter of its name covered: `c•••@example.org`. */
  readonly sentTo: string;
  readonly language: Language;
  /** Whose badges it leads to; for telling whether the reader is signed in as them already, not for showing. */
  readonly holder: Holder;
}

/** Looks at a link without using it; undefined for one that never was one (L3). */
export async function lookAtLink(context: SharingContext, token: string): Promise<ShownLink | undefined> {
  const link = await findClaimLink(context, token);
  if (link === undefined) return undefined;
  const { issuer, student, state } = link;
  const record = await findStudent(context, issuer, student);
  const institution = await findIssuer(context, issuer);
  if (record === undefined || institution === undefined) return undefined;
  const { email, preferredLanguage } = record.student;
  return {
    state,
    institution: institution.name,
    sentTo: covered(email),
    language: preferredLanguage,
    holder: { issuer, student },
  };
}

function covered(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '' : `${Array.from(email)[0]}•••${email.slice(at)}`;
}

/**
 * Uses a link: exactly one of all who try gets a session, in whatever order they come (L2). A crash after that and
 * before the session is written costs the link; its page then offers another.
 * @returns the session's secret; undefined when the link opens nothing.
 */
export async function openLink(context: SharingContext, token: string): Promise<string | undefined> {
  const link = await findClaimLink(context, token);
  if (link?.state !== 'open' || (await forgetIfErased(context, link))) return undefined;
  return (await useGrant(context, link, 'opened')) ? startSession(context, link) : undefined;
}

/**
 * Asks for a new link in place of one that no longer opens. It goes to the address the institution has, never to one the
 * asker names, and what comes of it is told to nobody: the answer is the same for every token (no oracle).
 */
export async function askForNewLink(context: SharingContext, token: string): Promise<void> {
  const link = await findClaimLink(context, token);
  if (link !== undefined && link.state !== 'open') await queueNewLink(context, link);
}

/**
 * Makes a link by hand, for a student who stands before the registrar. @returns its address.
 * @throws {CredentialNotFoundError}
 */
export async function makeLink(context: SharingContext, credential: string): Promise<string> {
  const holder = await holderOf(context, credential);
  const grant = `${credential}.by-hand.${context.ids.next()}`;
  const { baseUrl } = await getIssuer(context, holder.issuer);
  const { path } = await drawClaimLink(context, { ...holder, credential, grant });
  return `${baseUrl}${path}`;
}
