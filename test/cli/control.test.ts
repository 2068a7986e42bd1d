import { stat } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext, ExitCode } from '../../src/cli/command.js';
import type { ControlRequest } from '../../src/cli/control-messages.js';
import { runThroughServer, ServerGoneError } from '../../src/cli/run-through-server.js';
import { type ControlServer, serveControl } from '../../src/cli/serve-control.js';
import { removeFolder, temporaryFolder } from '../support/house.js';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const request: ControlRequest = { words: ['anything'], cwd: '/', language: 'en' };

/** What a caller hears. */
function listener() {
  const heard: string[] = [];
  const write = (answer: string | Uint8Array) => heard.push(`wrote ${Buffer.from(answer).toString('utf8')}`);
  return {
    heard,
    context: { write, say: (text: string) => heard.push(`said ${text}`), progress: () => {}, flushed: async () => {} },
  };
}

/** A promise settled from outside. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

describe('the control socket', () => {
  let folder: string;
  let path: string;
  let server: ControlServer | undefined;
  let run: (words: readonly string[], context: CommandContext) => Promise<ExitCode>;

  beforeEach(async () => {
    folder = await temporaryFolder();
    path = join(folder, 'control.sock');
    run = async () => 0;
    server = await serveControl({
      path,
      logger: silent,
      drainMilliseconds: 30_000,
      run: (words, context) => run(words, context),
    });
  });
  afterEach(async () => {
    await server?.close();
    await removeFolder(folder);
  });

  it('is open to its owner only', async () => {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('carries words, answers and the exit code', async () => {
    run = async (words, context) => {
      context.write(words.join(' '));
      context.say('done');
      return 1;
    };
    const { heard, context } = listener();
    expect(await runThroughServer(path, request, context)).toBe(1);
    expect(heard).toEqual(['wrote anything', 'said done']);
  });

  it('answers a malformed line with exit 3 and goes on serving', async () => {
    const socket = connect(path);
    socket.write('{"words": 1}\n');
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('utf8');
    });
    await closed(socket);
    expect(answer.trim().split('\n').at(-1)).toBe('{"exit":3}');
    expect(await runThroughServer(path, request, listener().context)).toBe(0);
  });

  it('cuts off a line without an end, and goes on serving', async () => {
    const socket = connect(path);
    const ended = closed(socket);
    socket.on('error', () => {});
    const megabyte = Buffer.alloc(1024 * 1024, 0x61);
    const pour = () => {
      while (!socket.destroyed && socket.write(megabyte));
    };
    socket.on('drain', pour);
    pour();
    await ended;
    expect(await runThroughServer(path, request, listener().context)).toBe(0);
  });

  it('tells of a command that throws, and goes on serving', async () => {
    run = async () => {
      throw new Error('out of order');
    };
    const { heard, context } = listener();
    expect(await runThroughServer(path, request, context)).toBe(3);
    expect(heard.join()).toContain('out of order');
    run = async () => 0;
    expect(await runThroughServer(path, request, context)).toBe(0);
  });

  it('finishes a command whose caller has gone', async () => {
    const begun = deferred<CommandContext>();
    const goOn = deferred<void>();
    const finished = deferred<void>();
    run = async (_words, context) => {
      begun.resolve(context);
      await goOn.promise;
      context.write('x'.repeat(100_000));
      finished.resolve();
      return 0;
    };
    const socket = connect(path);
    socket.write(`${JSON.stringify(request)}\n`);
    await begun.promise;
    socket.destroy();
    goOn.resolve();
    await finished.promise;
    run = async () => 0;
    expect(await runThroughServer(path, request, listener().context)).toBe(0);
  });

  it('D12 closes at once on callers that never asked, after those whose command is under way', async () => {
    const begun = deferred<void>();
    const goOn = deferred<void>();
    run = async () => {
      begun.resolve();
      await goOn.promise;
      return 0;
    };
    const stuck = connect(path);
    const stuckClosed = closed(stuck);
    stuck.on('error', () => {});
    const { context } = listener();
    const working = runThroughServer(path, request, context);
    await begun.promise;
    const closing = server?.close();
    await stuckClosed;
    goOn.resolve();
    expect(await working).toBe(0);
    await closing;
    server = undefined;
  });

  it('tells the caller that the server is gone, before and in the middle of a command', async () => {
    const { context } = listener();
    await expect(runThroughServer(join(folder, 'none.sock'), request, context)).rejects.toThrow(ServerGoneError);
    const other = join(folder, 'other.sock');
    const rude = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => rude.listen(other, resolve));
    await expect(runThroughServer(other, request, context)).rejects.toThrow(ServerGoneError);
    await new Promise((resolve) => rude.close(resolve));
  });
});
