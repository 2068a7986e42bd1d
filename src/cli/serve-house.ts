import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { House } from '../compose.js';
import type { Dispatch } from './command.js';
import { logRuntimeWarnings } from './runtime-warnings.js';
import { serveControl } from './serve-control.js';

/** Longest path a Unix socket takes on every system we know. */
const SOCKET_PATH_LENGTH = 100;
const MILLISECONDS_PER_SECOND = 1_000;
/** Of a service that was told twice: not everything was finished. */
const STOPPED_AT_ONCE = 3;

export interface ServedHouse {
  /** `127.0.0.1:3000` */
  readonly address: string;
  /** Settles when the service was told to stop and has finished what it had accepted. */
  readonly stopped: Promise<void>;
}

/**
 * Serves a house over HTTP, and takes commands for it over a socket in the data folder while it holds the store in it. Stops
 * on SIGINT and SIGTERM: accepts nothing new, finishes what it has; a second signal ends it at once, which loses nothing
 * that was acknowledged.
 * @throws {ListenError}
 */
export async function serveHouse(house: House, dispatch: Dispatch): Promise<ServedHouse> {
  const { config, issuing, stopping } = house;
  const { logger } = issuing;
  logRuntimeWarnings(logger);
  const server = await house.listen();
  const control = await takeCommands(house, dispatch);

  const stop = async () => {
    house.beginStop();
    logger.info('stopping', { drainSeconds: config.drainSeconds });
    const [{ cut }] = await Promise.all([server.close(), control?.close()]);
    if (cut > 0) logger.warn('requests-cut', { requests: cut });
  };
  const stopped = new Promise<void>((resolve, reject) => {
    const onSignal = () => {
      if (!stopping.aborted) return void stop().then(resolve, reject);
      logger.warn('stopped-at-once');
      return process.exit(STOPPED_AT_ONCE);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
  return { address: `${server.host}:${server.port}`, stopped };
}

/** A store in a database needs none: a command opens it beside the service. */
async function takeCommands(house: House, dispatch: Dispatch): Promise<{ close(): Promise<void> } | undefined> {
  const { config, issuing } = house;
  if (config.database !== undefined) return undefined;
  const { path, folder } = await controlPath(config.dataDirectory);
  const control = await serveControl({
    path,
    logger: issuing.logger,
    drainMilliseconds: config.drainSeconds * MILLISECONDS_PER_SECOND,
    run: (words, context) => dispatch(words, context, { open: async () => house, openIfPresent: async () => house }),
  });
  await house.announceControl(path);
  return {
    async close() {
      await control.close();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** In the data folder, or in a private temporary one where that path is too long for a socket. */
async function controlPath(dataDirectory: string): Promise<{ readonly path: string; readonly folder?: string }> {
  const path = join(dataDirectory, 'control.sock');
  if (path.length <= SOCKET_PATH_LENGTH) return { path };
  const folder = await mkdtemp(join(tmpdir(), 'sceau-'));
  return { path: join(folder, 'control.sock'), folder };
}
