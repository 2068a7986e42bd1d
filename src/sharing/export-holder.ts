import type { Engagement } from '../engagement/schema.js';
import { readReservation } from '../issuing/award.js';
import { findInCohorts } from '../issuing/cohorts.js';
import { rowsOfStudent } from '../issuing/holder-rows.js';
import type { JudgedRow } from '../issuing/seal-session.js';
import { findStudent, refsOf } from '../issuing/students.js';
import { asJson, fromJson, isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { CredentialEntry } from '../ports/ledger.js';
import { comparableAddress } from '../programme/address.js';
import { formatInstant } from '../text/instant.js';
import type { Holder, SharingContext } from './context.js';

/**
 * All that the house holds on one student at one issuer, as one JSON document (GDPR art. 15 and 20): record, dossiers,
 * verdicts, every version of every badge, letters, links, sessions, choices. Left out: what would let somebody else in
 * (the key of their refs, digests of links and sessions), and other people's addresses.
 * @returns undefined for a student the issuer does not know.
 */
export async function exportHolder(context: SharingContext, holder: Holder): Promise<JsonObject | undefined> {
  const { issuer, student } = holder;
  const record = await findStudent(context, issuer, student);
  if (record === undefined) return undefined;
  const { refKey: _refKey, ...known } = record;
  const cohorts = await findInCohorts(context, issuer, student);
  const badges: JsonObject[] = [];
  for (const ref of await refsOf(context, record)) {
    const entry = await context.store.ledger.byRef(issuer, ref);
    if (entry !== undefined) badges.push(await badgeWithVersions(context, entry));
  }
  return {
    exportedAt: formatInstant(context.clock.now()),
    issuer,
    ...asJson(known),
    engagements: cohorts.engagements.map(({ where, engagement }) => ({
      where,
      engagement: asJson(withoutAddresses(engagement)),
    })),
    roster: cohorts.roster.map(asJson),
    priorAwards: cohorts.priorAwards.map(asJson),
    verdicts: await verdictsOf(context, holder),
    badges,
    rows: (await rowsOfStudent(context, issuer, student)).map(({ topic, key, value }) => ({
      topic,
      ...(KEYS_TO_TELL.includes(topic) ? { key } : {}),
      value: isJsonObject(value) ? readable(value) : value,
    })),
  };
}

/** Topics whose keys are names; those of the others are digests that are nobody's business, not even their owner's. */
const KEYS_TO_TELL: readonly string[] = ['mail-outbox', 'mail-history', 'withdrawn'];

/** A row without its secret, its instants written as such. */
function readable(row: JsonObject): JsonObject {
  const members = Object.entries(row).filter(([name]) => name !== 'formToken');
  return Object.fromEntries(
    members.map(([name, value]): [string, Json] => [
      name,
      /At$|^at$/.test(name) && typeof value === 'number' ? formatInstant(value) : value,
    ]),
  );
}

/** Other people's addresses are theirs, not the student's; who they were is told by their names and roles. */
function withoutAddresses({ actors, assessments, ...engagement }: Engagement): Engagement {
  const own = comparableAddress(engagement.student.email);
  return {
    ...engagement,
    ...(actors === undefined ? {} : { actors: actors.map(({ email: _email, ...actor }) => actor) }),
    ...(assessments === undefined
      ? {}
      : {
          assessments: assessments.map((assessment) =>
            assessment.assessor.includes('@') && comparableAddress(assessment.assessor) !== own
              ? { ...assessment, assessor: assessment.role }
              : assessment,
          ),
        }),
  };
}

async function verdictsOf(context: SharingContext, { issuer, student }: Holder): Promise<JsonObject[]> {
  const verdicts: JsonObject[] = [];
  for (const { session, sealedAt } of await context.store.ledger.sessions(issuer)) {
    for (const payload of await context.store.ledger.sessionRows(session)) {
      if (payload === undefined || fromJson<JudgedRow>(payload).studentId !== student) continue;
      verdicts.push({ session, sealedAt: formatInstant(sealedAt), row: payload });
    }
  }
  return verdicts;
}

async function badgeWithVersions(context: SharingContext, entry: CredentialEntry): Promise<JsonObject> {
  const { ledger } = context.store;
  const { credential, state, since } = entry;
  const versions: JsonObject[] = [];
  for (const { version, reservedAt, issuedAt } of entry.versions) {
    const reservation = readReservation(await ledger.reservation(credential, version));
    versions.push({
      version,
      reservedAt: formatInstant(reservedAt),
      issuedAt: issuedAt === undefined ? null : formatInstant(issuedAt),
      document: (await ledger.document(credential, version)) ?? null,
      award: reservation?.award === undefined ? null : asJson(reservation.award),
      presentation: reservation?.presentation === undefined ? null : asJson(reservation.presentation),
    });
  }
  const reason = state === 'revoked' || state === 'suspended' ? await ledger.stateReason(credential) : undefined;
  return { credential, state, since: formatInstant(since), reason: reason ?? null, versions };
}
