import type { Crypto } from '../ports/crypto.js';
import type { JsonObject } from '../ports/json.js';
import { objectsOf, textOf } from './members.js';

/** Who somebody says the badge was awarded to: an e-mail address, a name, or an id (a wallet's DID). */
export type Recipient = { readonly email: string } | { readonly name: string } | { readonly id: string };

/** Reads what somebody wrote to name a recipient: a DID, an e-mail address, else a name. Undefined for nothing. */
export function readRecipient(written: string): Recipient | undefined {
  const text = written.trim();
  if (text === '') return undefined;
  if (text.startsWith('did:')) return { id: text };
  return text.includes('@') ? { email: text } : { name: text };
}

/** `not-stated`: the badge does not identify its holder in this way, so it cannot tell. */
export type RecipientMatch = 'matches' | 'differs' | 'not-stated';

/**
 * Was the badge awarded to this person? Plain identities are compared without regard to case and Unicode form; hashed
 * ones by SHA-256 of value and salt, for the value as given and as issuers write it (trimmed, NFC, lower case).
 * @param subject the badge's `credentialSubject`.
 * @see https://www.imsglobal.org/spec/ob/v3p0/#identityobject
 */
export async function recipientMatches(
  subject: JsonObject,
  recipient: Recipient,
  crypto: Crypto,
): Promise<RecipientMatch> {
  if ('id' in recipient) {
    const id = textOf(subject['id']);
    return id === null ? 'not-stated' : id === recipient.id ? 'matches' : 'differs';
  }
  const [type, value] = 'email' in recipient ? ['emailAddress', recipient.email] : ['name', recipient.name];
  const identities = objectsOf(subject['identifier']).filter(({ identityType }) => identityType === type);
  for (const identity of identities) {
    if (await identityMatches(identity, value, crypto)) return 'matches';
  }
  return identities.length === 0 ? 'not-stated' : 'differs';
}

async function identityMatches(identity: JsonObject, value: string, crypto: Crypto): Promise<boolean> {
  const stated = textOf(identity['identityHash']);
  if (stated === null) return false;
  if (identity['hashed'] !== true) return folded(stated) === folded(value);
  const salt = textOf(identity['salt']) ?? '';
  for (const candidate of spellings(value)) {
    const digest = await crypto.sha256(candidate + salt);
    if (stated.toLowerCase() === `sha256$${hex(digest)}`) return true;
  }
  return false;
}

/** The forms a value may have been hashed in, most likely first, each once. */
function spellings(value: string): ReadonlySet<string> {
  const tidy = value.trim().normalize('NFC').replaceAll(/\s+/g, ' ');
  return new Set([tidy, tidy.toLowerCase(), value]);
}

function folded(value: string): string {
  return value.trim().normalize('NFC').replaceAll(/\s+/g, ' ').toLowerCase();
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
