import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Localized, zLanguage } from '../text/localized.js';
import type { Command, OptionValues } from './command.js';
import { UsageError } from './usage-error.js';

/** Options every command takes. */
const COMMON: NonNullable<ParseArgsConfig['options']> = {
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

/** The arguments of one call, checked against the command's options. */
export interface ParsedArguments {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
}

/**
 * Parses what follows a command's name. @throws {UsageError} naming every unknown, missing or surplus argument at once.
 */
export function parseArguments(command: Command, words: readonly string[]): ParsedArguments {
  const specs = Object.entries(command.options);
  const options = Object.fromEntries(
    specs.map(([name, { type, multiple }]) => [name, { type, ...(multiple === true ? { multiple } : {}) }]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...words], options: { ...COMMON, ...options }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(withUsage(command, parseFailure(error)));
  }
  const values = parsed.values as OptionValues;
  if (values['help'] === true) return { values, positionals: parsed.positionals };
  const mistakes: Localized[] = [];
  const language = values['lang'];
  if (language !== undefined && !zLanguage.safeParse(language).success) {
    mistakes.push({
      fr: `--lang : « ${String(language)} » inconnu, attendu fr ou en`,
      en: `--lang: unknown "${String(language)}", expected fr or en`,
    });
  }
  for (const [name, spec] of specs) {
    if (spec.required === true && values[name] === undefined) {
      mistakes.push({ fr: `l’option --${name} manque`, en: `the option --${name} is missing` });
    }
    const value = values[name];
    if (typeof value === 'string' && value.trim() === '') {
      mistakes.push({ fr: `l’option --${name} est vide`, en: `the option --${name} is empty` });
    }
  }
  const wanted = command.positionals ?? [];
  const isOpenEnded = wanted.at(-1)?.endsWith('…') === true;
  if (parsed.positionals.length < wanted.length) {
    const missing = wanted.slice(parsed.positionals.length).join(' ');
    mistakes.push({ fr: `il manque : ${missing}`, en: `missing: ${missing}` });
  }
  if (parsed.positionals.length > wanted.length && !isOpenEnded) {
    const surplus = parsed.positionals.slice(wanted.length).join(' ');
    mistakes.push({ fr: `argument en trop : ${surplus}`, en: `unexpected argument: ${surplus}` });
  }
  if (mistakes.length > 0) {
    throw new UsageError(
      withUsage(command, { fr: mistakes.map(({ fr }) => fr).join(' ; '), en: mistakes.map(({ en }) => en).join('; ') }),
    );
  }
  return { values, positionals: parsed.positionals };
}

function parseFailure(error: unknown): Localized {
  const message = error instanceof Error ? error.message : String(error);
  const option = /'(--?[^' ]+)/.exec(message)?.[1] ?? message;
  if (/Unknown option/.test(message)) return { fr: `option inconnue : ${option}`, en: `unknown option: ${option}` };
  if (/argument missing|requires an? argument|ambiguous/i.test(message)) {
    return { fr: `l’option ${option} attend une valeur`, en: `the option ${option} needs a value` };
  }
  return { fr: message, en: message };
}

function withUsage(command: Command, message: Localized): Localized {
  const usage = usageLine(command);
  return { fr: `${message.fr}\nUtilisation : ${usage}`, en: `${message.en}\nUsage: ${usage}` };
}

/** `sceau programme check FILE… [--lang fr|en]` */
export function usageLine(command: Command): string {
  const options = Object.entries(command.options).map(([name, spec]) => {
    const text = spec.type === 'boolean' ? `--${name}` : `--${name} ${spec.value ?? 'TEXT'}`;
    const repeated = spec.multiple === true ? `${text}…` : text;
    return spec.required === true ? repeated : `[${repeated}]`;
  });
  return ['sceau', ...command.name, ...(command.positionals ?? []), ...options, '[--lang fr|en]'].join(' ');
}

/** The text of an option, or undefined. */
export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of an option that may be given several times; none when it is not. */
export function listOption(values: OptionValues, name: string): readonly string[] {
  const value = values[name];
  return typeof value === 'object' ? value : [];
}

/** The text of an option that {@link parseArguments} has checked to be there. */
export function requiredOption(values: OptionValues, name: string): string {
  const value = textOption(values, name);
  if (value === undefined)
    throw new UsageError({ fr: `l’option --${name} manque`, en: `the option --${name} is missing` });
  return value;
}
