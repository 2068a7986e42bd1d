import { describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { listIssuers } from '../../src/issuing/issuers.js';
import { isJsonObject } from '../../src/ports/json.js';
import type { LogStore } from '../../src/ports/log-store.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample } from '../support/house.js';
import { query } from '../support/postgres.js';
import { issueSecondCohort } from '../support/second-cohort.js';
import { twoProcesses } from '../support/two-processes.js';

const PATIENCE = { timeout: 60_000 };

describe('a student erased by one process while another issues to them', () => {
  const two = twoProcesses();

  /** All that the log holds, as text. */
  const logged = async () => JSON.stringify(await query(two.database.url, 'SELECT * FROM log_rows'));

  /** What the house of a batch does, after the other process has erased a student once. */
  type Waiting = (erased: () => Promise<unknown>) => Partial<House['issuing']>;

  it.each([
    [
      'once its letters are queued',
      (erased) => ({
        signer: {
          ...two.one.issuing.signer,
          sign: (request) => erased().then(() => two.one.issuing.signer.sign(request)),
        },
      }),
    ],
    [
      'before its letters are queued',
      (erased) => {
        const { store } = two.one.issuing;
        const put: LogStore['put'] = (rows) => erased().then(() => store.log.put(rows));
        const log = new Proxy(store.log, {
          get(target, name) {
            if (name === 'put') return put;
            const member: unknown = Reflect.get(target, name);
            return typeof member === 'function' ? member.bind(target) : member;
          },
        });
        return { store: { ...store, log } };
      },
    ],
  ] satisfies readonly [string, Waiting][])(
    'G2 leaves neither a row of the batch nor a letter: erased %s',
    async (_, waiting) => {
      const first = await issueSample(two.one, 'projet-pro');
      await expect.poll(async () => (await listIssuers(two.other.issuing)).length, PATIENCE).toBe(1);
      const issued = first.rows.filter(({ credentialId }) => credentialId !== undefined);
      const [row, neighbour] = [ensureDefined(issued[0]), ensureDefined(issued[1])];
      const judged = (await two.one.issuing.store.ledger.sessionRows(first.batchId)).filter(isJsonObject);
      const student = String(judged.find(({ engagementId }) => engagementId === row.engagementId)?.['studentId']);
      const engagement = row.engagementId.replace('PP-E', 'PP-F');

      let erasing: Promise<unknown> | undefined;
      const erased = () => {
        erasing ??= eraseStudent(two.other.issuing, { issuer: first.issuer, student, actor: 'test' });
        return erasing;
      };
      await issueSecondCohort({ ...two.one, issuing: { ...two.one.issuing, ...waiting(erased) } });
      await ensureDefined(erasing);
      const left = await logged();
      expect(left).not.toContain(student);
      expect(left).not.toContain(engagement);
      expect(left).not.toContain(row.engagementId);
      expect(left).toContain(neighbour.engagementId.replace('PP-E', 'PP-F'));
      expect((await two.one.issuing.store.ledger.check()).problems).toEqual([]);
    },
  );
});
