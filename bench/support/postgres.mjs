// A PostgreSQL server of a bench's own, durable as in production, and databases in it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const SERVER = fileURLToPath(new URL('../../test/support/postgres-server.mjs', import.meta.url));
let made = 0;

/** Starts it. `newDatabase` gives the URL of an empty database; `end` stops it and removes its data. */
export async function startBenchServer() {
  const child = spawn(process.execPath, [SERVER, '--durable'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { url, error } = JSON.parse((await lines.next()).value);
  if (url === undefined) throw new Error(error);
  return {
    async newDatabase() {
      made += 1;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`CREATE DATABASE bench_${made}`);
      await client.end();
      const own = new URL(url);
      own.pathname = `/bench_${made}`;
      return own.href;
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
