import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { describe, expect, it } from 'vitest';
import { type AuditReport, auditLedger, type NamedCheckpoint } from '../../src/audit/audit-ledger.js';
import type { CheckpointFacts } from '../../src/audit/checkpoint.js';
import { makeCheckpoint, readCheckpointFacts } from '../../src/audit/make-checkpoint.js';
import { CheckpointUnreadableError, readCheckpoint } from '../../src/audit/read-checkpoint.js';
import { verifyCheckpoint } from '../../src/audit/verify-checkpoint.js';
import { afterRestore, CheckpointNotBelievedError } from '../../src/backup/after-restore.js';
import type { Issuer } from '../../src/credential/issuer.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { ensureIssuer, getIssuer, IssuerKeyMissingError, signingKey } from '../../src/issuing/issuers.js';
import { markCompromised } from '../../src/issuing/key-changes.js';
import { issuerDocuments } from '../../src/issuing/public-documents.js';
import { asJson, type JsonObject } from '../../src/ports/json.js';
import { StoreDamagedError } from '../../src/ports/store.js';
import { signJson } from '../../src/proof/sign-json.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';
import { chainFile, recordsOf, removeLastGroup, rewrite, tamper } from './house-ledger.js';

const named = (document: JsonObject, name = 'kept.json'): NamedCheckpoint => ({
  name,
  ...readCheckpoint(new TextEncoder().encode(JSON.stringify(document))),
});

describe('a file', () => {
  it.each(['', '{', '[]', '{"type":"SceauCheckpoint"}', '\uD800'])('that is none is refused: %j', (text) => {
    expect(() => readCheckpoint(new TextEncoder().encode(text))).toThrow(CheckpointUnreadableError);
  });
});

