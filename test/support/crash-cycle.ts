import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { House } from '../../src/compose.js';
import { findBadge } from '../../src/issuing/badges.js';
import { issueSample, openTestHouse } from './house.js';

const CHILD = fileURLToPath(new URL('./crash-child.mjs', import.meta.url));

/** What a child that issues a cohort had acknowledged when it ended. */
export interface ChildRun {
  /** Engagement (or pathway) → credential id, as printed. */
  readonly acknowledged: ReadonlyMap<string, string>;
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs the child until it ends, kills itself at a step, or is killed `killAfter` ms after it opened the store. */
export async function runChild(
  folder: string,
  programme: string,
  how: { readonly step: string; readonly count: number } | { readonly killAfter: number },
): Promise<ChildRun> {
  const words = 'step' in how ? [how.step, String(how.count)] : [];
  const child = spawn(process.execPath, [CHILD, folder, programme, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const wasOpen = stdout.includes('open');
    stdout += chunk.toString('utf8');
    if (!wasOpen && 'killAfter' in how) setTimeout(() => child.kill('SIGKILL'), how.killAfter);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit, by) => resolve([exit, by]));
  });
  const lines = stdout.split('\n').map((line) => line.split(' '));
  const acknowledged = new Map(lines.filter((line) => line.length === 2) as [string, string][]);
  return { acknowledged, signal, code, stderr };
}

/** What is wrong with a house after a crash; an empty list is what must come out (threats D1, D2). */
export async function troublesAfterCrash(
  folder: string,
  programme: string,
  acknowledged: ReadonlyMap<string, string>,
): Promise<string[]> {
  const house = await openTestHouse(folder);
  try {
    const result = await issueSample(house, programme);
    const troubles = result.counts.failed === 0 ? [] : [`${result.counts.failed} rows failed`];
    const rows = [
      ...result.rows.map((row) => [row.engagementId, row.credentialId] as const),
      ...(result.pathwayAwards ?? []).map((row) => [row.pathway, row.credentialId] as const),
    ];
    const issued = new Map(rows.filter(([, credential]) => credential !== undefined));
    for (const [engagement, credential] of acknowledged) {
      if (issued.get(engagement) !== credential) troubles.push(`${engagement}: acknowledged ${credential} is lost`);
      if ((await findBadge(house.issuing, credential)) === undefined) troubles.push(`${credential} cannot be read`);
    }
    troubles.push(...(await doubledOrReused(house, result.issuer, issued.size)));
    const letters = await house.issuing.store.log.list(result.issuer, 'mail-outbox');
    for (const credential of issued.values()) {
      const own = letters.filter(({ key }) => key === `${credential}.badge-issued`);
      if (own.length !== 1) troubles.push(`${own.length} letters about ${credential}`);
    }
    const check = await house.issuing.store.ledger.check();
    if (!check.ok) troubles.push(`audit: ${JSON.stringify(check.problems)}`);
    return troubles;
  } finally {
    await house.close();
  }
}

async function doubledOrReused(house: House, issuer: string, issued: number): Promise<string[]> {
  const { ledger } = house.issuing.store;
  const counts = await ledger.counts(issuer);
  const troubles: string[] = [];
  if (counts.active !== issued) troubles.push(`${counts.active} badges for ${issued} engagements`);
  if (counts.reserved !== 0) troubles.push(`${counts.reserved} reservations neither finished nor voided`);
  const drawn = counts.active + counts.voided + counts.revoked + counts.suspended;
  const used = (await ledger.lists(issuer)).reduce((sum, list) => sum + list.used, 0);
  if (used !== drawn) troubles.push(`${used} status indexes for ${drawn} credentials`);
  return troubles;
}
