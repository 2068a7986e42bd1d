import { ConfigError } from '../config.js';
import { DomainError } from '../ports/error.js';
import type { Localized } from '../text/localized.js';
import { parseArguments, usageLine } from './arguments.js';
import type { Command, CommandContext, ExitCode, OpenHouse } from './command.js';
import { COMMANDS } from './commands.js';
import { describeError } from './describe-error.js';
import { HeldByServerError } from './held-by-server.js';
import { UsageError } from './usage-error.js';

const USAGE_CODES: ReadonlySet<string> = new Set([
  'usage',
  'config-invalid',
  'key-file-unsafe',
  'key-file-unusable',
  'store-locked',
  'issuer-not-found',
  'issuer-exists',
  'programme-not-found',
  'programme-conflict',
  'credential-not-found',
  'status-change-refused',
  'student-not-found',
  'token-request-invalid',
  'cannot-listen',
  'public-url-changed',
]);

/** Finds the command that the first words name. @throws {UsageError} */
function findCommand(words: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } {
  const named = COMMANDS.filter((command) => command.name.every((word, index) => words[index] === word)).sort(
    (a, b) => b.name.length - a.name.length,
  )[0];
  if (named !== undefined) return { command: named, rest: words.slice(named.name.length) };
  const siblings = COMMANDS.filter((command) => command.name[0] === words[0]);
  const known = (siblings.length > 0 ? siblings : COMMANDS).map((command) => command.name.join(' ')).join(', ');
  throw new UsageError({
    fr: `commande inconnue : ${words.join(' ') || '(aucune)'}. Commandes : ${known}`,
    en: `unknown command: ${words.join(' ') || '(none)'}. Commands: ${known}`,
  });
}

/**
 * Runs one call of the command line to its exit code. What goes wrong is said once, in the caller's language, on
 * stderr. @throws {HeldByServerError} only, before anything was done: a running server has to carry out the call.
 */
export async function runCommand(
  words: readonly string[],
  context: CommandContext,
  house: OpenHouse,
): Promise<ExitCode> {
  const localize = (text: Localized) => text[context.language];
  try {
    if (words.length === 0 || words[0] === '--help' || words[0] === '-h' || words[0] === 'help') {
      context.write(overview(localize));
      return words.length === 0 ? 2 : 0;
    }
    const { command, rest } = findCommand(words);
    const { values, positionals } = parseArguments(command, rest);
    if (values['help'] === true) {
      context.write(`${usageLine(command)}\n${localize(command.summary)}\n`);
      return 0;
    }
    return await command.run({ context, values, positionals, house, dispatch: runCommand });
  } catch (error) {
    if (error instanceof HeldByServerError && !owns(words)) throw error;
    const told = error instanceof HeldByServerError ? error.cause : error;
    context.say(`sceau: ${localize(describeError(told))}`);
    return told instanceof ConfigError || (told instanceof DomainError && USAGE_CODES.has(told.code)) ? 2 : 3;
  }
}

/** Does the call hold the store for itself? */
function owns(words: readonly string[]): boolean {
  return findCommand(words).command.ownsStore === true;
}

function overview(localize: (text: Localized) => string): string {
  const title = localize({
    fr: 'Sceau : badges Open Badges 3.0 signés à partir de décisions de jury.',
    en: 'Sceau: signed Open Badges 3.0 from the decisions of a jury.',
  });
  const lines = COMMANDS.map((command) => `  ${usageLine(command)}\n      ${localize(command.summary)}`);
  return `${title}\n\n${lines.join('\n')}\n`;
}
