import { deflateSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/ports/json.js';
import { bytesOf, chunk, END, header, itxt, SIGNATURE } from '../../media/png.js';
import { LONG_WINDED, POISON, withRelated } from '../../proof/poison.js';
import { issueSample } from '../../support/house.js';
import { fullBadge, LIST_URL, sign, unsignedList, withMember } from '../../verification/house.js';
import { type Served, serve, withList } from './served.js';

const MEBIBYTE = 1024 * 1024;
/** What a flood may take besides what the house has: several threads with their heaps, and the bodies under way. */
const FLOOD_BYTES = 512 * MEBIBYTE;

const served = serve();
/** Honest badges that ask for no list: those are part of a flood here. */
const withoutStatus = withMember(fullBadge(), ['credentialStatus'], undefined);
let badge: JsonObject;
let ownId = '';
beforeAll(async () => {
  badge = await sign(withoutStatus);
  const { rows } = await issueSample(served.house, 'ecstra');
  ownId = rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId ?? '';
  // The first job of a thread and the first look at a badge are slower than all later ones.
  await served.report(badge);
});

/** Poisoned badges of every shape, each under the issuer's name, none with a signature that fits. */
const poisoned = () => [
  ...POISON.map(([, related]) => withRelated(badge, related)),
  ...LONG_WINDED.map(([, poison]) => poison(badge)),
];

function proofCode(report: Awaited<ReturnType<Served['report']>>): string | null | undefined {
  return report.checks.find(({ id }) => id === 'proof')?.code;
}

/** Runs work, and says by how many bytes the process grew meanwhile at most. */
async function growthWhile(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  await work();
  clearInterval(watch);
  return peak - before;
}

/**
 * Badges of ours and of others are answered, again and again, until the flood has ended: rightly, or on a machine with
 * nothing to spare with "could not be checked", never with "invalid". Once it has ended, all is as before.
 * @returns answers given meanwhile.
 */
async function honestWorkUntil(flood: Promise<unknown>): Promise<number> {
  let rounds = 0;
  // Never the same badge twice: nothing is remembered of it.
  const reportOfAnother = async () => {
    rounds += 1;
    return served.report(await sign({ ...withoutStatus, name: `Badge ${rounds}` }));
  };
  let isOver = false;
  const ended = flood.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const page = await served.house.app.request(`/v/${ownId}`, { headers: { Accept: 'application/json' } });
    expect(await page.json()).toMatchObject({ outcome: 'valid' });
    expect(['valid', 'indeterminate']).toContain((await reportOfAnother()).outcome);
  }
  await ended;
  const meanwhile = rounds;
  expect(await reportOfAnother()).toMatchObject({ outcome: 'valid', verified: true });
  return meanwhile;
}

describe('a flood', () => {
  it('V23 of poisoned badges ends, none of them valid, while honest ones are answered', async () => {
    const growth = await growthWhile(async () => {
      const flood = Promise.all(poisoned().map((document) => served.report(document)));
      expect(await honestWorkUntil(flood)).toBeGreaterThan(0);
      for (const report of await flood) {
        expect(report.verified).toBe(false);
        expect(report.credential).toBeNull();
        // One that was not looked at for want of time is not called invalid for its signature.
        expect(['proof-too-complex', 'too-busy', 'out-of-time']).toContain(proofCode(report));
      }
    });
    expect(growth).toBeLessThan(FLOOD_BYTES);
  }, 120_000);

  it('V57 of status lists that inflate to 256 MiB ends without inflating them', async () => {
    const bomb = `u${gzipSync(new Uint8Array(256 * MEBIBYTE)).toString('base64url')}`;
    await withList(served, withMember(await unsignedList(), ['credentialSubject', 'encodedList'], bomb));
    const hostile = await sign({ ...fullBadge(), credentialStatus: statusEntry() });
    const growth = await growthWhile(async () => {
      const flood = Promise.all(Array.from({ length: 12 }, () => served.report(hostile)));
      expect(await honestWorkUntil(flood)).toBeGreaterThan(0);
      for (const report of await flood) {
        expect(report.outcome).toBe('indeterminate');
        for (const { type } of report.problemDetails) {
          expect(['urn:sceau:problem:too-complex', 'urn:sceau:problem:out-of-time']).toContain(type);
        }
      }
    });
    expect(growth).toBeLessThan(FLOOD_BYTES);
  }, 120_000);

  it('V59 of pictures of ten thousand million pixels ends without drawing them', async () => {
    const pixels = chunk('IDAT', new Uint8Array(deflateSync(new Uint8Array(64 * MEBIBYTE))));
    const text = itxt('openbadgecredential', 'compressed', { flag: 1 });
    const picture = bytesOf(SIGNATURE, header(100_000, 100_000), pixels, text, END);
    const growth = await growthWhile(async () => {
      const flood = Promise.all(Array.from({ length: 24 }, () => served.verdict(picture, 'image/png')));
      expect(await honestWorkUntil(flood)).toBeGreaterThan(0);
      expect(new Set(await flood)).toEqual(new Set(['422 compressed-credential-in-image']));
    });
    expect(growth).toBeLessThan(FLOOD_BYTES);
  }, 120_000);
});

function statusEntry(): JsonObject {
  return {
    id: `${LIST_URL}#7`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: LIST_URL,
  };
}
