// What does a badge take, wherever it leaves something, and what do ten million a year come to? Issues real batches of
// two sizes on each store and takes the slope; fills stores to three sizes and fits a line through their index in memory,
// its file and their start; signs real status lists at several shares of revoked badges.
// Run: npm run build && node --expose-gc bench/scale.mjs [BADGES=900] [--json]
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { load, openBenchHouse, readSession } from './support/bench-house.mjs';
import { countAsked, median, tell } from './support/figures.mjs';
import { fillStore } from './support/filled-store.mjs';
import { inventedSession } from './support/invented-cohort.mjs';

const A_YEAR = 10_000_000;
const LIST_LENGTH = 131_072;
const REVOKED = [0, 0.001, 0.01, 0.05, 0.5];
const FILLED = [5_000, 10_000, 20_000];

const badges = countAsked(900);
const figures = [];
const note = (name, measured, unit) => figures.push({ name, measured, unit });
const rounded = (value, digits = 0) => Number(value.toFixed(digits));

await embedded();
await lists();
await postgres();
note(`status lists of ${LIST_LENGTH} a year, nine tenths full`, Math.ceil(A_YEAR / (LIST_LENGTH * 0.9)), 'lists');
tell(figures);

/** Bytes in the files, and in memory and at a start, of a badge in the embedded store. */
async function embedded() {
  const bench = await openBenchHouse();
  try {
    const few = await issueMore(bench, { count: badges / 3, first: 1 }, () => bytesBelow(bench.folder));
    const many = await issueMore(bench, { count: badges, first: badges }, () => bytesBelow(bench.folder));
    for (const room of Object.keys(many)) {
      note(`embedded, ${room}, a badge`, rounded((many[room] - few[room]) / badges), 'bytes');
    }
    const [document] = await someDocument(bench.house);
    note('signed document, JSON', Buffer.byteLength(JSON.stringify(document)), 'bytes');
    note('signed document, gzip', gzipSync(JSON.stringify(document)).length, 'bytes');
    await filledStores(document);
  } finally {
    await bench.remove();
  }
}

/** Issues one more batch of real badges. @returns what `look` sees afterwards. */
async function issueMore({ house }, { count, first }, look) {
  const { issueBatch } = await load('issuing/issue-batch.js');
  const session = await readSession(house, inventedSession(Math.round(count), { first: Math.round(first) }));
  const { counts } = await issueBatch(house.issuing, session);
  if (counts.issued !== Math.round(count)) throw new Error(`not all were issued: ${JSON.stringify(counts)}`);
  return look();
}

async function someDocument({ issuing }) {
  const { ledger } = issuing.store;
  for (const issuer of await issuing.registry.issuers()) {
    const { entries } = await ledger.credentials(issuer.slug);
    for (const { credential } of entries) return [await ledger.document(credential, 1), issuer];
  }
  throw new Error('nothing was issued');
}

/** Bytes of all files by what they hold. */
async function bytesBelow(folder) {
  const sizes = { chain: 0, payloads: 0, documents: 0, log: 0 };
  for (const path of await readdir(join(folder, 'data'), { recursive: true })) {
    const file = await stat(join(folder, 'data', path));
    if (!file.isFile()) continue;
    const room = /chain-/.test(path) ? 'chain' : /payloads-/.test(path) ? 'payloads' : path.split('/', 1)[0];
    if (room in sizes) sizes[room] += file.size;
  }
  return sizes;
}

/** The index in memory, its file and the start, with so many stored. */
async function filledStores(document) {
  const { addIssuer } = await load('issuing/issuers.js');
  const { openLowdbStore } = await load('storage/lowdb/open-store.js');
  const { systemClock: clock, systemRandom: random } = await load('platform/system.js');
  const seen = [];
  for (const count of FILLED) {
    const { house, folder, remove } = await openBenchHouse();
    try {
      const issuer = await addIssuer(house.issuing, { name: 'Bench', url: 'https://bench.example.org' });
      await fillStore(house.issuing, { issuer: issuer.slug, document, count });
      await house.close();
      const directory = join(folder, 'data');
      const [index] = await Promise.all([stat(join(directory, 'ledger', 'index.bin'))]);
      const starts = [];
      let memory = 0;
      for (let start = 0; start < 3; start += 1) {
        const before = await memoryInUse();
        const began = performance.now();
        const store = await openLowdbStore({ directory, clock, random });
        starts.push(performance.now() - began);
        // The first one: later ones take the place of an index that is not swept up yet.
        if (start === 0) memory = (await memoryInUse()) - before;
        await store.close();
      }
      seen.push({ count, memory, index: index.size, start: median(starts) });
    } finally {
      await remove();
    }
  }
  const slope = (what) => slopeOf(seen.map((each) => [each.count, each[what]]));
  note('embedded, index in memory, a badge', rounded(slope('memory')), 'bytes');
  note('embedded, index file, a badge', rounded(slope('index')), 'bytes');
  note('embedded, start from the index file, 100,000 badges', rounded(slope('start') * 100_000), 'ms');
}

