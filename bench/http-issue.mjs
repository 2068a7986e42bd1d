// How many credentials a second does `POST /credentials/issue` issue, stored durably, with many clients at once? The
// service runs in a process of its own, the clients in this one. Each answer is a new badge with two proofs, verified
// before it was stored. Besides the rate it prints what an answer costs the processor: the service, and the clients, which
// share the machine with it.
// Run: npm run build && node bench/http-issue.mjs [SECONDS=10] [CLIENTS=64] [--json]
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { load, openBenchHouse, readSession } from './support/bench-house.mjs';
import { tell } from './support/figures.mjs';
import { inventedSession } from './support/invented-cohort.mjs';
import { askFor } from './support/keep-alive-client.mjs';
import { answerProcessor, messageFrom, processorHere, processorOf } from './support/serving-child.mjs';

const SELF = fileURLToPath(import.meta.url);
/** Answers before it is measured: what runs often has been compiled by then. */
const WARM_UP = 3_000;
const PROOF = Buffer.from('"proofValue"');

if (process.argv[2] === 'serve') await serve();
else {
  const [seconds = 10, clients = 64] = process.argv
    .slice(2)
    .filter((word) => /^\d+$/.test(word))
    .map(Number);
  await measure(seconds, clients);
}

/** Says where it listens, who may issue and what, then answers until it is told to stop. */
async function serve() {
  const { house, remove } = await openBenchHouse({ PORT: '0' });
  const { issueBatch } = await load('issuing/issue-batch.js');
  const { findHeldBadge } = await load('issuing/badges.js');
  const { rows } = await issueBatch(house.issuing, await readSession(house, inventedSession(1)));
  const { document } = await findHeldBadge(house.issuing, rows[0].credentialId);
  const { proof: _, id: __, credentialStatus: ___, ...credential } = document;
  const { secret } = await house.tokens.create({ scopes: ['issue'] });
  const { port, close } = await house.listen();
  process.send({ port, secret, credential });
  answerProcessor();
  process.once('SIGTERM', async () => {
    await close();
    await remove();
    process.exit();
  });
}

async function measure(seconds, clients) {
  const server = fork(SELF, ['serve']);
  const { port, secret, credential } = await messageFrom(server);
  const asked = { port, connections: clients, status: 201, next: requests(secret, credential), isGood: hasTwoProofs };
  for (let answered = 0; answered < WARM_UP; ) answered += (await askFor({ ...asked, seconds: 1 })).answers;
  const before = { server: await processorOf(server), clients: processorHere() };
  const { perSecond, latencies, answers } = await askFor({ ...asked, seconds });
  const cost = (used) => `${Math.round(used / answers)} µs`;
  const cpu = cost((await processorOf(server)) - before.server);
  const clientCpu = cost(processorHere() - before.clients);
  server.kill();
  const at = (share) => Math.round(latencies[Math.floor(latencies.length * share)]);
  const figure = { measured: Math.round(perSecond), unit: '1/s', reach: 1_000, least: 400 };
  tell([{ name: 'POST /credentials/issue, durable', ...figure, p50: at(0.5), p99: at(0.99), cpu, clientCpu }]);
}

/** Requests for badges that differ in their id. */
function requests(secret, credential) {
  const mark = `urn:uuid:${randomUUID()}`;
  const body = JSON.stringify({ credential: { id: mark, ...credential }, options: {} });
  const head = [
    'POST /credentials/issue HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${secret}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ].join('\r\n');
  const [start, end] = `${head}\r\n\r\n${body}`.split(mark).map((part) => Buffer.from(part));
  return () => Buffer.concat([start, Buffer.from(`urn:uuid:${randomUUID()}`), end]);
}

function hasTwoProofs(answer) {
  const first = answer.indexOf(PROOF);
  return first > 0 && answer.indexOf(PROOF, first + 1) > 0;
}
