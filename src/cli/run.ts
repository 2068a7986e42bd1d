import { packageVersion } from '../compose/package-version.js';
import type { Localized } from '../text/localized.js';
import { parseArguments, usageLine } from './arguments.js';
import type { Command, CommandContext, ExitCode, OpenHouse } from './command.js';
import { COMMANDS } from './commands.js';
import { describeError } from './describe-error.js';
import { exitCodeOf } from './exit-code.js';
import { HeldByServerError } from './held-by-server.js';
import { UsageError } from './usage-error.js';

/** Finds the command that the first words name. @throws {UsageError} */
function findCommand(words: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } {
  const named = COMMANDS.filter((command) => command.name.every((word, index) => words[index] === word)).sort(
    (a, b) => b.name.length - a.name.length,
  )[0];
  if (named !== undefined) return { command: named, rest: words.slice(named.name.length) };
  const firstOption = words.findIndex((word, index) => index > 0 && word.startsWith('-'));
  const called = words.slice(0, firstOption === -1 ? 2 : Math.min(firstOption, 2)).join(' ');
  const siblings = COMMANDS.filter((command) => command.name[0] === words[0]);
  const known = (siblings.length > 0 ? siblings : COMMANDS).map((command) => command.name.join(' ')).join(', ');
  throw new UsageError({
    fr: `commande inconnue : ${called || '(aucune)'}. Commandes : ${known}`,
    en: `unknown command: ${called || '(none)'}. Commands: ${known}`,
  });
}

/**
 * Runs one call of the command line to its exit code. What goes wrong is said once, in the caller's language, on
 * stderr. @throws {HeldByServerError} only, before anything was done: a running server has to carry out the call.
 */
export async function runCommand(
  given: readonly string[],
  context: CommandContext,
  house: OpenHouse,
): Promise<ExitCode> {
  const localize = (text: Localized) => text[context.language];
  const words = withoutLeadingLanguage(given);
  try {
    if (words.length === 0 || words[0] === '--help' || words[0] === '-h' || words[0] === 'help') {
      context.write(overview(localize));
      return words.length === 0 ? 2 : 0;
    }
    if (words[0] === '--version') {
      context.write(`${await packageVersion()}\n`);
      return 0;
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
    return exitCodeOf(told);
  }
}

/** `sceau --lang fr revoke …` is `sceau revoke … --lang fr`: the language was read before. */
function withoutLeadingLanguage(words: readonly string[]): readonly string[] {
  if (words[0] === '--lang') return words.slice(2);
  return words[0]?.startsWith('--lang=') === true ? words.slice(1) : words;
}

/** Does the call hold the store for itself? */
function owns(words: readonly string[]): boolean {
  return findCommand(words).command.ownsStore === true;
}

/** Is one of the words a `-` that stands for standard input? */
export function readsStandardInput(words: readonly string[]): boolean {
  return words.includes('-') && findCommand(withoutLeadingLanguage(words)).command.dashIsOutput !== true;
}

function overview(localize: (text: Localized) => string): string {
  const title = localize({
    fr: 'Sceau : badges Open Badges 3.0 signés à partir de décisions de jury.',
    en: 'Sceau: signed Open Badges 3.0 from the decisions of a jury.',
  });
  const lines = COMMANDS.map((command) => `  ${usageLine(command)}\n      ${localize(command.summary)}`);
  return `${title}\n\n${lines.join('\n')}\n`;
}
