// How many credentials a second does `POST /credentials/issue` issue, stored durably, with many clients at once? The
// service runs in a process of its own, the clients in this one. Each answer is a new badge with two proofs, verified
// before it was stored.
// Run: npm run build && node bench/http-issue.mjs [SECONDS=10] [CLIENTS=64] [--json]
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { load, openBenchHouse, readSession } from './support/bench-house.mjs';
import { tell } from './support/figures.mjs';
import { inventedSession } from './support/invented-cohort.mjs';

const SELF = fileURLToPath(import.meta.url);
const WARM_UP = 100;

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
  process.once('message', async () => {
    await close();
    await remove();
    process.exit();
  });
}

async function measure(seconds, clients) {
  const server = fork(SELF, ['serve']);
  const { port, secret, credential } = await new Promise((resolve, reject) => {
    server.once('message', resolve);
    server.once('exit', (code) => reject(new Error(`the service ended with code ${code}`)));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const text = JSON.stringify({ credential: { id: 'an id', ...credential }, options: {} });
  const issue = () => post({ port, secret, agent, body: text.replace('an id', `urn:uuid:${randomUUID()}`) });
  for (let number = 0; number < WARM_UP; number += 1) await issue();
  let issued = 0;
  const began = performance.now();
  const ends = began + seconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < ends) {
        await issue();
        issued += 1;
      }
    }),
  );
  const perSecond = Math.round(issued / ((performance.now() - began) / 1_000));
  agent.destroy();
  server.removeAllListeners('exit');
  server.send('stop');
  await new Promise((resolve) => server.once('exit', resolve));
  tell([{ name: 'POST /credentials/issue, durable', measured: perSecond, unit: '/s', reach: 1_000, least: 400 }]);
}

/** @throws when the answer is not 201 and a badge with two proofs. */
function post({ port, secret, body, agent }) {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        path: '/credentials/issue',
        method: 'POST',
        agent,
        headers: {
          Authorization: `Bearer ${secret}`,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
        },
      },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const proofs = text.split('"proofValue"').length - 1;
          if (answer.statusCode === 201 && proofs === 2) resolve();
          else reject(new Error(`${answer.statusCode} ${text.slice(0, 500)}`));
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
