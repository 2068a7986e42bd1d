import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { House } from '../compose.js';
import { zLanguage } from '../text/localized.js';
import type { CommandContext, Dispatch, ExitCode } from './command.js';

/**
 * While a server holds the embedded store, commands run inside it: the command line sends its words over a Unix socket
 * (0600, in the data folder) and prints what comes back. One JSON object a line in both directions.
 */
const zRequest = z.strictObject({
  words: z.array(z.string()),
  cwd: z.string(),
  language: zLanguage,
  isTerminal: z.boolean(),
  environment: z.record(z.string(), z.string()),
  /** Base64; absent when nothing was piped in. */
  stdin: z.string().optional(),
});
export type ControlRequest = z.infer<typeof zRequest>;

const zReply = z.union([
  z.strictObject({ write: z.string() }),
  z.strictObject({ say: z.string() }),
  z.strictObject({ progress: z.strictObject({ done: z.number(), total: z.number(), label: z.string() }) }),
  z.strictObject({ exit: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]) }),
]);
type ControlReply = z.infer<typeof zReply>;

/** Listens for commands on `path` and runs them in this process. */
export async function serveControl(path: string, house: House, run: Dispatch): Promise<Server> {
  await rm(path, { force: true });
  const server = createServer((socket) => {
    const lines = createInterface({ input: socket });
    socket.on('error', () => lines.close());
    lines.once('line', (line) => {
      void answer(line, socket, house, run);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  return server;
}

async function answer(line: string, socket: Socket, house: House, run: Dispatch): Promise<void> {
  const reply = (message: ControlReply) => socket.write(`${JSON.stringify(message)}\n`);
  const parsed = zRequest.safeParse(parseLine(line));
  if (!parsed.success) {
    reply({ say: 'sceau: this server does not understand the command line; are both of the same version?' });
    reply({ exit: 3 });
    socket.end();
    return;
  }
  const request = parsed.data;
  const exit = await run(
    request.words,
    {
      cwd: request.cwd,
      language: request.language,
      environment: request.environment,
      isTerminal: request.isTerminal,
      write: (value) => reply({ write: Buffer.from(value).toString('base64') }),
      say: (text) => reply({ say: text }),
      progress: (done, total, label) => reply({ progress: { done, total, label } }),
      readStdin: async () => Buffer.from(request.stdin ?? '', 'base64'),
    },
    { open: async () => house, openIfPresent: async () => house },
  );
  reply({ exit });
  socket.end();
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Has a running server carry out a command; its answers appear here. */
export async function runThroughServer(
  path: string,
  request: ControlRequest,
  context: CommandContext,
): Promise<ExitCode> {
  const socket = connect(path);
  return new Promise<ExitCode>((resolve, reject) => {
    let exit: ExitCode | undefined;
    socket.once('error', reject);
    socket.once('close', () => {
      if (exit === undefined) reject(new Error('the server closed the connection before the command was done'));
      else resolve(exit);
    });
    createInterface({ input: socket }).on('line', (line) => {
      const reply = zReply.parse(parseLine(line));
      if ('write' in reply) context.write(Buffer.from(reply.write, 'base64'));
      else if ('say' in reply) context.say(reply.say);
      else if ('progress' in reply) context.progress(reply.progress.done, reply.progress.total, reply.progress.label);
      else exit = reply.exit;
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });
}
