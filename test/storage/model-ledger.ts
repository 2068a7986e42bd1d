import { createHash } from 'node:crypto';
import type { Clock } from '../../src/ports/clock.js';
import type { Json } from '../../src/ports/json.js';
import {
  ClockBehindError,
  type CredentialEntry,
  type CredentialLifeState,
  type CredentialPage,
  type HaltEntry,
  type KeyEntry,
  type Ledger,
  type LedgerCheck,
  LedgerConflictError,
  type LedgerEntry,
  type LedgerEvent,
  type LedgerRecord,
  type SessionEntry,
  type StatusListEntry,
  type StrandHead,
} from '../../src/ports/ledger.js';
import type { StoreChange } from '../../src/ports/store.js';
import { isLedgerEvent } from '../../src/storage/lowdb/ledger/chain-record.js';

/** One accepted entry. */
interface Fact {
  readonly sequence: number;
  readonly at: number;
  readonly actor: string;
  readonly event: LedgerEvent;
  readonly payload: Json | undefined;
}

type Of<K extends LedgerEvent['kind']> = Fact & { readonly event: Extract<LedgerEvent, { kind: K }> };
type Conflict = LedgerConflictError['conflict'];

const STATES: readonly CredentialLifeState[] = ['reserved', 'active', 'suspended', 'revoked', 'voided', 'erased'];

/**
 * A ledger that keeps nothing but the list of accepted entries and works every answer out from it, anew each time.
 * Slow and short: what the embedded store's index must agree with.
 */
export class ModelLedger implements Ledger {
  readonly #clock: Clock;
  readonly #tell: (change: StoreChange) => void;
  #facts: Fact[] = [];

  constructor(clock: Clock, tell: (change: StoreChange) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  async append(entries: readonly LedgerEntry[]): Promise<LedgerRecord[]> {
    if (entries.length === 0) return [];
    const last = this.#facts.at(-1)?.at ?? 0;
    const now = this.#clock.now();
    if (now < last - 300_000) throw new ClockBehindError(now, last);
    const before = this.#facts;
    const added: Fact[] = [];
    try {
      for (const { event, actor, payload } of structuredClone(entries)) {
        if (!isLedgerEvent(event)) throw new TypeError('no event of the ledger');
        const conflict = this.#conflict(event);
        if (conflict !== undefined) throw new LedgerConflictError(conflict, `no ${event.kind} now`);
        const fact = { sequence: this.#facts.length + 1, at: Math.max(now, last), actor, event, payload };
        added.push(fact);
        this.#facts = [...this.#facts, fact];
      }
    } catch (error) {
      this.#facts = before;
      throw error;
    }
    for (const { event } of added) this.#tell({ shape: 'ledger', event });
    return added.map(({ payload, ...fact }) => ({ ...fact, digest: digest(fact), hasPayload: payload !== undefined }));
  }

  async credential(id: string): Promise<CredentialEntry | undefined> {
    return this.#credential(id);
  }

  async byRef(issuer: string, ref: string): Promise<CredentialEntry | undefined> {
    const entry = this.#newestOf(issuer, ref);
    return entry?.state === 'voided' ? undefined : entry;
  }

  async unfinished(): Promise<CredentialEntry[]> {
    return this.#all().filter(
      ({ state, versions }) => state !== 'erased' && versions.some((version) => version.state === 'reserved'),
    );
  }

  async credentials(issuer: string): Promise<CredentialPage> {
    return { entries: this.#all().filter((entry) => entry.issuer === issuer), next: undefined };
  }

  async counts(issuer: string): Promise<Record<CredentialLifeState, number>> {
    const own = this.#all().filter((entry) => entry.issuer === issuer);
    const count = (state: CredentialLifeState) => own.filter((entry) => entry.state === state).length;
    return {
      reserved: count('reserved'),
      active: count('active'),
      suspended: count('suspended'),
      revoked: count('revoked'),
      voided: count('voided'),
      erased: count('erased'),
    };
  }

  async reservation(credential: string, version: number): Promise<Json | undefined> {
    return this.#payload(
      this.#about(credential).find(({ event }) => event.kind === 'reserved' && event.version === version),
    );
  }

  async document(credential: string, version: number): Promise<Json | undefined> {
    return this.#payload(
      this.#about(credential).find(({ event }) => event.kind === 'issued' && event.version === version),
    );
  }

