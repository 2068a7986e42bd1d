import type { SigningAlgorithm } from '../ports/signer.js';
import { UsageError } from './usage-error.js';

/** Placeholder of the option in usage lines. */
export const ALGORITHM_VALUE = 'Ed25519|ES256';

/** Reads `--algorithm`. @throws {UsageError} */
export function algorithmOption(text: string | undefined): SigningAlgorithm | undefined {
  if (text === undefined || text === 'Ed25519' || text === 'ES256') return text;
  throw new UsageError({
    fr: `--algorithm : « ${text} » inconnu, attendu Ed25519 ou ES256`,
    en: `--algorithm: unknown "${text}", expected Ed25519 or ES256`,
  });
}
