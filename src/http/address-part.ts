import { HttpError } from './http-error.js';

const MAX_LENGTH = 200;
const UNFIT = /[/\\\p{Cc}]/u;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A name in an address that people chose, such as a version or a student id. @throws {HttpError} `not-found` */
export function requireName(text: string): string {
  if (text === '' || text.length > MAX_LENGTH || UNFIT.test(text)) throw new HttpError('not-found');
  return text;
}

/** True for a slug: lower-case letters and digits in groups joined by hyphens, at most 64 characters. */
export function isSlug(text: string): boolean {
  return text.length <= 64 && SLUG.test(text);
}

/** A slug in an address. @throws {HttpError} `not-found` */
export function requireSlug(text: string): string {
  if (!isSlug(text)) throw new HttpError('not-found');
  return text;
}