  async stateReason(credential: string): Promise<Json | undefined> {
    const facts = this.#about(credential);
    // The last fact that left the credential in another state than the one before it.
    const changing = facts.filter(
      (fact) => this.#stateAt(credential, fact.sequence) !== this.#stateAt(credential, fact.sequence - 1),
    );
    return this.#payload(changing.at(-1));
  }

  async lists(issuer: string): Promise<StatusListEntry[]> {
    const ids = this.#of('list-opened').filter(({ event }) => event.issuer === issuer);
    return ids.map(({ event }) => this.#list(event.list)).filter((entry) => entry !== undefined);
  }

  async list(id: string): Promise<StatusListEntry | undefined> {
    return this.#list(id);
  }

  async usedIndexes(list: string): Promise<Uint8Array> {
    return this.#bits(list, this.#used(list));
  }

  async statusBits(list: string): Promise<Uint8Array> {
    return this.#bits(list, this.#set(list, this.#facts.length));
  }

  async keys(issuer: string): Promise<KeyEntry[]> {
    return this.#of('key-created')
      .filter(({ event }) => event.issuer === issuer)
      .map(({ event, at }) => ({
        issuer,
        algorithm: event.algorithm,
        publicKeyMultibase: event.publicKeyMultibase,
        ...this.#stateOfKey(issuer, event.publicKeyMultibase),
        createdAt: at,
      }));
  }

  async halt(): Promise<HaltEntry | undefined> {
    const halted = this.#halted();
    return halted === undefined ? undefined : { since: halted.at };
  }

  async haltReason(): Promise<Json | undefined> {
    return this.#payload(this.#halted());
  }

  async session(id: string): Promise<SessionEntry | undefined> {
    return this.#session(id);
  }

  async sessions(issuer: string): Promise<SessionEntry[]> {
    const own = this.#of('sealed').filter(({ event }) => event.issuer === issuer);
    return own.map(({ event }) => this.#session(event.session)).filter((entry) => entry !== undefined);
  }

  async sessionByDigest(issuer: string, wanted: string): Promise<SessionEntry | undefined> {
    return (await this.sessions(issuer)).find((session) => session.digest === wanted);
  }

  async sessionHeader(session: string): Promise<Json | undefined> {
    return this.#payload(this.#of('sealed').find(({ event }) => event.session === session));
  }

  async sessionRows(session: string): Promise<(Json | undefined)[]> {
    const rows = this.#session(session)?.rows ?? 0;
    const judged = this.#of('judged').filter(({ event }) => event.session === session);
    return Array.from({ length: rows }, (_, row) => this.#payload(judged.find(({ event }) => event.row === row)));
  }

  async erasedRefs(issuer: string): Promise<string[]> {
    const own = this.#of('erased').filter(({ event }) => event.issuer === issuer);
    return [...new Set(own.flatMap(({ event }) => event.refs))];
  }

  async strands(): Promise<StrandHead[]> {
    return this.#strandsOf(this.#facts);
  }

  /** A strand begins with the first fact, and with each restore. */
  #strandsOf(facts: readonly Fact[]): StrandHead[] {
    const strands = [{ strand: 'model', records: 0, head: '' }];
    for (const { payload: _, ...fact } of facts) {
      if (fact.event.kind === 'restored') strands.push({ strand: fact.event.strand, records: 0, head: '' });
      const last = strands.at(-1);
      if (last !== undefined) strands.push({ ...last, records: last.records + 1, head: digest(fact) });
    }
    return strands.filter(({ strand }, at) => strand !== strands[at + 1]?.strand);
  }

  async check(known: readonly StrandHead[] = []): Promise<LedgerCheck> {
    const withPayload = this.#facts.filter(({ payload }) => payload !== undefined);
    const erased = withPayload.filter((fact) => this.#payload(fact) === undefined);
    const seen =
      known.length === 0 ? [] : this.#facts.flatMap((_, at) => this.#strandsOf(this.#facts.slice(0, at + 1)));
    const problems = known
      .filter((head) => !seen.some((each) => JSON.stringify(each) === JSON.stringify(head)))
      .map(({ strand, records }) => ({
        file: 'model',
        place: `record ${records} of strand ${strand}`,
        damage: { code: 'digest-differs' } as const,
        message: '',
      }));
    return {
      ok: problems.length === 0,
      records: this.#facts.length,
      payloads: withPayload.length,
      erasedPayloads: erased.length,
      strands: this.#strandsOf(this.#facts),
      problems,
    };
  }

  #of<K extends LedgerEvent['kind']>(kind: K): Of<K>[] {
    return this.#facts.filter((fact): fact is Of<K> => fact.event.kind === kind);
  }

  #refOf({ event }: Fact): string | undefined {
    if ('ref' in event) return event.ref;
    return 'credential' in event ? this.#credential(event.credential)?.ref : undefined;
  }

  #about(credential: string): Fact[] {
    const first = this.#of('reserved').find(({ event }) => event.credential === credential);
    if (first === undefined) return [];
    const { issuer, ref } = first.event;
    return this.#facts.filter(
      ({ event, sequence }) =>
        ('credential' in event && event.credential === credential) ||
        (event.kind === 'erased' && event.issuer === issuer && event.refs.includes(ref) && sequence > first.sequence),
    );
  }

  #payload(fact: Fact | undefined): Json | undefined {
    if (fact === undefined) return undefined;
    const ref = this.#refOf(fact);
    const erased = this.#of('erased').some(
      ({ event, sequence }) =>
        ref !== undefined &&
        'issuer' in fact.event &&
        event.issuer === fact.event.issuer &&
        sequence > fact.sequence &&
        event.refs.includes(ref),
    );
    return erased ? undefined : structuredClone(fact.payload);
  }

  /** The credential as of a sequence, read off the facts about it. */
  #credential(id: string, until = this.#facts.length): CredentialEntry | undefined {
    let entry: CredentialEntry | undefined;
    for (const { event, at, sequence } of this.#about(id)) {
      if (sequence > until) break;
      if (event.kind === 'reserved') {
        const { credential, issuer, ref, source, version, list, index } = event;
        const reserved = {
          version,
          list,
          index,
          state: 'reserved',
          superseded: false,
          reservedAt: at,
          issuedAt: undefined,
        } as const;
        entry =
          entry === undefined
            ? { credential, issuer, ref, source, state: 'reserved', since: at, versions: [reserved] }
            : { ...entry, versions: [...entry.versions, reserved] };
      } else if (entry !== undefined) entry = after(entry, event, at);
    }
    return entry;
  }

  #stateAt(id: string, sequence: number): CredentialLifeState | undefined {
    return this.#credential(id, sequence)?.state;
  }

  #all(): CredentialEntry[] {
    const ids = new Set(this.#of('reserved').map(({ event }) => event.credential));
    return [...ids].map((id) => this.#credential(id)).filter((entry) => entry !== undefined);
  }

  #newestOf(issuer: string, ref: string): CredentialEntry | undefined {
    const holder = this.#of('reserved').findLast(
      ({ event }) => event.issuer === issuer && event.ref === ref && event.version === 1,
    );
    return holder === undefined ? undefined : this.#credential(holder.event.credential);
  }

  #used(list: string): Set<number> {
    return new Set(
      this.#of('reserved')
        .filter(({ event }) => event.list === list)
        .map(({ event }) => event.index),
    );
  }

  /** Indexes whose bit is set as of a sequence. Erasure changes no bit: the state before it counts. */
  #set(list: string, until: number): Set<number> {
    const purpose = this.#opened(list)?.purpose;
    const set = new Set<number>();
    for (const { credential } of this.#all()) {
      const erasure = this.#about(credential).find(({ event }) => event.kind === 'erased')?.sequence ?? until + 1;
      const entry = this.#credential(credential, Math.min(until, erasure - 1));
      for (const version of entry?.versions ?? []) {
        if (version.list !== list || version.state === 'voided') continue;
        const suspended = purpose === 'suspension' && entry?.state === 'suspended';
        if (entry?.state === 'revoked' || suspended || version.superseded) set.add(version.index);
      }
    }
    return set;
  }

  #bits(list: string, indexes: ReadonlySet<number>): Uint8Array {
    const bits = new Uint8Array((this.#opened(list)?.length ?? 0) / 8);
    for (const index of indexes) bits[index >> 3] = (bits[index >> 3] ?? 0) | (0x80 >> (index & 7));
    return bits;
  }

  #opened(id: string) {
    return this.#of('list-opened').find(({ event }) => event.list === id)?.event;
  }

  #list(id: string): StatusListEntry | undefined {
    const opened = this.#opened(id);
    if (opened === undefined) return undefined;
    const { list, issuer, purpose, length } = opened;
    let revision = 0;
    for (let sequence = 1; sequence <= this.#facts.length; sequence += 1) {
      const [before, now] = [this.#set(id, sequence - 1), this.#set(id, sequence)];
      revision +=
        [...before].filter((index) => !now.has(index)).length + [...now].filter((index) => !before.has(index)).length;
    }
    return { list, issuer, purpose, length, used: this.#used(id).size, closed: this.#isClosed(id), revision };
  }

  #session(id: string): SessionEntry | undefined {
    const sealed = this.#of('sealed').find(({ event }) => event.session === id);
    if (sealed === undefined) return undefined;
    const { issuer, session, digest: sealedDigest, rows } = sealed.event;
    const judged = this.#of('judged').filter(({ event }) => event.session === id).length;
    return { issuer, session, digest: sealedDigest, rows, sealedAt: sealed.at, judged };
  }

  #isClosed(list: string): boolean {
    return this.#of('list-closed').some(({ event }) => event.list === list);
  }

  #isErased(issuer: string, ref: string): boolean {
    return this.#of('erased').some(({ event }) => event.issuer === issuer && event.refs.includes(ref));
  }

  #stateOfKey(issuer: string, key: string): Pick<KeyEntry, 'state' | 'compromisedSince'> {
    const isIt = ({ event }: Of<'key-retired' | 'key-compromised'>) =>
      event.issuer === issuer && event.publicKeyMultibase === key;
    const doubted = this.#of('key-compromised').filter(isIt);
    if (doubted.length > 0) {
      return { state: 'compromised', compromisedSince: Math.min(...doubted.map(({ event }) => event.since)) };
    }
    return { state: this.#of('key-retired').some(isIt) ? 'retired' : 'active' };
  }

  /** The record of the emergency stop in force. */
  #halted(): Fact | undefined {
    const last = this.#facts.findLast(({ event }) => event.kind === 'halted' || event.kind === 'resumed');
    return last?.event.kind === 'halted' ? last : undefined;
  }

  /** What forbids an event now, if anything does. */
  #conflict(event: LedgerEvent): Conflict | undefined {
    switch (event.kind) {
      case 'halted':
        return this.#halted() === undefined ? undefined : 'state-forbids';
      case 'resumed':
        return this.#halted() === undefined ? 'state-forbids' : undefined;
      case 'key-created':
      case 'key-retired':
      case 'key-compromised': {
        const known = this.#of('key-created').some(
          (fact) => fact.event.issuer === event.issuer && fact.event.publicKeyMultibase === event.publicKeyMultibase,
        );
        if (event.kind === 'key-created') return known ? 'key-taken' : undefined;
        const { state, compromisedSince = Number.POSITIVE_INFINITY } = this.#stateOfKey(
          event.issuer,
          event.publicKeyMultibase,
        );
        const allowed = event.kind === 'key-retired' ? state === 'active' : event.since < compromisedSince;
        return known && allowed ? undefined : 'state-forbids';
      }
      case 'list-opened':
        return this.#opened(event.list) === undefined ? undefined : 'list-taken';
      case 'list-closed':
        if (this.#opened(event.list)?.issuer !== event.issuer) return 'unknown-list';
        return this.#isClosed(event.list) ? 'state-forbids' : undefined;
      case 'restored':
        return this.#of('restored').some((fact) => fact.event.strand === event.strand) ? 'strand-taken' : undefined;
      case 'sealed': {
        const taken = this.#of('sealed').some(
          (fact) =>
            fact.event.session === event.session ||
            (fact.event.issuer === event.issuer && fact.event.digest === event.digest),
        );
        return taken ? 'session-taken' : undefined;
      }
      case 'judged': {
        const session = this.#session(event.session);
        if (session === undefined || session.issuer !== event.issuer || event.row >= session.rows)
          return 'state-forbids';
        const taken = this.#of('judged').some(
          (fact) => fact.event.session === event.session && fact.event.row === event.row,
        );
        if (taken) return 'session-taken';
        return this.#isErased(event.issuer, event.ref) ? 'ref-erased' : undefined;
      }
      case 'reserved':
        return this.#reservationConflict(event);
      case 'erased':
        return undefined;
      default:
        return this.#lifeConflict(event);
    }
  }

  #reservationConflict(event: Extract<LedgerEvent, { kind: 'reserved' }>): Conflict | undefined {
    const list = this.#opened(event.list);
    if (list === undefined || list.issuer !== event.issuer || event.index >= list.length) return 'unknown-list';
    const known = this.#credential(event.credential);
    const used = this.#isClosed(event.list)
      ? 'list-closed'
      : this.#used(event.list).has(event.index)
        ? 'index-taken'
        : undefined;
    if (known === undefined) {
      if (event.version !== 1) return 'unknown-credential';
      if (this.#isErased(event.issuer, event.ref)) return 'ref-erased';
      const holder = this.#newestOf(event.issuer, event.ref);
      if (holder !== undefined && holder.state !== 'voided') return 'ref-taken';
      return used;
    }
    if (known.issuer !== event.issuer || known.ref !== event.ref || known.source !== event.source)
      return 'version-taken';
    if (event.version <= known.versions.length) return 'version-taken';
    if (event.version > known.versions.length + 1 || known.versions.at(-1)?.state === 'reserved')
      return 'state-forbids';
    if (known.state !== 'active' && known.state !== 'suspended') return 'state-forbids';
    const served = known.versions.findLast((version) => version.state === 'issued');
    const same = served?.list === event.list && served.index === event.index;
    return same ? undefined : used;
  }

  #lifeConflict(event: Extract<LedgerEvent, { credential: string }>): Conflict | undefined {
    const entry = this.#credential(event.credential);
    if (entry === undefined || entry.issuer !== event.issuer) return 'unknown-credential';
    if ('version' in event && entry.versions[event.version - 1] === undefined) return 'unknown-credential';
    const allowed: Partial<Record<LedgerEvent['kind'], readonly CredentialLifeState[]>> = {
      issued: ['reserved', 'active', 'suspended'],
      voided: ['reserved', 'active', 'suspended', 'revoked', 'voided'],
      revoked: ['active', 'suspended'],
      suspended: ['active'],
      reinstated: ['suspended'],
      superseded: ['reserved', 'active', 'suspended', 'revoked', 'voided'],
    };
    const version = 'version' in event ? entry.versions[event.version - 1] : undefined;
    if (event.kind === 'issued' && version?.state === 'issued') return 'version-taken';
    if (allowed[event.kind]?.includes(entry.state) !== true) return 'state-forbids';
    if (event.kind === 'issued' || event.kind === 'voided')
      return version?.state === 'reserved' ? undefined : 'state-forbids';
    if (event.kind !== 'superseded') return undefined;
    const served = entry.versions.findLast(({ state }) => state === 'issued');
    const newer = served !== undefined && version !== undefined && served.version > version.version;
    const apart = served?.list !== version?.list || served?.index !== version?.index;
    return version?.state === 'issued' && !version.superseded && newer && apart ? undefined : 'state-forbids';
  }
}

