/** What of an issuer's record its pages show besides what is signed. */
export interface IssuerLook {
  readonly slug: string;
  /** Path of its logo, held here; null where it has none. */
  readonly logo: string | null;
  /** Path of the style sheet with its colours; null where it has none of its own. */
  readonly styleSheet: string | null;
  /** How to reach it, for people: an address, opening hours. */
  readonly contact: string | null;
}
