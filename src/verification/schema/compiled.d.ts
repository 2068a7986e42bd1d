/** One disagreement between a document and the schema, as ajv reports it. */
export interface SchemaError {
  /** JSON pointer (RFC 6901) of the place in the document. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Answers whether a document satisfies the schema; `errors` then holds all disagreements, until the next call. */
export interface SchemaValidator {
  (document: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** AchievementCredential (OpenBadgeCredential), VCDM 2.0 variant, official build of 2024-07-30. */
export const validateAchievementCredential: SchemaValidator;
/** EndorsementCredential, VCDM 2.0 variant, official build of 2024-07-30. */
export const validateEndorsementCredential: SchemaValidator;
