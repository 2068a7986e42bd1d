/** What was found for one competence of one engagement. */
export interface Attained {
  /** 1 or more; `undefined` when no level was attained. */
  readonly level: number | undefined;
  /** Mode `ratings`: the average, rounded half up to 2 decimals, that decided the level. */
  readonly average?: number;
  /** Roles that confirmed the level, in the order of the definition; `jury` when nobody but the jury vouches for it. */
  readonly confirmedBy: readonly string[];
}

export const NOT_ATTAINED: Attained = { level: undefined, confirmedBy: [] };
