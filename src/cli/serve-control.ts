import { chmod, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import type { Logger } from '../ports/logger.js';
import type { CommandContext, ExitCode } from './command.js';
import { type ControlReply, parseLine, zControlRequest } from './control-messages.js';
import { describeError } from './describe-error.js';

/** A decision file of the largest size, in base64, fits; a line without an end is not collected for ever. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;
const REQUEST_TIMEOUT_MILLISECONDS = 10_000;
const NEWLINE = 0x0a;

type RunCommand = (words: readonly string[], context: CommandContext) => Promise<ExitCode>;

/** A socket on which commands are taken. */
export interface ControlServer {
  /** Takes no more commands, lets those under way finish within their limit, and resolves when all is closed. */
  close(): Promise<void>;
}

/**
 * While a server holds the embedded store, commands run inside it: the command line sends its words over a Unix socket
 * that only its owner may open, and prints what comes back. A command whose caller goes away is finished all the same.
 */
export async function serveControl(options: {
  readonly path: string;
  readonly logger: Logger;
  readonly run: RunCommand;
  /** How long commands under way may take once it is closed. */
  readonly drainMilliseconds: number;
}): Promise<ControlServer> {
  const { path, logger, run, drainMilliseconds } = options;
  await rm(path, { force: true });
  const waiting = new Set<Socket>();
  const working = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    // Whoever hangs up has nobody left to tell.
    socket.on('error', () => socket.destroy());
    void readRequest(socket).then(async (line) => {
      waiting.delete(socket);
      if (line === undefined) return;
      working.add(socket);
      await answer(line, socket, run).catch((error: unknown) => logger.error('control-command-failed', error));
      working.delete(socket);
      socket.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of waiting) socket.destroy();
      const impatience = setTimeout(() => {
        for (const socket of working) socket.destroy();
      }, drainMilliseconds);
      await closed;
      clearTimeout(impatience);
    },
  };
}

/** The first line of a connection; undefined when there is none in time, or it is too long. */
function readRequest(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const deadline = setTimeout(() => socket.destroy(), REQUEST_TIMEOUT_MILLISECONDS);
    const settle = (line: string | undefined) => {
      clearTimeout(deadline);
      socket.off('data', onData);
      resolve(line);
    };
    const onData = (chunk: Buffer) => {
      const end = chunk.indexOf(NEWLINE);
      chunks.push(end === -1 ? chunk : chunk.subarray(0, end));
      length += chunk.length;
      if (end !== -1) settle(Buffer.concat(chunks).toString('utf8'));
      else if (length > MAX_REQUEST_BYTES) socket.destroy();
    };
    socket.on('data', onData);
    socket.once('close', () => settle(undefined));
  });
}

/** Resolves when the caller has taken what was written, or is gone. */
async function drained(socket: Socket): Promise<void> {
  if (!socket.writable || !socket.writableNeedDrain) return;
  await new Promise<void>((resolve) => {
    const settle = () => {
      socket.off('drain', settle);
      socket.off('close', settle);
      resolve();
    };
    socket.on('drain', settle);
    socket.on('close', settle);
  });
}

async function answer(line: string, socket: Socket, run: RunCommand): Promise<void> {
  const reply = (message: ControlReply) => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  const parsed = zControlRequest.safeParse(parseLine(line));
  if (!parsed.success) {
    reply({ say: 'sceau: this server does not understand the command line; are both of the same version?' });
    reply({ exit: 3 });
    return;
  }
  const { words, stdin, ...caller } = parsed.data;
  try {
    const exit = await run(words, {
      ...caller,
      environment: {},
      write: (value) => reply({ write: Buffer.from(value).toString('base64') }),
      say: (text) => reply({ say: text }),
      progress: (done, total, label) => reply({ progress: { done, total, label } }),
      readStdin: async () => Buffer.from(stdin ?? '', 'base64'),
      flushed: () => drained(socket),
    });
    reply({ exit });
  } catch (error) {
    reply({ say: `sceau: ${describeError(error)[caller.language]}` });
    reply({ exit: 3 });
    throw error;
  }
}
