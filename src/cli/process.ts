import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { keepHeapLean } from '../compose/lean-heap.js';
import type { House } from '../compose.js';
import { type Config, readConfig } from '../config.js';
import { StoreLockedError } from '../ports/store.js';
import type { CommandContext, ExitCode, OpenHouse } from './command.js';
import { endOnCrash } from './crash.js';
import { describeError } from './describe-error.js';
import { HeldByServerError } from './held-by-server.js';
import { languageOf } from './language.js';
import { showProgress } from './progress.js';
import { readsStandardInput, runCommand } from './run.js';
import { runThroughServer } from './run-through-server.js';
import { UsageError } from './usage-error.js';

// The house and all it is built from are loaded when a command opens it: most of what a call costs, and many need none.
const loadComposition = () => import('../compose.js');

/** Runs one call of `sceau` in this process, or through the server that holds the data folder. */
export async function runProcess(words: readonly string[]): Promise<ExitCode> {
  leaveWhenNobodyReads();
  const context = processContext(words);
  const tellCrash = endOnCrash((error) => context.say(`sceau: ${describeError(error)[context.language]}`));
  const house = houseOpener((served) => tellCrash((error) => served.issuing.logger.error('crashed', error)));
  try {
    const exit = await runHereOrThere(words, context, house);
    await house.close();
    return exit;
  } catch (error) {
    context.say(`sceau: ${describeError(error)[context.language]}`);
    return 3;
  }
}

async function runHereOrThere(words: readonly string[], context: CommandContext, house: OpenHouse): Promise<ExitCode> {
  try {
    return await runCommand(words, context, house);
  } catch (error) {
    if (!(error instanceof HeldByServerError)) throw error;
    const { cwd, language } = context;
    const stdin = readsStandardInput(words) ? Buffer.from(await context.readStdin()).toString('base64') : undefined;
    return runThroughServer(
      error.control,
      { words: [...words], cwd, language, ...(stdin === undefined ? {} : { stdin }) },
      context,
    );
  }
}

/** A reader that had enough (`sceau … | head`) ends the call, as it ends any program of the shell. */
function leaveWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

function processContext(words: readonly string[]): CommandContext {
  return {
    cwd: process.cwd(),
    language: languageOf(words, process.env),
    environment: process.env,
    write: (answer) => {
      process.stdout.write(answer);
    },
    say: (text) => {
      process.stderr.write(`${text}\n`);
    },
    progress: showProgress,
    readStdin: async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    },
    flushed: async () => {
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
    },
  };
}

/** @param onService is given the house of a service, which tells what happens in its log. */
function houseOpener(onService: (house: House) => void): OpenHouse & { close(): Promise<void> } {
  let opened: Promise<House> | undefined;
  const config = (forService = false) => {
    const level = !forService && process.stderr.isTTY === true ? { SCEAU_LOG_LEVEL: 'silent' } : {};
    return readConfig({ ...level, ...process.env }, process.cwd());
  };
  const openOnce = (settings: Config) => {
    opened ??= open(settings);
    return opened;
  };
  return {
    async open(options = {}) {
      if (options.forBatch === true) keepHeapLean();
      const settings = config(options.forService);
      if (options.create !== true && !(await hasStore(settings))) {
        const directory = settings.dataDirectory;
        throw new UsageError({
          fr: `il n’y a pas de données dans ${directory} (SCEAU_DATA_DIR) ; commencez par « sceau init » ou « sceau issue »`,
          en: `there is no data in ${directory} (SCEAU_DATA_DIR); begin with "sceau init" or "sceau issue"`,
        });
      }
      const house = await openOnce(settings);
      if (options.forService === true) onService(house);
      if (options.forBatch === true) stopOnSignal(house);
      return house;
    },
    async openIfPresent() {
      const settings = config();
      return (await hasStore(settings)) ? openOnce(settings) : undefined;
    },
    async close() {
      const house = await opened?.catch(() => undefined);
      await house?.close();
    },
  };
}

/** The first signal ends a batch after what is under way; a second one ends the process, which loses nothing either. */
function stopOnSignal(house: House): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => house.beginStop());
}

/** @throws the system's refusal when the folder is there but cannot be looked into. */
async function hasStore(settings: Config): Promise<boolean> {
  const { storeExists } = await loadComposition();
  if (storeExists(settings)) return true;
  await readdir(settings.dataDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return false;
}

async function open(settings: Config): Promise<House> {
  const { findControl, openHouse } = await loadComposition();
  try {
    return await openHouse(settings);
  } catch (error) {
    if (!(error instanceof StoreLockedError)) throw error;
    const control = await findControl(settings.dataDirectory);
    if (control === undefined) throw error;
    throw new HeldByServerError(control, error);
  }
}