describe('a signed checkpoint', () => {
  const fresh = freshHouse();

  it('K7 holds count and head of every strand, drawn indexes, bits and erased refs, and no personal data', async () => {
    const { rows, issuer } = await issueSample(fresh.house, 'ecstra');
    const badges = rows.flatMap(({ credentialId }) => credentialId ?? []);
    const { issuing } = fresh.house;
    await eraseStudent(issuing, { issuer, student: 'S-EC-01', actor: 'test' });
    const document = await makeCheckpoint(issuing);
    const { checkpoint } = named(document);
    expect(checkpoint.strands).toEqual(await issuing.store.ledger.strands());
    expect(checkpoint.lists.map(({ issuer: of, used }) => [of, used])).toEqual([[issuer, badges.length]]);
    expect(checkpoint.erasures[0]?.refs).toEqual((await issuing.store.ledger.erasedRefs(issuer)).sort());
    const text = JSON.stringify(document);
    for (const personal of ['S-EC-', 'EC-E0', '@']) expect(text).not.toContain(personal);
    expect(await auditLedger(issuing, [named(document)])).toMatchObject({ ok: true });
  });

  it('is checked by a library that is not ours, and stops holding with any value changed', async () => {
    const { issuer } = await issueSample(fresh.house, 'ecstra');
    const document = await makeCheckpoint(fresh.house.issuing);
    const published = ensureDefined((await issuerDocuments(fresh.house.issuing, issuer))?.didDocument);
    expect(await holdsElsewhere(document, published)).toBe(true);
    expect(await holdsElsewhere({ ...document, publicUrl: 'https://other.example' }, published)).toBe(false);

    for (const [member, value] of Object.entries(document)) {
      if (member === 'proof' || member === 'type' || member === 'version') continue;
      const altered = Array.isArray(value) ? value.slice(1) : '2020-01-01T00:00:00Z';
      const doubted = { ...document, [member]: member === 'strands' ? forged(value) : altered };
      const { ok, checkpoints } = await auditLedger(fresh.house.issuing, [named(doubted)]);
      expect([member, ok, checkpoints[0]?.signature === 'holds']).toEqual([member, false, false]);
    }
    const unsigned = { ...document, proof: [] };
    expect((await auditLedger(fresh.house.issuing, [named(unsigned)])).checkpoints[0]?.signature).toBe('broken');
  });

  it('of another house is not believed', async () => {
    await issueSample(fresh.house, 'ecstra');
    const document = await makeCheckpoint(fresh.house.issuing);
    const proof = (document['proof'] as JsonObject[]).map((each) => ({
      ...each,
      verificationMethod: 'did:web:elsewhere.example#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    }));
    const { ok, checkpoints } = await auditLedger(fresh.house.issuing, [named({ ...document, proof })]);
    expect([ok, checkpoints[0]?.signature]).toEqual([false, 'unknown-key']);
  });

  it('K9 is made by the institutions that can sign, and says nothing of the one that lost its key', async () => {
    const { issuer: slug } = await issueSample(fresh.house, 'ecstra');
    const { issuing } = await fresh.reopen({ SCEAU_DID_METHOD: 'key' });
    const { issuer: lost } = await ensureIssuer(issuing, { name: 'École Perdue', url: 'https://perdue.example' });
    await issuing.store.ledger.append([
      { actor: 'test', event: { kind: 'erased', issuer: lost.slug, refs: ['someone'] } },
    ]);
    const compromise = { since: issuing.clock.now(), reason: 'test', actor: 'test' };
    const { publicKeyMultibase } = await signingKey(issuing, lost);
    await markCompromised(issuing, { ...compromise, publicKeyMultibase });

    const made = named(await makeCheckpoint(issuing));
    expect(await verifyCheckpoint(issuing, made)).toBe('holds');
    expect(made.checkpoint.issuers.map((issuer) => issuer.slug)).toEqual([slug]);
    expect(made.checkpoint.erasures.map(({ issuer }) => issuer)).toEqual([slug]);
    expect(made.checkpoint.lists.map(({ issuer }) => issuer)).toEqual([slug]);
  });

  it('K9 is not made where no institution can sign', async () => {
    const { issuing } = await fresh.reopen({ SCEAU_DID_METHOD: 'key' });
    const { issuer } = await ensureIssuer(issuing, { name: 'École Perdue', url: 'https://perdue.example' });
    const { publicKeyMultibase } = await signingKey(issuing, issuer);
    const since = issuing.clock.now();
    await markCompromised(issuing, { publicKeyMultibase, since, reason: 'test', actor: 'test' });
    await expect(makeCheckpoint(issuing)).rejects.toThrow(IssuerKeyMissingError);
  });

  describe('by somebody who has one of its keys', () => {
    /** The house has two institutions; the key of the second was stolen. */
    async function twoIssuers() {
      const { issuing } = fresh.house;
      const { issuer: slug } = await issueSample(fresh.house, 'ecstra');
      const { issuer: second } = await ensureIssuer(issuing, { name: 'École Voisine', url: 'https://voisine.example' });
      return { issuing, first: await getIssuer(issuing, slug), second };
    }

    async function signedBy(issuer: Issuer, facts: CheckpointFacts): Promise<NamedCheckpoint> {
      const { issuing } = fresh.house;
      const document = asJson(facts) as JsonObject;
      const key = await signingKey(issuing, issuer);
      const proof = await signJson({ document, key, ...issuing, created: issuing.clock.now() });
      return named({ ...document, proof: [proof] });
    }

    it('K7 is doubted whatever instant and whichever slug it states, compared all the same, and never restored from', async () => {
      const { issuing, first, second } = await twoIssuers();
      const genuine = named(await makeCheckpoint(issuing));
      const facts = await readCheckpointFacts(issuing);
      const own = { lists: [], erasures: [], keys: [] };
      const stolen = { slug: second.slug, did: second.did };
      const backdated = await signedBy(second, { ...facts, ...own, issuers: [stolen], at: '2020-01-01T00:00:00Z' });
      const renamed = await signedBy(second, { ...facts, ...own, issuers: [{ ...stolen, slug: first.slug }] });
      const unheard = await signedBy(second, { ...facts, ...own, issuers: [{ ...stolen, slug: 'unheard-of' }] });
      const [key] = await issuing.store.ledger.keys(second.slug);
      const { publicKeyMultibase } = ensureDefined(key);
      const compromise = { publicKeyMultibase, since: issuing.clock.now(), reason: 'test', actor: 'test' };
      await markCompromised(issuing, compromise);

      const signatures = (await auditLedger(issuing, [genuine, backdated, renamed, unheard])).checkpoints;
      expect(signatures.map(({ signature }) => signature)).toEqual([
        'doubted-key',
        'doubted-key',
        'unknown-key',
        'unknown-key',
      ]);
      expect(await auditLedger(issuing, [genuine, backdated])).toMatchObject({ ok: true, problems: [] });
      const made = named({ ...backdated.document, strands: forged(backdated.document['strands']) });
      expect((await auditLedger(issuing, [made])).ok).toBe(false);
      for (const checkpoint of [genuine, backdated]) {
        const restoring = afterRestore(issuing, {
          takenAt: issuing.clock.now(),
          checkpoints: [checkpoint],
          haltReason: undefined,
        });
        await expect(restoring).rejects.toThrow(CheckpointNotBelievedError);
      }
    });

    it('K7 speaks for no institution that did not sign it', async () => {
      const { issuing, first, second } = await twoIssuers();
      const facts = await readCheckpointFacts(issuing);
      const genuine = await makeCheckpoint(issuing);
      expect(await verifyCheckpoint(issuing, named(genuine))).toBe('holds');
      const proofs = genuine['proof'] as JsonObject[];
      expect(proofs).toHaveLength(2);
      for (const proof of proofs) {
        expect(await verifyCheckpoint(issuing, named({ ...genuine, proof: [proof] }))).toBe('broken');
      }
      const alone = { ...facts, issuers: [{ slug: second.slug, did: second.did }], lists: [], erasures: [], keys: [] };
      expect(await verifyCheckpoint(issuing, await signedBy(second, alone))).toBe('holds');
      const erasing = { ...alone, erasures: [{ issuer: first.slug, refs: ['someone'] }] };
      expect(await verifyCheckpoint(issuing, await signedBy(second, erasing))).toBe('broken');
      const naming = { ...alone, keys: ensureDefined(facts.keys).filter(({ issuer }) => issuer === first.slug) };
      expect(await verifyCheckpoint(issuing, await signedBy(second, naming))).toBe('broken');
      const listing = { ...alone, lists: facts.lists };
      expect(facts.lists.map(({ issuer }) => issuer)).toEqual([first.slug]);
      expect(await verifyCheckpoint(issuing, await signedBy(second, listing))).toBe('broken');
    });
  });

  it('K7 stays true of a ledger that goes on, however much is issued, revoked and erased', async () => {
    const { issuing } = fresh.house;
    const kept: NamedCheckpoint[] = [];
    const keep = async () => kept.push(named(await makeCheckpoint(issuing), `${kept.length}.json`));
    const { rows, issuer } = await issueSample(fresh.house, 'ecstra');
    await keep();
    await changeStatus(issuing, {
      credential: ensureDefined(rows[0]?.credentialId),
      change: 'revoked',
      reason: 'test',
      actor: 'test',
    });
    await keep();
    await eraseStudent(issuing, { issuer, student: 'S-EC-01', actor: 'test' });
    await keep();
    await issueSample(fresh.house, 'projet-pro');
    expect(await auditLedger(issuing, kept)).toMatchObject({ ok: true, problems: [] });
  });
});

/** Heads that were made up. */
function forged(strands: unknown): JsonObject[] {
  return (strands as JsonObject[]).map((strand) => ({ ...strand, head: '0'.repeat(64) }));
}

/** What the library's suite has besides what Sceau uses of it. */
interface SignatureVerifier {
  verifySignature(options: { verifyData: Uint8Array; verificationMethod: object; proof: object }): Promise<boolean>;
}

/** Checks the proof with Digital Bazaar's library and the issuer's published DID document, and nothing of ours. */
async function holdsElsewhere(checkpoint: JsonObject, didDocument: JsonObject): Promise<boolean> {
  const [proof, ...others] = checkpoint['proof'] as JsonObject[];
  expect(others).toEqual([]);
  const { proofValue: _, ...options } = ensureDefined(proof);
  const { proof: __, ...document } = checkpoint;
  const methods = didDocument['verificationMethod'] as JsonObject[];
  const verificationMethod = ensureDefined(methods.find(({ id }) => id === options['verificationMethod']));
  const cryptosuite = createVerifyCryptosuite();
  const verifyData = await cryptosuite.createVerifyData({ cryptosuite, document, proof: ensureDefined(proof) });
  const suite: unknown = new DataIntegrityProof({ cryptosuite });
  return (suite as SignatureVerifier).verifySignature({ verifyData, verificationMethod, proof: ensureDefined(proof) });
}

describe('K7 a ledger that was tampered with', () => {
  const fresh = freshHouse();

  /** Issues, keeps a checkpoint after half and one at the end, closes, tampers, and audits. */
  async function audit(
    change: (chain: string) => Promise<void>,
    keeps = true,
  ): Promise<Pick<AuditReport, 'ok' | 'problems'>> {
    const kept: NamedCheckpoint[] = [];
    await issueSample(fresh.house, 'ecstra');
    kept.push(named(await makeCheckpoint(fresh.house.issuing), 'half.json'));
    const { rows } = await issueSample(fresh.house, 'projet-pro');
    await changeStatus(fresh.house.issuing, {
      credential: ensureDefined(rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId),
      change: 'revoked',
      reason: 'test',
      actor: 'test',
    });
    kept.push(named(await makeCheckpoint(fresh.house.issuing), 'end.json'));
    await fresh.house.close();
    await change(chainFile(fresh.folder));
    try {
      const house = await fresh.reopen();
      return await auditLedger(house.issuing, keeps ? kept : []);
    } catch (error) {
      if (!(error instanceof StoreDamagedError)) throw error;
      // The house does not even open over it: the same answer.
      return { ok: false, problems: [asProblem(error)] };
    }
  }

  const asProblem = ({ file, place, message, detail }: StoreDamagedError) => ({
    file,
    place,
    message,
    damage: { code: 'unreadable', detail } as const,
  });

  /** The first bad record, as file and record say. */
  const nameOf = ({ ok, problems }: Pick<AuditReport, 'ok' | 'problems'>) => {
    const [first] = problems;
    return { ok, chain: first?.file.endsWith('chain-00001.jsonl'), place: first?.place, message: first?.message };
  };

  it.each([
    [
      'edited',
      5,
      (lines) => lines.map((line, at) => (at === 3 ? { ...line, record: { ...line.record, actor: 'x' } } : line)),
    ],
    ['removed', 4, (lines) => lines.filter((_, at) => at !== 3)],
    ['swapped', 4, (lines) => [...lines.slice(0, 3), ...lines.slice(3, 5).reverse(), ...lines.slice(5)]],
    ['inserted', 5, (lines) => [...lines.slice(0, 4), ...lines.slice(3)]],
  ] satisfies readonly [string, number, Parameters<typeof tamper>[1]][])(
    'a record that was %s is named, or the one that gives it away (record %i)',
    async (_, record, change) => {
      const found = nameOf(await audit((chain) => tamper(chain, change), false));
      expect(found).toMatchObject({ ok: false, chain: true });
      expect(found.place).toMatch(new RegExp(`^byte \\d+, record ${record}$`));
    },
  );

  it('the last records removed show against a checkpoint kept elsewhere, which names the first of them', async () => {
    const remove = () => removeLastGroup(fresh.folder);
    const found = nameOf(await audit(remove));
    const [{ strand, records } = { strand: '', records: 0 }] = await fresh.house.issuing.store.ledger.strands();
    expect(found).toEqual({
      ok: false,
      chain: true,
      place: `record ${records + 1} of strand ${strand}`,
      message: `records ${records + 1} to ${records + 1} are missing, which a checkpoint knows`,
    });
  });

  it('the last records removed show by nothing else', async () => {
    expect(await audit(() => removeLastGroup(fresh.folder), false)).toMatchObject({ ok: true });
  });

  it('a whole log rewritten with recomputed hashes shows against the checkpoints, which narrow down where', async () => {
    const early = nameOf(await audit((chain) => rewrite(chain, (record) => ({ ...record, actor: 'nobody' }))));
    expect(early).toMatchObject({ ok: false, chain: true });
    expect(early.message).toMatch(/records 1 to \d+ were written anew/);
  });

  it('a log rewritten behind the first checkpoint is told from there on', async () => {
    let half = 0;
    const found = nameOf(
      await audit(async (chain) => {
        half = (await recordsOf(chain)) - 2;
        return rewrite(chain, (record) => (record.sequence <= half ? record : { ...record, actor: 'nobody' }));
      }),
    );
    expect(found).toMatchObject({ ok: false, chain: true });
    expect(found.message).toMatch(new RegExp(`records \\d+ to ${half + 2} were written anew`));
    expect(found.message).not.toContain('records 1 to');
  });
});
