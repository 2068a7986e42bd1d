import type { OwnStateRecord } from '../ports/house-record.js';
import { fromJson, isJsonObject, type JsonObject } from '../ports/json.js';
import type { Resolution } from '../ports/resolver.js';
import type { Workers } from '../ports/workers.js';
import { issuerIdOf } from '../verification/issuer-id.js';
import { listOf, objectOf } from '../verification/members.js';
import type { IssuingContext } from './context.js';
import { type Inspected, type Inspection, inspectionHere } from './inspection.js';
import type { GivenToVerify, InspectionTasks } from './inspection-tasks.js';
import { attempt, type Outcome, succeeded } from './outcome.js';
import { findByAddress, ownStateRecord } from './own-resolver.js';

/** Fewer documents are looked at sooner than they would have crossed to another thread. */
const FEW = 16;

/** Chunks given to a thread at most: the one it is at, and the next, so that it never waits for this thread. */
const WAITING_FOR_EACH = 2;

/**
 * Looks at chunks in worker threads, and at what is more than those have waiting in this thread, which has the rest of
 * issuing to do. Private keys stay here: what comes back is digests and findings.
 * @param threads of the workers that long jobs may take at once.
 */
export function inspectionInWorkers(workers: Workers<InspectionTasks>, threads: number): Inspection {
  let busy = 0;

  /** @returns undefined when no thread is free, willing or sound: the chunk is looked at here. */
  async function run<Task extends keyof InspectionTasks & string>(
    task: Task,
    input: () => Promise<Parameters<InspectionTasks[Task]>[0]>,
  ): Promise<readonly unknown[] | undefined> {
    busy += 1;
    try {
      return fromJson<unknown[]>(JSON.parse(await workers.run(task, await input(), { lane: 'slow' })));
    } catch {
      return undefined;
    } finally {
      busy -= 1;
    }
  }

  async function look<T, Task extends keyof InspectionTasks & string>(
    task: Task,
    documents: readonly Inspected[],
    {
      input,
      here,
    }: {
      readonly input: () => Promise<Parameters<InspectionTasks[Task]>[0]>;
      readonly here: (documents: readonly Inspected[]) => Promise<readonly Outcome<T>[]>;
    },
  ): Promise<readonly Outcome<T>[]> {
    if (documents.length < FEW || busy >= WAITING_FOR_EACH * threads) return here(documents);
    const answers = await run(task, input);
    if (answers === undefined) return here(documents);
    const left = (await here(documents.filter((_, number) => answers[number] == null))).values();
    return documents.map((_, number) => {
      const found = answers[number];
      return found == null ? (left.next().value ?? notAnswered()) : succeeded(found as T);
    });
  }

  return {
    atOnce: WAITING_FOR_EACH * threads + 1,
    lint: (context, documents) =>
      look('lint', documents, {
        input: async () => ({ documents: documents.map(asText) }),
        here: (some) => inspectionHere.lint(context, some),
      }),
    verify: (context, documents) =>
      look('verify', documents, {
        input: async () => ({ documents: documents.map(asText), given: await givenToVerify(context, documents) }),
        here: (some) => inspectionHere.verify(context, some),
      }),
  };
}

function notAnswered(): Outcome<never> {
  return { ok: false, error: new Error('a chunk was answered in part') };
}

function asText({ document, source }: Inspected): string {
  return JSON.stringify({ document, source });
}

/** What the house's resolver has to say about the documents. */
async function givenToVerify(context: IssuingContext, documents: readonly Inspected[]): Promise<GivenToVerify> {
  const { resolver, clock } = context;
  const issuers = new Set(documents.flatMap(({ document }) => issuerIdOf(document) ?? []));
  const lists = new Set(documents.flatMap(({ document }) => listsOf(document)));
  const [controllers, found, ownStates] = await Promise.all([
    answersTo(issuers, (did) => resolver.controllerDocument(did)),
    answersTo(lists, (url) => resolver.statusList(url)),
    Promise.all(documents.map(({ document }) => ownStateOf(context, document))),
  ]);
  return { now: clock.now(), controllers, lists: found, ownStates: new Map(ownStates.flat()) };
}

/** What is asked for and fails stays out: the thread then leaves the document to the house. */
async function answersTo<T>(
  questions: ReadonlySet<string>,
  ask: (question: string) => Promise<Resolution<T>>,
): Promise<ReadonlyMap<string, Resolution<T>>> {
  const answers = await Promise.all(
    [...questions].map(async (question) => [question, await attempt(() => ask(question))] as const),
  );
  return new Map(answers.flatMap(([question, answer]) => (answer.ok ? [[question, answer.value] as const] : [])));
}

function listsOf({ credentialStatus }: JsonObject): readonly string[] {
  return listOf(credentialStatus).flatMap((entry) => {
    const { statusListCredential } = isJsonObject(entry) ? entry : {};
    return typeof statusListCredential === 'string' ? [statusListCredential] : [];
  });
}

/** By the document's id; of one without, nothing is asked. */
async function ownStateOf(
  context: IssuingContext,
  document: JsonObject,
): Promise<readonly (readonly [string, OwnStateRecord | null])[]> {
  const { id } = objectOf(document);
  if (typeof id !== 'string') return [];
  const entry = await findByAddress(context, id, issuerIdOf(document));
  return [[id, entry === undefined ? null : await ownStateRecord(context, entry)]];
}
