import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { House } from '../compose.js';
import type { Dispatch } from './command.js';
import { type ControlServer, serveControl } from './serve-control.js';

/** Longest path a Unix socket takes on every system we know. */
const SOCKET_PATH_LENGTH = 100;

export interface ServedHouse {
  /** `127.0.0.1:3000` */
  readonly address: string;
  /** Settles when the service was told to stop and has finished what it had accepted. */
  readonly stopped: Promise<void>;
}

/**
 * Serves a house over HTTP, and takes commands for it over a socket in the data folder while it holds the store. Stops
 * on SIGINT and SIGTERM: accepts nothing new, finishes what it has; a second signal ends it at once.
 * @throws {ListenError}
 */
export async function serveHouse(house: House, dispatch: Dispatch): Promise<ServedHouse> {
  const server = await house.listen();
  const { path, folder } = await controlPath(house.config.dataDirectory);
  const control = await serveControl({
    path,
    logger: house.issuing.logger,
    run: (words, context) => dispatch(words, context, { open: async () => house, openIfPresent: async () => house }),
  });
  await house.announceControl(path);

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopEverything(server, control, folder);
    return stopping;
  };
  const stopped = new Promise<void>((resolve, reject) => {
    const onSignal = () => {
      if (stopping !== undefined) process.exit(1);
      stop().then(resolve, reject);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
  return { address: `${server.host}:${server.port}`, stopped };
}

async function stopEverything(
  server: { close(): Promise<void> },
  control: ControlServer,
  folder: string | undefined,
): Promise<void> {
  await Promise.all([server.close(), control.close()]);
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}

/** In the data folder, or in a private temporary one where that path is too long for a socket. */
async function controlPath(dataDirectory: string): Promise<{ readonly path: string; readonly folder?: string }> {
  const path = join(dataDirectory, 'control.sock');
  if (path.length <= SOCKET_PATH_LENGTH) return { path };
  const folder = await mkdtemp(join(tmpdir(), 'sceau-'));
  return { path: join(folder, 'control.sock'), folder };
}
