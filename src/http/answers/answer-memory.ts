import type { Clock } from '../../ports/clock.js';
import type { StoreChange } from '../../ports/store.js';
import type { Instant } from '../../text/instant.js';
import { type Subject, type SubjectKind, touchedBy } from './touched.js';

/** A finished answer: everything of it that is the same for whoever asks the same. */
export interface Answer {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Names in lower case; the entity tag among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  /** The pattern of the route that made it. */
  readonly route: string;
}

/** What a route says of an answer that may be given again. */
export interface Keeping {
  readonly about: Subject;
  /** How long what depends on the clock may be said again. */
  readonly seconds?: number;
  /** From this instant on it is to be made anew, whatever `seconds` say. */
  readonly until?: Instant;
}

interface Kept {
  readonly answer: Answer;
  readonly about: Subject;
  readonly from: Instant;
  readonly until: Instant;
  readonly bytes: number;
  /** Settles when whoever makes it anew is done. */
  renewal?: Promise<void>;
}

/** One answer being made: what changes meanwhile overtakes it. */
export interface Making {
  /** Keeps the answer, unless a change overtook it. */
  keep(answer: Answer, keeping: Keeping): void;
  /** To be called in the end, whatever came of it. */
  end(): void;
}

const MAX_SECONDS = 600;
/** What an entry costs besides its body and its question. */
const OVERHEAD_BYTES = 2_048;
/** Ways to ask for one thing (forms, languages, spellings of an address) that are kept. */
const MOST_OF_A_SUBJECT = 64;

/**
 * Finished public answers, the ones asked for last, within a bound of bytes. Each is about something of the house and is
 * forgotten before whoever changed that is answered; none that a change overtook while it was made is kept. A question
 * is a text that says everything the answer depends on.
 */
export class AnswerMemory {
  readonly #clock: Clock;
  readonly #maxBytes: number;
  /** In the order asked for last. */
  readonly #kept = new Map<string, Kept>();
  readonly #about = new Map<SubjectKind, Map<string, Set<string>>>();
  readonly #underWay = new Set<StoreChange[]>();
  #bytes = 0;

  constructor(options: { readonly clock: Clock; readonly maxBytes: number }) {
    this.#clock = options.clock;
    this.#maxBytes = options.maxBytes;
  }

  /** Bytes kept, about. */
  get bytes(): number {
    return this.#bytes;
  }

  find(question: string): Answer | undefined {
    const kept = this.#kept.get(question);
    if (kept === undefined) return undefined;
    const now = this.#clock.now();
    if (now < kept.from || now >= kept.until) return undefined;
    this.#kept.delete(question);
    this.#kept.set(question, kept);
    return kept.answer;
  }

  /**
   * Settles when somebody else has made the answer to this question anew, if somebody is at it: when an answer that all
   * the world asks for has become too old, it is made once.
   */
  renewal(question: string): Promise<void> | undefined {
    return this.#kept.get(question)?.renewal;
  }

  /** Begins to make an answer: to be called before anything is read for it. */
  begin(question: string): Making {
    const changes: StoreChange[] = [];
    this.#underWay.add(changes);
    const stale = this.#kept.get(question);
    let renewed: (() => void) | undefined;
    if (stale !== undefined && stale.renewal === undefined) {
      stale.renewal = new Promise((resolve) => {
        renewed = resolve;
      });
    }
    return {
      keep: (answer, keeping) => {
        if (!changes.some((change) => isTouched(keeping.about, change))) this.#keep(question, answer, keeping);
      },
      end: () => {
        this.#underWay.delete(changes);
        if (renewed === undefined || stale === undefined) return;
        delete stale.renewal;
        renewed();
      },
    };
  }

  /** Forgets what a change of the store may have made untrue, kept or under way. */
  forget(change: StoreChange): void {
    const touched = touchedBy(change);
    if (touched === 'nothing') return;
    for (const changes of this.#underWay) changes.push(change);
    if (touched === 'everything') {
      this.#kept.clear();
      this.#about.clear();
      this.#bytes = 0;
      return;
    }
    for (const { kind, name } of touched) {
      const subjects = this.#about.get(kind);
      if (name !== undefined) this.#forgetAll(subjects?.get(name));
      else for (const questions of subjects?.values() ?? []) this.#forgetAll(questions);
    }
  }

  #keep(question: string, answer: Answer, { about, seconds = MAX_SECONDS, until }: Keeping): void {
    this.#drop(question);
    const from = this.#clock.now();
    const bytes = answer.body.length + 2 * question.length + OVERHEAD_BYTES;
    const end = Math.min(from + seconds * 1_000, until ?? Number.POSITIVE_INFINITY);
    if (bytes > this.#maxBytes / 8 || end <= from) return;
    this.#kept.set(question, { answer, about, from, until: end, bytes });
    this.#bytes += bytes;
    const questions = this.#questionsAbout(about);
    questions.add(question);
    const [oldest] = questions;
    if (questions.size > MOST_OF_A_SUBJECT && oldest !== undefined) this.#drop(oldest);
    for (const eldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#drop(eldest);
    }
  }

  #questionsAbout({ kind, name }: Subject): Set<string> {
    const subjects = this.#about.get(kind) ?? new Map<string, Set<string>>();
    this.#about.set(kind, subjects);
    const questions = subjects.get(name) ?? new Set<string>();
    subjects.set(name, questions);
    return questions;
  }

  #forgetAll(questions: ReadonlySet<string> | undefined): void {
    for (const question of [...(questions ?? [])]) this.#drop(question);
  }

  #drop(question: string): void {
    const kept = this.#kept.get(question);
    if (kept === undefined) return;
    this.#kept.delete(question);
    this.#bytes -= kept.bytes;
    const subjects = this.#about.get(kept.about.kind);
    const questions = subjects?.get(kept.about.name);
    questions?.delete(question);
    if (questions?.size === 0) subjects?.delete(kept.about.name);
  }
}

function isTouched(subject: Subject, change: StoreChange): boolean {
  const touched = touchedBy(change);
  if (touched === 'everything' || touched === 'nothing') return touched === 'everything';
  return touched.some(({ kind, name }) => kind === subject.kind && (name === undefined || name === subject.name));
}
