import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Issuer } from '../credential/issuer.js';
import type { IssuingCore } from '../issuing/context.js';
import { ensureIssuer, getIssuer } from '../issuing/issuers.js';
import { getProgramme, installProgramme, listProgrammes, ProgrammeNotFoundError } from '../issuing/programmes.js';
import type { InstalledProgramme } from '../issuing/registry.js';
import { checkProgramme } from '../programme/check.js';
import type { Programme } from '../programme/schema.js';
import type { CommandContext, OpenHouse } from './command.js';
import { readInput } from './read-file.js';
import { UsageError } from './usage-error.js';

const SHIPPED = fileURLToPath(new URL('../../programmes/', import.meta.url));
const PROGRAMME_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads and checks a definition file. @throws {UsageError} with every mistake. */
export async function readProgrammeFile(context: CommandContext, path: string): Promise<Programme> {
  const check = checkProgramme(await readInput(context, path));
  if (check.ok) return check.programme;
  const list = (language: 'fr' | 'en') =>
    check.mistakes
      .map(({ pointer, message }) => `\n  ${pointer || '/'}${language === 'fr' ? ' : ' : ': '}${message[language]}`)
      .join('');
  throw new UsageError({
    fr: `${path} n’est pas une définition de programme correcte (détails : sceau programme check) :${list('fr')}`,
    en: `${path} is not a correct programme definition (details: sceau programme check):${list('en')}`,
  });
}

/** The file an argument `ID|FILE` names: itself when it exists, else the shipped definition of that id. */
async function definitionFile(context: CommandContext, argument: string): Promise<string | undefined> {
  const shipped = resolve(SHIPPED, argument, 'programme.json');
  const candidates = PROGRAMME_ID.test(argument)
    ? [resolve(context.cwd, argument), shipped]
    : [resolve(context.cwd, argument)];
  for (const [index, candidate] of candidates.entries()) {
    try {
      await access(candidate);
      if (index > 0 || !PROGRAMME_ID.test(argument)) return candidate;
    } catch {
      // Not this one: the next candidate may exist.
    }
  }
  return undefined;
}

/** The issuer a programme belongs to: the one that has it already, else the one of its institution, made if need be. */
export async function issuerForProgramme(
  issuing: IssuingCore,
  programme: Programme,
  onAdded: (issuer: Issuer) => void = () => {},
): Promise<Issuer> {
  const owner = (await listProgrammes(issuing)).find((installed) => installed.programme.id === programme.id);
  if (owner !== undefined) return getIssuer(issuing, owner.issuer);
  const { name, country, url } = programme.institution;
  const { issuer, added } = await ensureIssuer(issuing, { name, country, url });
  if (added) onAdded(issuer);
  return issuer;
}

/**
 * The programme an argument `ID|FILE` names: an installed one, a file, or a shipped definition. Nothing is installed.
 * @throws {UsageError} {@link ProgrammeNotFoundError}
 */
export async function lookUpProgramme(context: CommandContext, house: OpenHouse, argument: string): Promise<Programme> {
  if (PROGRAMME_ID.test(argument)) {
    const opened = await house.openIfPresent();
    const installed = opened === undefined ? [] : await listProgrammes(opened.issuing);
    const found = installed.filter(({ programme }) => programme.id === argument).at(-1);
    if (found !== undefined) return found.programme;
  }
  const file = await definitionFile(context, argument);
  if (file === undefined && PROGRAMME_ID.test(argument)) throw new ProgrammeNotFoundError(argument);
  return readProgrammeFile(context, file ?? argument);
}

/** Installs a programme that is not installed yet, its institution as an issuer with a key of its own, and says so. */
export async function ensureInstalled(
  context: CommandContext,
  issuing: IssuingCore,
  programme: Programme,
): Promise<InstalledProgramme> {
  const fr = context.language === 'fr';
  const issuer = await issuerForProgramme(issuing, programme, (added) => {
    context.say(fr ? `Émetteur ajouté : ${added.name}, ${added.did}` : `Issuer added: ${added.name}, ${added.did}`);
  });
  if ((await installProgramme(issuing, issuer.slug, programme)).installed) {
    const what = `${programme.id} ${programme.version}`;
    context.say(fr ? `Programme installé : ${what}` : `Programme installed: ${what}`);
  }
  return getProgramme(issuing, programme.id, programme.version);
}
