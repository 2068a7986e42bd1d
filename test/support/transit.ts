import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAuthority } from '../net/certificates.js';

const SERVER = fileURLToPath(new URL('./transit-server.mjs', import.meta.url));
const TOKEN = 'hvs.only-for-this-test';

/** How the key service misbehaves. */
export type TransitFault = 'none' | 'down' | 'hangs-up-once' | 'slow' | 'sealed' | 'redirect' | 'wrong' | 'half';

/** A key service in a process of its own. */
export interface Transit {
  /** As `SCEAU_SIGNER_URL`. */
  readonly url: string;
  readonly tokenFile: string;
  readonly caFile: string;
  readonly ca: string;
  /** Misbehaves from now on. @returns how many messages it has signed so far. */
  fault(kind: TransitFault): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the process of transit-server.mjs, with a certificate of an authority of the test's own. */
export async function startTransit(): Promise<Transit> {
  const folder = await mkdtemp(join(tmpdir(), 'sceau-transit-'));
  const authority = await createAuthority();
  const certificate = await authority.sign({ names: ['localhost'], addresses: ['127.0.0.1'] });
  const [tokenFile, caFile] = [join(folder, 'token'), join(folder, 'ca.pem')];
  await writeFile(tokenFile, `${TOKEN}\n`, { mode: 0o600 });
  await writeFile(caFile, authority.ca);
  const child: ChildProcess = fork(SERVER, {
    env: { TRANSIT: JSON.stringify({ ...certificate, token: TOKEN }) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [port] = child.stdout === null ? [] : await once(child.stdout.setEncoding('utf8'), 'data');
  const origin = `https://localhost:${String(port).trim()}`;
  return {
    url: `${origin}/v1/transit`,
    tokenFile,
    caFile,
    ca: authority.ca,
    fault: (kind) => tell(`${origin}/test/fault`, kind, authority.ca),
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function tell(url: string, kind: TransitFault, ca: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', ca, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve((JSON.parse(text) as { readonly signs: number }).signs));
    });
    asked.on('error', reject);
    asked.end(kind);
  });
}
