import { z } from 'zod';
import { type Cohort, zStudent } from '../engagement/schema.js';
import type { RecordedAward } from '../jury/recognised-before.js';
import type { Partition } from '../ports/documents.js';
import { asJson } from '../ports/json.js';
import type { IssuingCore } from './context.js';
import { fromHex, toHex } from './digest.js';
import { groupBy } from './group-by.js';
import { inChunks } from './in-chunks.js';

/** Partitions written side by side: each waits for its disk. */
const PARTITIONS_AT_ONCE = 4;

const zDossier = z.strictObject({
  programme: z.string(),
  programmeVersion: z.string(),
  academicYear: z.string(),
  engagementId: z.string(),
  activityKey: z.string(),
  variant: z.string().optional(),
});
/** One thing a student did, as far as the house must find it again. */
export type Dossier = z.infer<typeof zDossier>;

const zStudentRecord = z.strictObject({
  student: zStudent,
  /** 32 random bytes, hex: the key of this student's refs. Destroying it cuts the ledger from the person. */
  refKey: z.string().regex(/^[0-9a-f]{64}$/),
  dossiers: z.array(zDossier),
  pathways: z.array(z.strictObject({ programme: z.string(), programmeVersion: z.string(), pathway: z.string() })),
});
export type StudentRecord = z.infer<typeof zStudentRecord>;

/** Students are spread over 256 partitions by a hash of their id, so that a batch rewrites small files. */
function partitionOf(context: Pick<IssuingCore, 'hash'>, issuer: string, studentId: string): Partition {
  return { issuer, collection: 'students', name: context.hash(studentId).slice(0, 2) };
}

export async function findStudent(
  context: IssuingCore,
  issuer: string,
  studentId: string,
): Promise<StudentRecord | undefined> {
  const stored = await context.store.documents.get(partitionOf(context, issuer, studentId), studentId);
  return stored === undefined ? undefined : zStudentRecord.parse(stored.value);
}

/** Every student of an issuer, one partition after the other. */
export async function* allStudents(context: IssuingCore, issuer: string): AsyncGenerator<StudentRecord> {
  const { documents } = context.store;
  for (const name of await documents.partitions(issuer, 'students')) {
    for (const { value } of await documents.list({ issuer, collection: 'students', name })) {
      yield zStudentRecord.parse(value);
    }
  }
}

/**
 * Records the students of a cohort and what each did, keeping the refKey of those already known.
 * @returns the records by student id.
 */
export async function recordStudents(
  context: IssuingCore,
  issuer: string,
  cohort: Cohort,
): Promise<ReadonlyMap<string, StudentRecord>> {
  const byPartition = groupBy(cohort.engagements, ({ student }) => partitionOf(context, issuer, student.id).name);
  const records = new Map<string, StudentRecord>();
  await inChunks([...byPartition], { size: 1, atOnce: PARTITIONS_AT_ONCE }, async ([partition]) => {
    if (partition === undefined) return [];
    const [name, engagements] = partition;
    await context.store.documents.transact({ issuer, collection: 'students', name }, async (transaction) => {
      for (const engagement of engagements) {
        const { student } = engagement;
        const stored = await transaction.get(student.id);
        const known = stored === undefined ? undefined : zStudentRecord.parse(stored.value);
        const dossier: Dossier = {
          programme: cohort.programme,
          programmeVersion: cohort.programmeVersion,
          academicYear: cohort.academicYear,
          engagementId: engagement.id,
          activityKey: engagement.activityKey,
          ...(engagement.variant === undefined ? {} : { variant: engagement.variant }),
        };
        const others = (known?.dossiers ?? []).filter(
          (other) => other.programme !== dossier.programme || other.engagementId !== dossier.engagementId,
        );
        const record: StudentRecord = {
          student,
          refKey: known?.refKey ?? toHex(context.random.bytes(32)),
          dossiers: [...others, dossier],
          pathways: known?.pathways ?? [],
        };
        records.set(student.id, record);
        if (JSON.stringify(known) !== JSON.stringify(record)) await transaction.put(student.id, asJson(record));
      }
    });
    return [];
  });
  return records;
}

/** Notes which students are owed a pathway award, so that it is found for supplements and erasure. */
export async function recordPathways(
  context: IssuingCore,
  issuer: string,
  programme: { readonly id: string; readonly version: string },
  awards: readonly { readonly studentId: string; readonly pathway: string }[],
): Promise<void> {
  const byPartition = groupBy(awards, ({ studentId }) => partitionOf(context, issuer, studentId).name);
  for (const [name, owed] of byPartition) {
    await context.store.documents.transact({ issuer, collection: 'students', name }, async (transaction) => {
      for (const { studentId, pathway } of owed) {
        const stored = await transaction.get(studentId);
        if (stored === undefined) continue;
        const record = zStudentRecord.parse(stored.value);
        if (record.pathways.some((known) => known.programme === programme.id && known.pathway === pathway)) continue;
        const award = { programme: programme.id, programmeVersion: programme.version, pathway };
        const changed = { ...record, pathways: [...record.pathways, award] };
        await transaction.put(studentId, asJson(changed), stored.version);
      }
    });
  }
}

/** Removes a student's record, and with it the key of their refs. */
export async function deleteStudent(context: IssuingCore, issuer: string, studentId: string): Promise<void> {
  await context.store.documents.transact(partitionOf(context, issuer, studentId), (transaction) =>
    transaction.delete(studentId),
  );
}

/** What a ref stands for: an engagement in a programme, or a pathway of a programme. */
export type RefSubject =
  | { readonly programme: string; readonly engagementId: string }
  | { readonly programme: string; readonly pathway: string };

/**
 * The name the ledger knows one award by: HMAC-SHA-256, hex, under the student's own key. The same award always has
 * the same ref, which is what "issued once" rests on; without the key nobody can tell whose it is.
 */
export async function refOf(
  context: Pick<IssuingCore, 'crypto'>,
  record: StudentRecord,
  subject: RefSubject,
): Promise<string> {
  const parts =
    'engagementId' in subject
      ? ['engagement', subject.programme, subject.engagementId]
      : ['pathway', subject.programme, subject.pathway];
  const message = new TextEncoder().encode(JSON.stringify(parts));
  return toHex(await context.crypto.hmacSha256(fromHex(record.refKey), message));
}

/** Every ref of a student: of each dossier, then of each pathway. */
export async function refsOf(context: Pick<IssuingCore, 'crypto'>, record: StudentRecord): Promise<string[]> {
  const subjects: RefSubject[] = [...record.dossiers, ...record.pathways];
  return Promise.all(subjects.map((subject) => refOf(context, record, subject)));
}

/**
 * Awards the house has given to the students and that still stand: one activity gives one recognition, whatever file it
 * comes in.
 */
export async function recordedAwards(
  context: IssuingCore,
  issuer: string,
  records: ReadonlyMap<string, StudentRecord>,
): Promise<RecordedAward[]> {
  const awards: RecordedAward[] = [];
  for (const [studentId, record] of records) {
    for (const dossier of record.dossiers) {
      const entry = await context.store.ledger.byRef(issuer, await refOf(context, record, dossier));
      if (entry === undefined || (entry.state !== 'active' && entry.state !== 'suspended')) continue;
      const { programme, activityKey, academicYear, engagementId, variant } = dossier;
      awards.push({
        studentId,
        programme,
        activityKey,
        academicYear,
        engagementId,
        ...(variant === undefined ? {} : { variant }),
      });
    }
  }
  return awards;
}
