// How many times a second does the service give a stored badge, its page, a status list or a DID document, warm? The
// service runs in a process of its own on the embedded store; the client asks over loopback on kept connections. Besides
// the rate it prints what an answer costs the server's processor, which is the same on a busy machine.
// Run: npm run build && node bench/hot-paths.mjs [SECONDS=4] [--json]
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { load, openBenchHouse, readSession } from './support/bench-house.mjs';
import { countAsked, tell } from './support/figures.mjs';
import { inventedSession } from './support/invented-cohort.mjs';
import { askFor } from './support/keep-alive-client.mjs';
import { answerProcessor, messageFrom, processorOf } from './support/serving-child.mjs';

const WARM_UP = 10_000;
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const [first] = process.argv.slice(2);
if (first === 'serve') await serve();
else await measure();

async function measure() {
  const seconds = countAsked(4);
  const server = fork(fileURLToPath(import.meta.url), ['serve'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const { port, id, list, issuer } = await messageFrom(server);
  const questions = [
    { name: 'stored badge, warm', path: `/credentials/${id}`, reach: 25_000, least: 10_000 },
    { name: 'stored page, warm', path: `/v/${id}`, headers: { Accept: BROWSER }, reach: 25_000, least: 10_000 },
    { name: 'status list, warm', path: `/status/${list}` },
    { name: 'DID document, warm', path: `/issuers/${issuer}/did.json` },
  ];
  const figures = [];
  const ask = async (question) => {
    // Warm: what runs often has been compiled by now.
    for (let answered = 0; answered < WARM_UP; ) answered += (await askFor({ port, seconds: 1, ...question })).answers;
    const before = await processorOf(server);
    const { perSecond, latencies, answers } = await askFor({ port, seconds, ...question });
    const microseconds = ((await processorOf(server)) - before) / answers;
    figures.push(figureOf(question, { perSecond, latencies, microseconds }));
  };
  for (const question of questions) await ask(question);
  const [badge] = questions;
  const headers = { 'If-None-Match': await etagOf(port, badge) };
  await ask({ name: 'stored badge, 304', path: badge.path, headers, status: 304 });
  server.kill();
  tell(figures);
}

function figureOf({ name, reach, least }, { perSecond, latencies, microseconds }) {
  const at = (share) => Number(latencies[Math.floor(latencies.length * share)].toFixed(2));
  const target = reach === undefined ? {} : { reach, least };
  return {
    name,
    measured: Math.round(perSecond),
    unit: '1/s',
    ...target,
    p50: at(0.5),
    p99: at(0.99),
    cpu: `${Math.round(microseconds)} µs`,
  };
}

async function etagOf(port, { path, headers = {} }) {
  return (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).headers.get('ETag');
}

async function serve() {
  const { house, remove } = await openBenchHouse({ PORT: '0', SCEAU_PUBLIC_URL: 'http://localhost:3000' });
  const { issueBatch } = await load('issuing/issue-batch.js');
  const { rows } = await issueBatch(house.issuing, await readSession(house, inventedSession(5)));
  const id = rows.find(({ credentialId }) => credentialId !== undefined).credentialId;
  const { issuer, versions } = await house.issuing.store.ledger.credential(id);
  const [{ list }] = versions;
  const listening = await house.listen();
  process.send({ port: listening.port, id, list, issuer });
  answerProcessor();
  process.once('SIGTERM', async () => {
    await listening.close();
    await remove();
    process.exit();
  });
}
