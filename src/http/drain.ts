import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * A connection on which nothing is asked by then is cut: what its client had sent before it was told has arrived, and a
 * client that only holds it keeps nobody waiting.
 */
const GRACE_MILLISECONDS = 1_000;

/** What became of the connections. */
export interface Drained {
  /** Requests that were not answered in time; their connections were cut. */
  readonly cut: number;
}

/** Knows the connections of a server, and which of them are being answered. */
export interface Connections {
  /**
   * Accepts no more connections, answers what is asked on those there are, and closes each after its answer.
   * @param milliseconds for all of it; then what is left is cut.
   */
  drain(milliseconds: number): Promise<Drained>;
}

/** Follows the connections of a server from now on. Called before it listens. */
export function followConnections(server: Server): Connections {
  /** Each connection with the answers under way on it. */
  const connections = new Map<Socket, Set<ServerResponse>>();
  let isDraining = false;

  server.on('connection', (socket: Socket) => {
    connections.set(socket, new Set());
    socket.once('close', () => connections.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    const answers = connections.get(socket);
    answers?.add(response);
    response.once('close', () => answers?.delete(response));
    if (isDraining) closeAfter(response);
  });

  function cut(isLeft: (answers: ReadonlySet<ServerResponse>) => boolean): number {
    let requests = 0;
    for (const [socket, answers] of connections) {
      if (!isLeft(answers)) continue;
      requests += answers.size;
      socket.destroy();
    }
    return requests;
  }

  return {
    async drain(milliseconds) {
      isDraining = true;
      for (const answers of connections.values()) for (const response of answers) closeAfter(response);
      let left = 0;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const grace = setTimeout(() => cut((answers) => answers.size === 0), Math.min(GRACE_MILLISECONDS, milliseconds));
      const limit = setTimeout(() => {
        left = cut(() => true);
      }, milliseconds);
      await closed;
      clearTimeout(grace);
      clearTimeout(limit);
      return { cut: left };
    },
  };
}

/** Says `Connection: close` in an answer that has not begun; one that has ends its connection by the server's own rule. */
function closeAfter(response: ServerResponse): void {
  response.shouldKeepAlive = false;
}
