// How many badges of others does a process verify a second, how long does one take, and how much memory does it need:
// alone, and while another process keeps sending badges made to be hard. No badge is handed in twice within the memory
// of the verifier.
// Run: npm run build && node bench/verify.mjs [SECONDS=10] [AT_ONCE=4]
import { execFileSync, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SELF = fileURLToPath(import.meta.url);
const DIST = new URL('../dist/', import.meta.url);
const PROGRAMME = fileURLToPath(new URL('../programmes/ecstra/', import.meta.url));
/** More than the verifier remembers. */
const BADGES = 600;
/** Poisoned badges under way at any time. */
const HOSTILE_AT_ONCE = 8;
const PUBLIC_URL = 'https://badges.example.org';

const load = (path) => import(new URL(path, DIST).href);
const roles = { serve, check, poison };
const [role, ...parameters] = process.argv.slice(2);
if (role in roles) await roles[role](...parameters);
else await measureAll(Number(role ?? 10), Number(parameters[0] ?? 4));

async function measureAll(seconds, atOnce) {
  const folder = await mkdtemp(join(tmpdir(), 'sceau-bench-'));
  try {
    const badges = await foreignBadges(folder);
    const file = join(folder, 'badges.json');
    await writeFile(file, JSON.stringify(badges));
    const table = [];
    for (const hostile of [false, true]) {
      table.push({
        what: 'POST /verify',
        hostile,
        ...(await measureServer({ folder, badges, seconds, atOnce, hostile })),
      });
      table.push({ what: 'use case', hostile, ...(await inChild(['check', file, seconds, atOnce, hostile])) });
    }
    console.log(`Node ${process.version}, ${atOnce} at once, ${seconds} s each`);
    console.table(table);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function environmentIn(folder) {
  return {
    ...process.env,
    SCEAU_DATA_DIR: join(folder, 'data'),
    SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
    SCEAU_PUBLIC_URL: PUBLIC_URL,
    SCEAU_LOG_LEVEL: 'error',
    SCEAU_RATE_VERIFY: '0',
  };
}

/** Badges of an issuer that describes its key itself, so that nothing is fetched; their content is a real cohort's. */
async function foreignBadges(folder) {
  const file = (name) => join(PROGRAMME, name);
  const out = join(folder, 'issued');
  execFileSync(
    process.execPath,
    [
      ...[fileURLToPath(new URL('main.js', DIST)), 'issue', '--programme', file('programme.json')],
      ...['--engagements', file('engagements.json'), '--decisions', file('jury-decisions.csv'), '--out', out],
    ],
    { env: environmentIn(folder), stdio: ['ignore', 'ignore', 'ignore'] },
  );
  const [issued] = readdirSync(out).filter((name) => name.endsWith('.json'));
  const { proof, credentialStatus, ...content } = JSON.parse(readFileSync(join(out, issued), 'utf8'));
  const [{ generateKeyPair }, { createKeySigner }, { addProofs }, { verificationParts }] = await Promise.all(
    ['keys/key-pair.js', 'keys/key-signer.js', 'proof/sign.js', 'compose.js'].map(load),
  );
  const pair = generateKeyPair('Ed25519');
  const { publicKeyMultibase } = pair;
  const did = `did:key:${publicKeyMultibase}`;
  const key = {
    issuer: 'bench',
    algorithm: 'Ed25519',
    publicKeyMultibase,
    verificationMethod: `${did}#${publicKeyMultibase}`,
  };
  const { contexts, clock } = await verificationParts();
  const sign = (number) =>
    addProofs({
      credential: {
        ...content,
        id: `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
        issuer: { ...content.issuer, id: did },
      },
      suites: ['eddsa-rdfc-2022'],
      key,
      signer: createKeySigner((wanted) => (wanted === publicKeyMultibase ? pair : undefined)),
      contexts,
      created: clock.now(),
    });
  const badges = [];
  while (badges.length < BADGES) badges.push(JSON.stringify(await sign(badges.length)));
  return badges;
}

/** The service in a process of its own, asked over loopback. */
async function measureServer({ folder, badges, seconds, atOnce, hostile }) {
  const server = fork(SELF, ['serve', folder]);
  const { url } = await messageFrom(server);
  const enemy = hostile ? fork(SELF, ['poison', url]) : undefined;
  const figures = await measure({ badges, seconds, atOnce }, (badge) => post(url, badge));
  enemy?.kill();
  server.send('stop');
  const { peakMebibytes } = await messageFrom(server);
  return { ...figures, peakMebibytes };
}

async function post(url, badge) {
  const response = await fetch(`${url}/verify`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/vc+ld+json' },
    body: badge,
  });
  return (await response.json()).outcome;
}

/** Answers until told to stop, then says what it took at most. */
async function serve(folder) {
  const { openHouse } = await load('compose.js');
  const { readConfig } = await load('config.js');
  const house = await openHouse(readConfig({ ...environmentIn(folder), PORT: '0' }, folder));
  const { port, close } = await house.listen();
  process.send({ url: `http://127.0.0.1:${port}` });
  process.once('message', async () => {
    process.send({ peakMebibytes: peakMebibytes() });
    await close();
    await house.close();
    process.disconnect();
  });
}

/** The use case without HTTP. Its enemy sends to a checker in the same process. */
async function check(file, seconds, atOnce, hostile) {
  const { createLoneChecker } = await load('compose/lone-checker.js');
  const checker = await createLoneChecker({ statusIssuer: 'any', logLevel: 'error' });
  const verify = async (text) => (await checker({ text }, { language: 'en' })).report.outcome;
  const stop = hostile === 'true' ? keepSending(verify) : () => undefined;
  const badges = JSON.parse(readFileSync(file, 'utf8'));
  const figures = await measure({ badges, seconds: Number(seconds), atOnce: Number(atOnce) }, verify);
  stop();
  process.send({ ...figures, peakMebibytes: peakMebibytes() });
  process.exit();
}

/** Another process that keeps a server busy until it is ended. */
async function poison(url) {
  keepSending((badge) => post(url, badge));
}

function keepSending(verify) {
  let stopped = false;
  const poisoned = poisonedBadges();
  let next = 0;
  const send = async () => {
    while (!stopped) {
      next += 1;
      await verify(poisoned[next % poisoned.length]).catch(() => undefined);
    }
  };
  for (let sender = 0; sender < HOSTILE_AT_ONCE; sender += 1) void send();
  return () => {
    stopped = true;
  };
}

/** A ring of nodes without names, a graph in which each knows each, a wide set, and nodes that look alike. */
function poisonedBadges() {
  const did = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
  const related = (count, known) =>
    Array.from({ length: count }, (_, node) => ({
      id: `_:n${node}`,
      type: 'Achievement',
      related: known(node).map((other) => ({ id: `_:n${other}` })),
    }));
  const everybody = Array.from({ length: 30 }, (_, node) => node);
  const badge = (more, achievement = {}) =>
    JSON.stringify({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: { id: did, type: ['Profile'], name: 'x' },
      validFrom: '2026-01-01T00:00:00Z',
      name: 'x',
      credentialSubject: {
        type: ['AchievementSubject'],
        identifier: [],
        achievement: { id: 'urn:x', type: ['Achievement'], name: 'x', description: 'x', ...achievement },
      },
      proof: {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        created: '2026-01-01T00:00:00Z',
        verificationMethod: `${did}#${did.slice('did:key:'.length)}`,
        proofPurpose: 'assertionMethod',
        proofValue: 'z4oey5q2M3XKaxup3tmzN4DRFTLVqpLMweBrSxMY2xHX5XTYVQeVbY8nQAVHMrXFkXJpmEcqdoDwLWxaqA3Q1geV6',
      },
      ...more,
    });
  return [
    badge({}, { related: related(3_000, (node) => [(node + 1) % 3_000]) }),
    badge({}, { related: related(30, (node) => everybody.filter((other) => other !== node)) }),
    badge({ evidence: Array.from({ length: 6_000 }, (_, index) => ({ type: 'Evidence', name: `page ${index}` })) }),
    badge({ evidence: Array.from({ length: 3_000 }, () => ({ type: 'Evidence', name: 'page' })) }),
  ];
}

/** Keeps `atOnce` verifications under way for so many seconds, after one to warm up. */
async function measure({ badges, seconds, atOnce }, verify) {
  const times = [];
  const outcomes = {};
  let next = 1;
  await verify(badges[0]);
  const started = performance.now();
  const ends = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < ends) {
        const badge = badges[next % badges.length];
        next += 1;
        const asked = performance.now();
        const outcome = await verify(badge);
        times.push(performance.now() - asked);
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  times.sort((one, other) => one - other);
  const at = (share) => Number(times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1));
  return {
    perSecond: Number((times.length / elapsed).toFixed(1)),
    p50: at(0.5),
    p99: at(0.99),
    outcomes: Object.entries(outcomes)
      .map(([outcome, count]) => `${outcome} ${count}`)
      .join(', '),
  };
}

function inChild(parameters) {
  return messageFrom(fork(SELF, parameters.map(String)));
}

function messageFrom(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`a process ended with code ${code}`)));
  });
}

/** Of this process since it began. */
function peakMebibytes() {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
