import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SERVER = fileURLToPath(new URL('./postgres-server.mjs', import.meta.url));

const zAnswer = z.union([
  z.strictObject({ url: z.string() }),
  z.strictObject({ done: z.string() }),
  z.strictObject({ error: z.string() }),
]);

/** A PostgreSQL server that belongs to whoever started it. */
export interface PostgresServer {
  /** Of its first database, with a user who may do anything. */
  readonly url: string;
  /** Stops it as a crash would: connections are cut, and nothing is put away. */
  crash(): Promise<void>;
  /** Starts it again, on the same port and data. */
  restart(): Promise<void>;
  /** Stops it for good and removes its data. */
  end(): Promise<void>;
}

/** Starts a server in a temporary folder. @throws with the reason when it does not start. */
export async function startPostgres(): Promise<PostgresServer> {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [SERVER], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value } = await answers.next();
    const parsed = zAnswer.parse(value === undefined ? { error: 'the server process ended' } : JSON.parse(value));
    if ('error' in parsed) throw new Error(parsed.error);
    return parsed;
  };
  const command = async (name: string): Promise<void> => {
    child.stdin.write(`${name}\n`);
    await answer();
  };
  const end = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  try {
    const first = await answer();
    if (!('url' in first)) throw new Error('the server did not say where it is');
    return { url: first.url, crash: () => command('stop'), restart: () => command('start'), end };
  } catch (error) {
    await end();
    throw error;
  }
}
