/**
 * Base of every error the house throws on purpose: "cannot go on". "The answer is no" is a value, not an error.
 * Each subclass stands beside the code that throws it, with its own `code` and its facts as fields.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
