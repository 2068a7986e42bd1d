import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { DomainError } from '../ports/error.js';
import type { CommandContext, ExitCode } from './command.js';
import { type ControlRequest, parseLine, zControlReply } from './control-messages.js';

/** The server that held the store went away before the command was done, or speaks another language. */
export class ServerGoneError extends DomainError {
  override readonly code = 'server-gone';
}

/** Has a running server carry out a command; its answers appear here. @throws {ServerGoneError} */
export async function runThroughServer(
  path: string,
  request: ControlRequest,
  context: Pick<CommandContext, 'write' | 'say' | 'progress' | 'flushed'>,
): Promise<ExitCode> {
  const socket = connect(path);
  return new Promise<ExitCode>((resolve, reject) => {
    let exit: ExitCode | undefined;
    let ended = false;
    const lines = createInterface({ input: socket });
    const fail = (message: string, cause?: unknown) => {
      reject(new ServerGoneError(message, { cause }));
      socket.destroy();
    };
    // The line reader passes its input's errors on, and throws those nobody listens for.
    lines.on('error', (error) => fail(error.message, error));
    socket.on('error', (error) => fail(error.message, error));
    lines.on('line', (line) => {
      const parsed = zControlReply.safeParse(parseLine(line));
      if (!parsed.success) {
        fail('its answer cannot be read; are both of the same version?');
        return;
      }
      const reply = parsed.data;
      if ('write' in reply) {
        context.write(Buffer.from(reply.write, 'base64'));
        // Takes no more from the server than whoever reads here has taken.
        lines.pause();
        context.flushed().then(
          () => {
            if (!ended) lines.resume();
          },
          (error: unknown) => fail('what it sent cannot be written', error),
        );
      } else if ('say' in reply) context.say(reply.say);
      else if ('progress' in reply) context.progress(reply.progress.done, reply.progress.total, reply.progress.label);
      else exit = reply.exit;
    });
    lines.once('close', () => {
      ended = true;
      if (exit === undefined) fail('it closed the connection before the command was done');
      else resolve(exit);
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });
}
