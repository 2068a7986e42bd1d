import { readCohort } from '../engagement/read-cohort.js';
import type { Cohort } from '../engagement/schema.js';
import type { IssuingCore } from '../issuing/context.js';
import type { InstalledProgramme } from '../issuing/registry.js';
import type { JurySession } from '../issuing/seal-session.js';
import { readDecisionFile } from '../jury/decision-file.js';
import type { DecisionRow } from '../jury/decision-row.js';
import type { Programme } from '../programme/schema.js';
import type { Instant } from '../text/instant.js';
import type { Localized } from '../text/localized.js';
import type { Command, CommandContext } from './command.js';
import { readInput } from './read-file.js';
import { UsageError } from './usage-error.js';

/** Options that name a jury's files, for every command that judges. */
export const SESSION_OPTIONS = {
  programme: { type: 'string', value: 'ID|FILE', required: true },
  engagements: { type: 'string', value: 'FILE', required: true },
  decisions: { type: 'string', value: 'FILE', required: true },
  encoding: { type: 'string', value: 'NAME' },
  at: { type: 'string', value: 'INSTANT' },
} as const satisfies Command['options'];

/** A jury's two files as read, with the bytes their digests are made of. */
export interface SessionFiles {
  readonly cohort: { readonly cohort: Cohort; readonly bytes: Uint8Array };
  readonly decisions: { readonly rows: readonly DecisionRow[]; readonly bytes: Uint8Array };
}

/** Reads the files of a jury for a programme. @throws {UsageError} with all mistakes of the first that has some. */
export async function readSessionFiles(
  context: CommandContext,
  programme: Programme,
  paths: { readonly engagements: string; readonly decisions: string; readonly encoding?: string | undefined },
): Promise<SessionFiles> {
  return {
    cohort: await readCohortFile(context, paths.engagements, programme),
    decisions: await readDecisions(context, paths.decisions, {
      encoding: paths.encoding,
      timeZone: programme.timezone,
    }),
  };
}

/** The jury session that files make under an installed programme, judged at `at`, now by default. */
export function jurySession(
  issuing: IssuingCore,
  { cohort, decisions }: SessionFiles,
  about: { readonly installed: InstalledProgramme; readonly actor: string; readonly at?: Instant | undefined },
): JurySession {
  return {
    installed: about.installed,
    cohort: cohort.cohort,
    cohortDigest: issuing.hashBytes(cohort.bytes),
    decisions: decisions.rows,
    decisionsDigest: issuing.hashBytes(decisions.bytes),
    at: about.at ?? issuing.clock.now(),
    actor: about.actor,
  };
}

/** How many mistakes of a file a message lists before it only counts them. */
const SHOWN = 50;

/** Reads an engagements file for a programme and says what a person should look at. @throws {UsageError} with its mistakes. */
async function readCohortFile(
  context: CommandContext,
  path: string,
  programme: Programme,
): Promise<{ readonly cohort: Cohort; readonly bytes: Uint8Array }> {
  const bytes = await readInput(context, path);
  const read = readCohort(bytes, programme);
  for (const { pointer, message } of read.warnings.slice(0, SHOWN)) {
    context.say(`! ${path} ${pointer} ${message[context.language]}`);
  }
  if (read.ok) return { cohort: read.cohort, bytes };
  throw refusal(
    path,
    read.mistakes.map(({ pointer, message }) => ({ place: pointer || '/', message })),
  );
}

/** A plain day in the file lies in the programme's time zone. */
async function readDecisions(
  context: CommandContext,
  path: string,
  options: { readonly encoding: string | undefined; readonly timeZone: string },
): Promise<{ readonly rows: readonly DecisionRow[]; readonly bytes: Uint8Array }> {
  const bytes = await readInput(context, path);
  const read = readDecisionFile(bytes, {
    timeZone: options.timeZone,
    ...(options.encoding === undefined ? {} : { encoding: encodingOption(options.encoding) }),
  });
  if (read.ok) return { rows: read.rows, bytes };
  throw refusal(
    path,
    read.problems.map(({ row, column, code, message }) => ({
      place: placeOf(context, row, column),
      message: code === 'encoding-not-utf-8' ? withRemedy(message) : message,
    })),
  );
}

/** How a caller of the command line names an encoding. */
function withRemedy({ fr, en }: Localized): Localized {
  return { fr: `${fr} Par exemple\u00a0: --encoding windows-1252.`, en: `${en} For example: --encoding windows-1252.` };
}

/** `row 3, mark`; a problem of the whole file has neither. */
function placeOf(context: CommandContext, row: number | null, column: string | null): string {
  const rowWord = context.language === 'fr' ? 'ligne' : 'row';
  return [row === null ? undefined : `${rowWord} ${row}`, column ?? undefined]
    .filter((part) => part !== undefined)
    .join(', ');
}

const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;

function encodingOption(text: string): (typeof ENCODINGS)[number] {
  const known = ENCODINGS.find((encoding) => encoding === text.toLowerCase());
  if (known !== undefined) return known;
  throw new UsageError({
    fr: `--encoding : « ${text} » inconnu, attendu ${ENCODINGS.join(', ')}`,
    en: `--encoding: unknown "${text}", expected ${ENCODINGS.join(', ')}`,
  });
}

function refusal(
  path: string,
  problems: readonly { readonly place: string; readonly message: Localized }[],
): UsageError {
  const list = (language: 'fr' | 'en') =>
    problems
      .slice(0, SHOWN)
      .map(
        ({ place, message }) =>
          `\n  ${place === '' ? '' : `${place}${language === 'fr' ? ' : ' : ': '}`}${message[language]}`,
      )
      .join('');
  const more = problems.length - SHOWN;
  return new UsageError({
    fr: `${path} ne peut pas être lu, rien n’a été fait :${list('fr')}${more > 0 ? `\n  … et ${more} de plus` : ''}`,
    en: `${path} cannot be read, nothing was done:${list('en')}${more > 0 ? `\n  … and ${more} more` : ''}`,
  });
}
