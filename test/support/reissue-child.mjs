// Issues badges of a folder's house anew, one after the other, their holder's name hidden and shown by turns, until it
// kills itself at a named step. Every acknowledged version is printed as one line: `<credentialId> <version>`.
// Usage: node reissue-child.mjs FOLDER STEP COUNT CREDENTIAL…
import { writeSync } from 'node:fs';
import { join } from 'node:path';

const dist = new URL('../../dist/', import.meta.url);
const load = (path) => import(new URL(path, dist).href);
const { openHouse } = await load('compose.js');
const { readConfig } = await load('config.js');
const { reissueCredential } = await load('issuing/reissue.js');

const [folder, step, count, ...credentials] = process.argv.slice(2);
let seen = 0;
const house = await openHouse(
  readConfig(
    {
      SCEAU_DATA_DIR: join(folder, 'data'),
      SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
      SCEAU_PUBLIC_URL: 'https://badges.example.org',
      SCEAU_LOG_LEVEL: 'silent',
    },
    folder,
  ),
  {
    atStep: (at) => {
      if (at !== step) return;
      seen += 1;
      if (seen === Number(count)) process.kill(process.pid, 'SIGKILL');
    },
  },
);
for (const nameHidden of [true, false]) {
  for (const credential of credentials) {
    const change = { kind: 'disclosure', nameHidden, hiddenEvidence: [] };
    const { entry } = await reissueCredential(house.issuing, { credential, change, actor: 'reissue-child' });
    writeSync(1, `${credential} ${entry.versions.at(-1).version}\n`);
  }
}
await house.close();
