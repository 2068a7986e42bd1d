import type { IssuingCore } from './context.js';
import { eraseStudent } from './erase-student.js';
import { allStudents, refsOf } from './students.js';

/**
 * Erases again what was erased before, known by refs alone: a copy older than the erasure was put back. Students are
 * found by the refs that their keys give, and erased with all that is held on them; refs that lead to nobody any more
 * are noted as erased.
 * @returns how many students, and how many refs were not known as erased.
 */
export async function eraseRefs(
  context: IssuingCore,
  request: { readonly issuer: string; readonly refs: readonly string[]; readonly actor: string },
): Promise<{ readonly students: number; readonly refs: number }> {
  const { issuer, actor } = request;
  const { ledger } = context.store;
  const unknown = async () => {
    const known = new Set(await ledger.erasedRefs(issuer));
    return new Set(request.refs.filter((ref) => !known.has(ref)));
  };
  const wanted = await unknown();
  if (wanted.size === 0) return { students: 0, refs: 0 };
  const theirs: string[] = [];
  for await (const record of allStudents(context, issuer)) {
    if ((await refsOf(context, record)).some((ref) => wanted.has(ref))) theirs.push(record.student.id);
  }
  for (const student of theirs) await eraseStudent(context, { issuer, student, actor });
  const left = [...(await unknown())];
  if (left.length > 0) await ledger.append([{ actor, event: { kind: 'erased', issuer, refs: left } }]);
  return { students: theirs.length, refs: wanted.size };
}
