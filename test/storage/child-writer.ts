// Run as a process of its own, see child-process.ts. It opens the store in a folder and writes until it is killed, or
// only holds it; every line on stdout tells of something that happened before the line was written.
import { writeSync } from 'node:fs';
import { StoreLockedError } from '../../src/ports/store.js';
import { openLowdbStore } from '../../src/storage/lowdb/open-store.js';

const [directory = '', run = '', mode = 'append'] = process.argv.slice(2);
const ISSUER = 'universite-exemple';
const tell = (...words: readonly (string | number)[]): void => {
  writeSync(1, `${words.join(' ')}\n`);
};
const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

try {
  const store = await openLowdbStore({ directory, clock: { now: () => Date.now() }, random, control: `socket-${run}` });
  tell('held', process.pid);
  if (mode === 'append') await writeForEver(store);
  else setInterval(() => undefined, 1_000);
} catch (error) {
  if (!(error instanceof StoreLockedError)) throw error;
  tell('locked', error.holder.pid);
}

async function writeForEver(store: Awaited<ReturnType<typeof openLowdbStore>>): Promise<void> {
  const list = `list-${run}`;
  const actor = `run-${run}`;
  const event = { kind: 'list-opened', issuer: ISSUER, list, purpose: 'revocation', length: 131_072 } as const;
  await store.ledger.append([{ event, actor }]);
  const cohort = { issuer: ISSUER, collection: 'engagements', name: 'cohort' } as const;
  await Promise.all([0, 1, 2].map((worker) => issueForEver(worker)));

  async function issueForEver(worker: number): Promise<void> {
    for (let number = worker; ; number += 3) {
      const credential = `c-${run}-${number}`;
      const reserved = {
        kind: 'reserved',
        issuer: ISSUER,
        credential,
        version: 1,
        list,
        index: number,
        ref: `ref-${credential}`,
        source: 'jury',
      } as const;
      await store.ledger.append([{ event: reserved, actor, payload: { unsigned: credential } }]);
      const issued = { kind: 'issued', issuer: ISSUER, credential, version: 1 } as const;
      await store.ledger.append([{ event: issued, actor, payload: { signed: credential } }]);
      tell('issued', credential);
      await store.log.put([{ issuer: ISSUER, topic: 'batch', key: credential, value: 'issued' }]);
      tell('logged', credential);
      if (number % 5 !== 0) continue;
      await store.documents.transact(cohort, (transaction) => transaction.put(credential, { run }));
      tell('written', credential);
    }
  }
}
