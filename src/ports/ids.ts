/** Draws public ids: 128 random bits as 26 characters of Crockford base32, lower case (decision 8). */
export interface Ids {
  next(): string;
}