async function memoryInUse() {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Least squares. */
function slopeOf(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const along = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return along / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}

/** How long a signed list is, and what signing it takes, with so many of its badges revoked. */
async function lists() {
  const { house, remove } = await openBenchHouse();
  try {
    const { addIssuer } = await load('issuing/issuers.js');
    const { createStatusLists } = await load('issuing/status-lists.js');
    const issuer = await addIssuer(house.issuing, { name: 'Bench', url: 'https://bench.example.org' });
    for (const share of REVOKED) {
      const bits = new Uint8Array(LIST_LENGTH / 8);
      for (let set = 0; set < share * LIST_LENGTH; set += 1) {
        const index = randomInt(LIST_LENGTH);
        bits[index >> 3] |= 0x80 >> (index & 7);
      }
      const times = [];
      let body = '';
      for (let turn = 0; turn < 15; turn += 1) {
        const ledger = oneList(issuer.slug, bits);
        const lists = createStatusLists({ ...house.issuing, store: { ...house.issuing.store, ledger } });
        ledger.keys = (slug) => house.issuing.store.ledger.keys(slug);
        const began = performance.now();
        ({ body } = await lists.publish(`list-${share}-${turn}`));
        times.push(performance.now() - began);
      }
      const name = `status list, ${share * 100} % revoked`;
      note(name, body.length, 'bytes');
      note(`${name}, gzip on the wire`, gzipSync(body).length, 'bytes');
      note(`${name}, signed and kept`, rounded(median(times), 1), 'ms');
    }
  } finally {
    await remove();
  }
}

/** As much of a ledger as the publication of one list asks for. */
function oneList(issuer, bits) {
  return {
    list: async (list) => ({
      list,
      issuer,
      purpose: 'revocation',
      length: LIST_LENGTH,
      used: LIST_LENGTH,
      revision: 1,
      closed: false,
    }),
    statusBits: async () => bits,
  };
}

/** Bytes of tables and indexes a badge in PostgreSQL, on a server of its own or the one `DATABASE_URL` names. */
async function postgres() {
  const server = await databaseServer();
  if (server.url === undefined) {
    console.error(`not measured on PostgreSQL: ${server.error}`);
    return;
  }
  try {
    const bench = await openBenchHouse({ DATABASE_URL: server.url });
    try {
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      const look = async () => {
        await client.query('VACUUM');
        const { rows } = await client.query(
          `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
           WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
        );
        return Object.fromEntries(rows.map(({ name, bytes }) => [name, Number(bytes)]));
      };
      const few = await issueMore(bench, { count: badges / 3, first: 1 }, look);
      const many = await issueMore(bench, { count: badges, first: badges }, look);
      let all = 0;
      for (const [table, bytes] of Object.entries(many)) {
        const each = (bytes - (few[table] ?? 0)) / badges;
        all += each;
        if (each >= 50) note(`PostgreSQL, ${table}, a badge`, rounded(each), 'bytes');
      }
      note('PostgreSQL, all tables and indexes, a badge', rounded(all), 'bytes');
      await client.end();
    } finally {
      await bench.remove();
    }
  } finally {
    server.stop();
  }
}

async function databaseServer() {
  const named = process.env['DATABASE_URL'];
  if (named !== undefined) return { url: named, stop: () => undefined };
  const script = fileURLToPath(new URL('../test/support/postgres-server.mjs', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  for await (const line of createInterface(child.stdout)) {
    const { url, error } = JSON.parse(line);
    return { url, error, stop: () => child.stdin.end() };
  }
  return { error: 'no server answered', stop: () => undefined };
}
