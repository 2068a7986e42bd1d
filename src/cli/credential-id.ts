import { normaliseId } from '../text/public-id.js';
import { UsageError } from './usage-error.js';

/** The public id in an argument: the id itself in any letter case, or a link to the badge or its page. @throws {UsageError} */
export function credentialIdArgument(argument: string): string {
  const last =
    argument
      .replace(/[?#].*$/, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) ?? '';
  const id = normaliseId(last);
  if (id !== undefined) return id;
  throw new UsageError({
    fr: `« ${argument} » n’est pas un identifiant d’attestation (26 lettres et chiffres)`,
    en: `"${argument}" is not a credential id (26 letters and digits)`,
  });
}
