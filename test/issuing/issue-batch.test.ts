import { describe, expect, it } from 'vitest';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample, PROGRAMME_IDS, sampleFiles } from '../support/house.js';

describe('issuing a cohort', () => {
  const fresh = freshHouse();

  it.each(PROGRAMME_IDS)('%s: gives every row its verdict, and every issued one a badge that verifies', async (id) => {
    const { expected } = await sampleFiles(id);
    const result = await issueSample(fresh.house, id);
    expect(result.counts).toEqual({ ...expected.counts, failed: 0 });
    expect(
      result.rows.map(({ engagementId, outcome, reasons, warnings }) => ({ engagementId, outcome, reasons, warnings })),
    ).toEqual(
      expected.results.map(({ engagementId, outcome, reasons, warnings }) => ({
        engagementId,
        outcome,
        reasons,
        warnings,
      })),
    );
    for (const row of result.rows) {
      expect(row.credentialId === undefined).toBe(row.outcome !== 'issued');
      if (row.credentialId === undefined) continue;
      expect(row.url).toBe(`https://badges.example.org/v/${row.credentialId}`);
      const report = ensureDefined(await verifyBadge(fresh.house.issuing, row.credentialId));
      expect(report.checks.filter((check) => check.state === 'fail' || check.state === 'unknown')).toEqual([]);
      expect(report.outcome).toBe('valid');
    }
  });

  it('issues nothing twice: a second run over the same files prints the same batch and badges', async () => {
    const first = await issueSample(fresh.house, 'ecstra');
    const counts = await fresh.house.issuing.store.ledger.counts(first.issuer);
    expect(await issueSample(fresh.house, 'ecstra')).toEqual(first);
    expect(await fresh.house.issuing.store.ledger.counts(first.issuer)).toEqual(counts);
  });

  it('finds the same badges after a restart', async () => {
    const first = await issueSample(fresh.house, 'engagement-citoyen');
    await fresh.reopen();
    expect(await issueSample(fresh.house, 'engagement-citoyen')).toEqual(first);
  });

  it('keeps the badge of an engagement when an edited file judges it again', async () => {
    const { decisions } = await sampleFiles('missions-professionnelles');
    const first = await issueSample(fresh.house, 'missions-professionnelles');
    const edited = Buffer.from(decisions.toString('utf8').replace('Kestler,\n', 'Kestler,relu\n'));
    const second = await issueSample(fresh.house, 'missions-professionnelles', { decisions: edited });
    expect(second.batchId).not.toBe(first.batchId);
    expect(second.rows).toEqual(first.rows);
  });

  it('issues the pathway award of the third year once, to the student who completed it', async () => {
    const first = await issueSample(fresh.house, 'projet-pro');
    expect(first.pathwayAwards).toHaveLength(1);
    const [award] = ensureDefined(first.pathwayAwards);
    expect(award).toMatchObject({ pathway: 'biomedical-three-years', studentId: 'S-PP-07', outcome: 'issued' });
    const id = ensureDefined(award?.credentialId);
    expect((await verifyBadge(fresh.house.issuing, id))?.outcome).toBe('valid');
    expect((await issueSample(fresh.house, 'projet-pro')).pathwayAwards).toEqual(first.pathwayAwards);
  });

  it('keeps what one institution holds apart from another: five issuers, five DIDs, five keys', async () => {
    const issuers = new Set<string>();
    const keys = new Set<unknown>();
    for (const id of PROGRAMME_IDS) {
      const result = await issueSample(fresh.house, id);
      const row = ensureDefined(result.rows.find((candidate) => candidate.credentialId !== undefined));
      const badge = ensureDefined(await findBadge(fresh.house.issuing, ensureDefined(row.credentialId)));
      issuers.add(badge.issuer.did);
      for (const proof of badge.document['proof'] as { verificationMethod: string }[]) {
        expect(proof.verificationMethod.startsWith(`${badge.issuer.did}#`)).toBe(true);
        keys.add(proof.verificationMethod);
      }
    }
    expect(issuers.size).toBe(5);
    expect(keys.size).toBe(5);
  });

  it('reports rows that could not be signed as failed, and finishes them when the key is back', async () => {
    const first = await issueSample(fresh.house, 'ecstra');
    const { sign } = fresh.house.issuing.signer;
    fresh.house.issuing.signer.sign = async () => {
      throw new Error('the signer is away');
    };
    const failing = await issueSample(fresh.house, 'mission-industrielle');
    expect(failing.counts).toEqual({ issued: 0, refused: 3, pending: 3, failed: 4 });
    fresh.house.issuing.signer.sign = sign;
    const mended = await issueSample(fresh.house, 'mission-industrielle');
    expect(mended.counts).toEqual({ issued: 4, refused: 3, pending: 3, failed: 0 });
    expect(mended.batchId).toBe(failing.batchId);
    expect((await issueSample(fresh.house, 'ecstra')).rows).toEqual(first.rows);
  });

  it('recognises one activity once per person, whatever file it comes in', async () => {
    await issueSample(fresh.house, 'ecstra');
    const { engagements, decisions } = await sampleFiles('ecstra');
    const renamed = (bytes: Buffer) => Buffer.from(bytes.toString('utf8').replaceAll('EC-E01', 'EC-X01'));
    const again = await issueSample(fresh.house, 'ecstra', {
      engagements: renamed(engagements),
      decisions: renamed(decisions),
    });
    expect(again.rows[0]).toMatchObject({
      engagementId: 'EC-X01',
      outcome: 'refused',
      reasons: ['already-recognised'],
    });
  });
});
