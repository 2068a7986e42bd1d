import type { Student } from '../engagement/schema.js';
import { DomainError } from '../ports/error.js';
import { comparableAddress } from '../programme/address.js';
import type { Programme } from '../programme/schema.js';
import { isNeverPublic } from './disclosure.js';
import type { IdentityObject } from './open-badge.js';
import { presentMembers } from './present-members.js';

/** Random text appended before hashing, hex, at least 128 bits; drawn anew for every credential. */
export interface IdentitySalts {
  readonly email: string;
  readonly name: string;
}

/** SHA-256 of the UTF-8 text, 64 hex digits. */
export type HashText = (text: string) => string;

/** Nothing is known by which the holder could be recognised: no address and no name that may be shown. */
export class HolderUnidentifiedError extends DomainError {
  override readonly code = 'holder-unidentified';
  readonly student: string;

  constructor(student: string) {
    super(`student ${student} has neither an address nor a name that may stand in a badge`);
    this.student = student;
  }
}

/** A name in the form it is written and hashed in: composed (NFC), runs of spaces as one, outer ones dropped. */
export function normaliseName(name: string): string {
  return name.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** An address in the form it is hashed in: trimmed, lower case. */
export const normaliseEmail = comparableAddress;

/**
 * Who holds the badge: the salted, hashed e-mail address; the name, plain so that an employer sees whose badge it is,
 * or hashed where the programme's `sharing.holderName` says so; the name in its own script as `ext:nativeName`, so that
 * `name` stays the only one of its kind. `email` in `neverPublic` means the address itself, which never stands here.
 * @throws {HolderUnidentifiedError}
 * @see https://www.imsglobal.org/spec/ob/v3p0#identityobject
 */
export function composeIdentifiers({
  student,
  programme,
  salts,
  hash,
}: {
  readonly student: Student;
  readonly programme: Programme;
  readonly salts: IdentitySalts;
  readonly hash: HashText;
}): IdentityObject[] {
  const nameHashed = programme.sharing.holderName === 'hashed';
  const showName = !isNeverPublic(programme, 'name', 'familyName', 'givenName');
  const name = normaliseName(`${student.givenName} ${student.familyName}`);
  const native = normaliseName(student.nativeName ?? '');
  const showNative = showName && native !== name && !isNeverPublic(programme, 'nativeName');
  const hashed = (identityType: string, value: string, salt: string) =>
    hashedIdentity({ identityType, value, salt, hash });
  const named = (identityType: string, value: string) =>
    nameHashed ? hashed(identityType, value, salts.name) : plainIdentity(identityType, value);
  const identifiers = [
    hashed('emailAddress', normaliseEmail(student.email), salts.email),
    ...(showName ? [named('name', name)] : []),
    ...(showNative ? [named('ext:nativeName', native)] : []),
  ].filter((identifier) => identifier !== undefined);
  if (identifiers.length === 0) throw new HolderUnidentifiedError(student.id);
  return identifiers;
}

function plainIdentity(identityType: string, value: string): IdentityObject | undefined {
  return value === '' ? undefined : { type: 'IdentityObject', identityType, hashed: false, identityHash: value };
}

/**
 * The hash is SHA-256 over the value with the salt appended, both UTF-8.
 * @see https://www.imsglobal.org/spec/ob/v3p0#identityhash
 */
function hashedIdentity({
  identityType,
  value,
  salt,
  hash,
}: {
  readonly identityType: string;
  readonly value: string;
  readonly salt: string;
  readonly hash: HashText;
}): IdentityObject | undefined {
  if (!/^[0-9a-f]{32,}$/i.test(salt)) throw new RangeError('an identity salt is at least 128 bits, in hex');
  if (value === '') return undefined;
  return presentMembers<IdentityObject>({
    type: 'IdentityObject',
    identityType,
    hashed: true,
    identityHash: `sha256$${hash(`${value}${salt}`)}`,
    salt,
  });
}
