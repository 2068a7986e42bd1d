// Asks over and over on kept connections, one request at a time on each, as plainly as a socket allows: what is measured
// is the server, not the client.
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * @param options.headers as an object. @param options.connections kept open, each with one request under way.
 * @param options.next the bytes of each request; a GET of `path` with `headers` unless told.
 * @param options.isGood is an answer, head and body, what was asked for? Its status is looked at anyhow.
 * @param options.seconds how long, after a quarter of that to warm up.
 * @returns answers a second, their latencies in milliseconds, sorted, and how many there were, warming up included.
 */
export async function askFor(options) {
  const { port, connections = 32, seconds = 4, status = 200, next = gets(options), isGood = () => true } = options;
  const head = Buffer.from(`HTTP/1.1 ${status} `);
  const isExpected = (answer) => answer.subarray(0, head.length).equals(head) && isGood(answer);
  const run = { latencies: [], answers: 0, counting: false, ended: false };
  const all = Array.from({ length: connections }, () => keepAsking({ port, next, isExpected, run }));
  await pause((seconds * 1000) / 4);
  run.counting = true;
  const began = performance.now();
  await pause(seconds * 1000);
  const elapsed = (performance.now() - began) / 1000;
  run.counting = false;
  run.ended = true;
  await Promise.all(all);
  const latencies = run.latencies.sort((one, other) => one - other);
  return { perSecond: latencies.length / elapsed, latencies, answers: run.answers };
}

function gets({ path, headers = {} }) {
  const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return () => request;
}

function keepAsking({ port, next, isExpected, run }) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let pending = Buffer.alloc(0);
    let asked = 0;
    const ask = () => {
      asked = performance.now();
      socket.write(next());
    };
    socket.once('connect', ask);
    socket.once('error', reject);
    socket.once('close', () => (run.ended ? resolve() : reject(new Error('the server closed a connection'))));
    socket.on('data', (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const length = lengthOf(pending);
      if (length === undefined || pending.length < length) return;
      if (!isExpected(pending.subarray(0, length))) {
        reject(new Error(`not the answer that was expected: ${pending.toString('latin1', 0, 1000)}`));
        socket.destroy();
        return;
      }
      pending = pending.subarray(length);
      run.answers += 1;
      if (run.counting) run.latencies.push(performance.now() - asked);
      if (run.ended) socket.end();
      else ask();
    });
  });
}

/** Bytes of the answer that begins here; undefined while its head is not all there. */
function lengthOf(bytes) {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  return end + HEAD_END.length + (length === null ? 0 : Number(length[1]));
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
