// What the embedded store costs: one more badge at 100 and at 100,000 stored, start-up, memory, documents and log.
// Run after a build: `node --expose-gc bench/storage.mjs [--credentials 100000] [--dist ../dist/]`.
// It writes about 9 kB a credential to a temporary folder and removes it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { credentials: { type: 'string', default: '100000' }, dist: { type: 'string', default: '../dist/' } },
});
const many = Number(values.credentials);
const few = 100;
const { openLowdbStore } = await import(new URL(`${values.dist}storage/lowdb/open-store.js`, import.meta.url).href);

const random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };
const clock = { now: () => Date.now() };
const issuer = 'universite-exemple';
const hex = (length) => Buffer.from(random.bytes(length)).toString('hex');
const body = 'x'.repeat(4_300);
const lists = Array.from({ length: Math.ceil((many * 1.2) / 131_072) }, (_, number) => `list-${number}`);

const folder = mkdtempSync(join(tmpdir(), 'sceau-bench-'));
const open = (name) => openLowdbStore({ directory: join(folder, name), clock, random });

function badge(number) {
  const credential = hex(13);
  const [list, index] = [lists[Math.floor(number / 131_072)], number % 131_072];
  const reserved = { kind: 'reserved', issuer, credential, version: 1, list, index, ref: hex(32), source: 'jury' };
  return [
    { event: reserved, actor: 'bench', payload: { credential, body } },
    { event: { kind: 'issued', issuer, credential, version: 1 }, actor: 'bench', payload: { credential, body } },
  ];
}

async function fill(store, count) {
  for (const list of lists) {
    const event = { kind: 'list-opened', issuer, list, purpose: 'revocation', length: 131_072 };
    await store.ledger.append([{ event, actor: 'bench' }]);
  }
  for (let from = 0; from < count; from += 250) {
    const chunk = Array.from({ length: Math.min(250, count - from) }, (_, number) => badge(from + number));
    await store.ledger.append(chunk.map(([reserved]) => reserved));
    await store.ledger.append(chunk.map(([, issued]) => issued));
  }
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (numbers) => [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)];
const show = (name, value) => console.log(`${name.padEnd(64)} ${value}`);
const ms = (value) => `${value.toFixed(value < 10 ? 3 : 0)} ms`;

async function memory() {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

try {
  const small = await open('small');
  await fill(small, few);
  let large = await open('large');
  show(`fill with ${many} credentials, 250 a call`, ms(await timed(() => fill(large, many))));
  await large.close();
  large = undefined;

  const before = await memory();
  const [start, startCpu] = [performance.now(), process.cpuUsage()];
  large = await open('large');
  const cpu = process.cpuUsage(startCpu);
  show(`start-up, ${many} credentials`, ms(performance.now() - start));
  show('  of that on a processor', ms((cpu.user + cpu.system) / 1_000));
  show('index in memory, a credential', `${Math.round(((await memory()) - before) / many)} bytes`);

  // Turn and turn about, so that whatever else the machine does falls on both.
  const costs = { few: [], many: [] };
  for (let turn = 0; turn < 400; turn += 1) {
    for (const [name, store, base] of [
      ['few', small, few],
      ['many', large, many],
    ]) {
      const [reserved, issued] = badge(base + turn);
      costs[name].push(
        await timed(async () => {
          await store.ledger.append([reserved]);
          await store.ledger.append([issued]);
        }),
      );
    }
  }
  show(`one more badge (reserve, issue), ${few} stored`, ms(median(costs.few)));
  show(`one more badge (reserve, issue), ${many} stored`, ms(median(costs.many)));
  show('ratio', (median(costs.many) / median(costs.few)).toFixed(2));

  const [sample] = badge(many + 500);
  await large.ledger.append([sample]);
  const reads = [];
  for (let turn = 0; turn < 500; turn += 1) {
    reads.push(await timed(() => large.ledger.reservation(sample.event.credential, 1)));
  }
  show('read one document', ms(median(reads)));
  show('append 100 at once, one by one, a badge', ms((await timed(() => together(large, many + 1_000, 100))) / 100));
  show('check of every record and payload', ms(await timed(() => large.ledger.check())));
  show('erase one ref', ms(await timed(() => erase(large, sample.event.ref))));

  const cohort = { issuer, collection: 'engagements', name: 'bench' };
  const dossier = { body: body.slice(0, 2_000) };
  await large.documents.transact(cohort, async (transaction) => {
    for (let number = 0; number < 2_000; number += 1) await transaction.put(`e${number}`, dossier);
  });
  const edits = [];
  for (let turn = 0; turn < 30; turn += 1) {
    edits.push(
      await timed(() => large.documents.transact(cohort, (transaction) => transaction.put(`e${turn}`, dossier))),
    );
  }
  show('edit one of 2,000 documents of 2 kB', ms(median(edits)));

  const row = (number) => ({ issuer, topic: 'batch', key: `row-${number}`, value: { outcome: 'issued', number } });
  await large.log.put(Array.from({ length: 20_000 }, (_, number) => row(number)));
  const puts = [];
  for (let turn = 0; turn < 100; turn += 1) puts.push(await timed(() => large.log.put([row(turn * 97)])));
  show('put one log row among 20,000', ms(median(puts)));
  await small.close();
  await large.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function together(store, from, count) {
  return Promise.all(Array.from({ length: count }, (_, number) => store.ledger.append(badge(from + number))));
}

function erase(store, ref) {
  return store.ledger.append([{ event: { kind: 'erased', issuer, refs: [ref] }, actor: 'bench' }]);
}