function after(entry: CredentialEntry, event: LedgerEvent, at: number): CredentialEntry {
  const to = (state: CredentialLifeState): CredentialEntry => ({ ...entry, state, since: at });
  const mapped = (change: (version: CredentialEntry['versions'][number]) => CredentialEntry['versions'][number]) =>
    entry.versions.map(change);
  switch (event.kind) {
    case 'issued': {
      const versions = mapped((version) =>
        version.version === event.version ? { ...version, state: 'issued', issuedAt: at } : version,
      );
      return { ...(entry.state === 'reserved' ? to('active') : entry), versions };
    }
    case 'voided': {
      const versions = mapped((version) =>
        version.version === event.version ? { ...version, state: 'voided' } : version,
      );
      return { ...(entry.state === 'reserved' ? to('voided') : entry), versions };
    }
    case 'superseded': {
      const old = entry.versions[event.version - 1];
      const versions = mapped((version) =>
        version.state === 'issued' && version.list === old?.list && version.index === old.index
          ? { ...version, superseded: true }
          : version,
      );
      return { ...entry, versions };
    }
    case 'erased':
      return entry.state === 'erased' ? entry : to('erased');
    case 'reinstated':
      return to('active');
    default: {
      const state = STATES.find((candidate) => candidate === event.kind);
      return state === undefined ? entry : to(state);
    }
  }
}

function digest(fact: object): string {
  return createHash('sha256').update(JSON.stringify(fact)).digest('hex');
}
