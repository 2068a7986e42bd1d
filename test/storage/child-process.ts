import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles child-writer.ts into a folder, so that a plain Node can run it. @returns the path of the bundle. */
export async function bundleWriter(folder: string): Promise<string> {
  const outfile = join(folder, 'writer.mjs');
  const entry = fileURLToPath(new URL('./child-writer.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return outfile;
}

/** A process that runs child-writer.ts, and what it has told so far. */
export class Writer {
  readonly told: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #waiting: (() => void)[] = [];
  #over = false;

  constructor(bundle: string, directory: string, run: string, mode: 'append' | 'hold') {
    this.#child = spawn(process.execPath, [bundle, directory, run, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
    const { stdout } = this.#child;
    if (stdout === null) throw new Error('the child has no stdout');
    const lines = createInterface({ input: stdout });
    lines.on('line', (line) => {
      this.told.push(line);
      this.#wake();
    });
    this.#ended = Promise.all([once(lines, 'close'), once(this.#child, 'exit')]).then(() => {
      this.#over = true;
      this.#wake();
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when it has told this many lines, or ended. */
  async lines(count: number): Promise<void> {
    while (this.told.length < count && !this.#over) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** `kill -9`; resolves when it is gone and everything it told was read. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
