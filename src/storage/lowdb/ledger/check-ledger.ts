import { isDeepStrictEqual } from 'node:util';
import type { LedgerCheck, StrandHead } from '../../../ports/ledger.js';
import { StoreDamagedError } from '../../../ports/store.js';
import { type LedgerDamage, ledgerDamage } from '../../../text/ledger-damage.js';
import { type Deviation, KnownHeads } from '../../known-heads.js';
import type { ChainEnd, PlacedRecord } from './chain-links.js';
import { LedgerIndex, type SavedIndex } from './ledger-index.js';
import { frameHolds, frameIsErased } from './payload-frame.js';
import { ownerOf } from './payload-owner.js';
import { applyRecord } from './recover.js';
import { type ChainPlace, scanChain } from './scan-chain.js';
import { placeOf, type Strand } from './strand.js';
import { strandHeads } from './strand-heads.js';

type Problem = LedgerCheck['problems'][number];
type PayloadState = 'whole' | 'erased' | 'altered' | 'not-erased';

const DAMAGES = {
  altered: { code: 'payload-altered' },
  'not-erased': { code: 'payload-not-erased' },
} as const satisfies Record<Exclude<PayloadState, 'whole' | 'erased'>, LedgerDamage>;

/**
 * Reads the strand again, every record and every payload, as if nothing were known of it. No erasure may run
 * meanwhile; appends may.
 * @param options.index the index in use: which refs are erased. @param options.until how far the chain was durable,
 * @param options.records how many records that is, and @param options.head the digest of the last of them.
 * @param options.saved the index in use as it was there, which may have come from a file.
 * @param heads known from elsewhere, which the chain must bear out.
 */
export async function checkLedger(
  strand: Strand,
  options: {
    readonly index: LedgerIndex;
    readonly until: ChainPlace;
    readonly records: number;
    readonly head: string;
    readonly saved: SavedIndex;
  },
  heads: readonly StrandHead[],
): Promise<LedgerCheck> {
  const problems = new Map<string, Problem>();
  const counts = { records: 0, payloads: 0, erasedPayloads: 0 };
  const note = (kind: string, problem: Omit<Problem, 'message'>): void => {
    if (!problems.has(kind)) problems.set(kind, { ...problem, message: ledgerDamage(problem.damage).en });
  };
  const fresh = new LedgerIndex();
  const known = new KnownHeads(heads);
  let head = strand.genesis;
  const strandsSoFar = () => strandHeads(strand.name, fresh.strandStarts, { sequence: counts.records, head });
  const hold = (segment: number, reached: StrandHead | undefined): void => {
    const deviation = reached === undefined ? undefined : known.see(reached);
    if (deviation !== undefined) note('known', deviationProblem(strand.chain.path(segment), deviation));
  };
  hold(1, strandsSoFar().at(-1));
  const visit = async (records: readonly PlacedRecord[]): Promise<void> => {
    for (const placed of records) {
      applyRecord(strand, fresh, placed);
      counts.records += 1;
      head = placed.digest;
      if (heads.length > 0) hold(placeOf(placed.position).segment, strandsSoFar().at(-1));
      if (placed.payload === undefined) continue;
      counts.payloads += 1;
      const state = await payloadState(strand, options, placed);
      if (state === 'erased') counts.erasedPayloads += 1;
      else if (state !== 'whole') {
        const file = strand.payloads.path(placed.payload.segment);
        const place = `byte ${placed.payload.offset}, record ${placed.record.sequence}`;
        note(state, { file, place, damage: DAMAGES[state] });
      }
    }
  };
  try {
    const end = await scanChain(strand, { visit, until: options.until });
    if (!isAsKnown(end, options)) {
      const file = strand.chain.path(options.until.segment);
      const damage = { code: 'end-differs', found: end.records, written: options.records } as const;
      note('end', { file, place: `record ${end.records}`, damage });
    }
    if (end.records === options.records && !isDeepStrictEqual(options.saved, fresh.saved())) {
      const file = strand.chain.path(options.until.segment);
      note('index', { file, place: `record ${end.records}`, damage: { code: 'index-differs' } });
    }
  } catch (error) {
    if (!(error instanceof StoreDamagedError)) throw error;
    note('chain', { file: error.file, place: error.place, damage: { code: 'unreadable', detail: error.detail } });
  }
  const strands = strandsSoFar();
  // Of a chain that cannot be read to its end, nobody can say what is missing behind it.
  const missing = problems.has('chain') ? undefined : known.missing(strands);
  if (missing !== undefined) note('known', deviationProblem(strand.chain.path(options.until.segment), missing));
  return { ok: problems.size === 0, ...counts, strands, problems: [...problems.values()] };
}

function deviationProblem(file: string, { strand, record, damage }: Deviation): Omit<Problem, 'message'> {
  return { file, place: `record ${record} of strand ${strand}`, damage };
}

function isAsKnown(end: ChainEnd, known: { readonly records: number; readonly head: string }): boolean {
  return end.records === known.records && end.head === known.head && end.tornBytes === 0 && !end.lacksNewline;
}

async function payloadState(
  strand: Strand,
  known: { readonly index: LedgerIndex; readonly records: number },
  { record, payload, group }: PlacedRecord,
): Promise<PayloadState> {
  if (payload === undefined || record.payload === undefined) return 'whole';
  const claim = { digest: record.payload, group: group.first };
  const frame = await strand.readFrame(payload);
  const owner = ownerOf(record.event, known.index);
  const erasedAt = owner === undefined ? 0 : known.index.erasedAt(owner.issuer, owner.ref);
  // What is erased after the check began is overwritten after the check.
  const erased = erasedAt > record.sequence && erasedAt <= known.records;
  if (erased && frameIsErased(frame, claim)) return 'erased';
  if (!frameHolds(frame, claim)) return 'altered';
  return erased ? 'not-erased' : 'whole';
}
