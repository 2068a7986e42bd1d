import type { House } from '../compose.js';
import type { Language, Localized } from '../text/localized.js';

/** What a command sees of the world; the same command runs in a terminal or inside a running server. */
export interface CommandContext {
  readonly cwd: string;
  readonly language: Language;
  /** Environment variables, as `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Answers: what the command is for. Bytes or text. */
  write(answer: string | Uint8Array): void;
  /** Words for people: stderr. A line feed is added. */
  say(text: string): void;
  /** A progress line that replaces itself; nothing when nobody watches. */
  progress(done: number, total: number, label: string): void;
  /** All of standard input. */
  readStdin(): Promise<Uint8Array>;
  /** Resolves when what was written has left: who writes much waits for it, so that it does not pile up in memory. */
  flushed(): Promise<void>;
}

/** 0 done, answer is yes · 1 the answer is no · 2 wrong call or configuration · 3 something broke. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Values of a command's options, as `node:util` parses them. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** Placeholder in the usage line: `FILE`. */
  readonly value?: string;
  readonly required?: boolean;
}

export interface Command {
  /** Words that name it: `['programme', 'check']`. */
  readonly name: readonly string[];
  readonly summary: Localized;
  /** Placeholders of positional arguments: `['FILE…']`. */
  readonly positionals?: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** `-` among its words is standard output: nothing is read from standard input. */
  readonly dashIsOutput?: true;
  /** Holds the store for as long as it runs: never carried out inside the server that holds it already. */
  readonly ownsStore?: true;
  run(call: CommandCall): Promise<ExitCode>;
}

/** One call of a command: its arguments, and the house when it needs one. */
export interface CommandCall {
  readonly context: CommandContext;
  readonly values: OptionValues;
  readonly positionals: readonly string[];
  readonly house: OpenHouse;
  /** Runs another call: a server takes commands while it holds the store. */
  readonly dispatch: Dispatch;
}

/** Runs one call of the command line to its exit code. */
export type Dispatch = (words: readonly string[], context: CommandContext, house: OpenHouse) => Promise<ExitCode>;

/**
 * The house of this data folder: opened at the first call and closed by whoever runs the command. With `create` a
 * missing data folder is made; without, its absence is a usage error, and `optional` answers undefined instead.
 */
export interface OpenHouse {
  /**
   * @param options.forService it logs to stderr; a single command on a terminal speaks in words only.
   * @param options.forBatch the command ends by itself once the house is stopping: a signal asks it to.
   */
  open(options?: {
    readonly create?: boolean;
    readonly forService?: boolean;
    readonly forBatch?: boolean;
  }): Promise<House>;
  openIfPresent(): Promise<House | undefined>;
}
