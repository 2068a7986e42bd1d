import { createServer } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './start-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port on this machine that answers where the test run's PostgreSQL server is. */
    readonly postgresBroker: number;
  }
}

/**
 * One PostgreSQL server for the whole test run, started when the first test file asks for it and gone with the run; or
 * the one that `DATABASE_URL` names. Whoever connects is told `{"url":…}` or `{"error":…}`.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL'];
  let started: Promise<PostgresServer> | undefined;
  const urlOf = async (): Promise<string> => {
    if (given !== undefined && given !== '') return given;
    started ??= startPostgres();
    return (await started).url;
  };
  const broker = createServer((socket) => {
    socket.on('error', () => undefined);
    urlOf().then(
      (url) => socket.end(JSON.stringify({ url })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  const address = broker.address();
  if (address === null || typeof address === 'string') throw new Error('the broker has no port');
  project.provide('postgresBroker', address.port);
  return async () => {
    await new Promise((resolve) => broker.close(resolve));
    await started?.then(
      (server) => server.end(),
      () => undefined,
    );
  };
}
