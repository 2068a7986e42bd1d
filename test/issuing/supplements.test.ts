import { describe, expect, it } from 'vitest';
import { supplementFor } from '../../src/issuing/supplements.js';
import { setWithdrawn } from '../../src/issuing/withdrawal.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';

describe('a student’s supplement', () => {
  const fresh = freshHouse();

  it('states a recognition whose badge the holder does not share, but no address that leads nowhere', async () => {
    const { issuer, rows } = await issueSample(fresh.house, 'ecstra');
    const credential = ensureDefined(rows[0]?.credentialId);
    const asked = { issuer, student: 'S-EC-01', language: 'fr' } as const;
    const itemsOf = async () => (await supplementFor(fresh.house.issuing, asked)).entries.map(({ lines }) => lines);

    const shared = (await itemsOf()).flat();
    expect(shared.find(({ item }) => item === '6.2')?.text).toContain(`/v/${credential}`);
    await setWithdrawn(fresh.house.issuing, { issuer, credential, student: 'S-EC-01' }, true);
    const withdrawn = (await itemsOf()).flat();
    expect(withdrawn).toEqual(shared.filter(({ item }) => item !== '6.2'));
    expect(JSON.stringify(await supplementFor(fresh.house.issuing, asked))).not.toContain(`/v/${credential}`);
  });
});
