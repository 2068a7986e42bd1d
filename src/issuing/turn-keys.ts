/** Keys of the turns this room takes (`ports/turns.ts`). Nothing that holds one waits for another of the same kind. */

/** Adding issuers and programmes: slugs and programme ids are unique in the house. */
export const REGISTRATION = 'registration';

/**
 * Sealing, issuing a portion of rows, erasing: so that no row of a batch brings back a student who was erased meanwhile, and
 * two runs over the same files follow each other.
 */
export function awardsOf(issuer: string): string {
  return `awards ${issuer}`;
}

/** Finding a status list with room: rows issued side by side share the list that the first of them opens. */
export function statusListsOf(issuer: string): string {
  return `status lists ${issuer}`;
}

/** Changing the keys of an issuer: two rotations follow each other. */
export function keysOf(issuer: string): string {
  return `keys ${issuer}`;
}

/** Issuing a credential anew: its versions follow each other, each made from the one served before. */
export function versionsOf(credential: string): string {
  return `versions ${credential}`;
}

/** One request through the API, by the ref of its key or of the id it gives: retries find what the first one issued. */
export function apiRequestOf(issuer: string, ref: string): string {
  return `api request ${issuer} ${ref}`;
}
