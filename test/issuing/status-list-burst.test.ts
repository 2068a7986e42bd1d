import { setImmediate as turn } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createStatusLists } from '../../src/issuing/status-lists.js';
import type { Signer } from '../../src/ports/signer.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';

const BADGES = 300;

describe('a status list in a burst of revocations', () => {
  const fresh = freshHouse();

  it('D13 is signed a few times, never goes backwards, and holds what was revoked before it was asked for', async () => {
    const { rows } = await issueSample(fresh.house, 'engagement-citoyen');
    const { issuing } = fresh.house;
    const { ledger } = issuing.store;
    const [first] = rows.flatMap(({ credentialId }) => credentialId ?? []);
    const { issuer } = ensureDefined(await ledger.credential(ensureDefined(first)));
    const list = 'burst';
    await ledger.append([
      { actor: 'test', event: { kind: 'list-opened', issuer, list, purpose: 'revocation', length: 131_072 } },
    ]);
    const ids = Array.from({ length: BADGES }, () => issuing.ids.next());
    const version = (credential: string) => ({ issuer, credential, version: 1 }) as const;
    await ledger.append(
      ids.map((id, index) => ({
        actor: 'test',
        event: { kind: 'reserved', ...version(id), list, index, ref: `ref-${id}`, source: 'jury' },
        payload: {},
      })),
    );
    await ledger.append(ids.map((id) => ({ actor: 'test', event: { kind: 'issued', ...version(id) }, payload: {} })));

    let signatures = 0;
    const counting: Signer = {
      ...issuing.signer,
      sign: (...asked: Parameters<Signer['sign']>) => {
        signatures += 1;
        return issuing.signer.sign(...asked);
      },
    };
    const lists = createStatusLists({ ...issuing, signer: counting });
    const bitsOf = async () => {
      const { credential } = ensureDefined(await lists.publish(list));
      const { encodedList } = credential['credentialSubject'] as { readonly encodedList: string };
      const bytes = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));
      let bits = 0;
      for (const byte of bytes) for (let rest = byte; rest > 0; rest &= rest - 1) bits += 1;
      return bits;
    };

    const began = performance.now();
    let revoked = 0;
    let reading = true;
    const read = async () => {
      let seen = 0;
      while (reading) {
        const before = revoked;
        const bits = await bitsOf();
        expect(bits).toBeGreaterThanOrEqual(Math.max(before, seen));
        seen = bits;
        await turn();
      }
    };
    const readers = [read(), read(), read()];
    for (const credential of ids) {
      await ledger.append([{ actor: 'test', event: { kind: 'revoked', issuer, credential }, payload: 'x' }]);
      revoked += 1;
    }
    expect(await bitsOf()).toBe(BADGES);
    reading = false;
    await Promise.all(readers);
    const rests = (performance.now() - began) / 100;
    expect(signatures / issuing.settings.proofSuites.length).toBeLessThanOrEqual(rests + 2);
  });
});
