import type { Json, JsonObject } from '../../ports/json.js';
import { missingDetail, type OwnState } from '../../ports/resolver.js';
import { readStatus, type StatusReading } from '../../status/read-status.js';
import { readStatusEntry, type StatusEntry } from '../../status/status-entry.js';
import type { StatusProblem } from '../../status/status-problem.js';
import { parseInstant } from '../../text/instant.js';
import { periodMembersOf } from '../data-model.js';
import type { Check, Examination } from '../examination.js';
import { type Finding, fail, pass, skipped, unknown, warning } from '../finding.js';
import { issuerIdOf } from '../issuer-id.js';
import { LIMITS } from '../limits.js';
import { listOf, objectOf, shownValue, textOf, withoutEmpty } from '../members.js';
import { isRevocationListEntry, readRevocationList } from '../revocation-list.js';
import { openStatusList } from '../status-list.js';

/**
 * Not revoked, not suspended, not replaced: every entry the badge declares, and what the house knows of a badge of its
 * own (V45 to V57). What cannot be found out is unknown, never fine.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm
 */
export const statusCheck: Check = {
  id: 'status',
  needs: ['proof', 'key'],
  async run(examination) {
    const declared = examination.credential['credentialStatus'];
    const entries = listOf(declared);
    if (entries.length > LIMITS.maxStatusEntries) {
      const what = { fr: 'nombre de statuts', en: 'number of status entries' };
      return [fail('too-complex', '/credentialStatus', { what, limit: LIMITS.maxStatusEntries })];
    }
    const own = await examination.askOwnState();
    const findings = own === undefined ? [] : ownFindings(own, examination);
    for (const [index, entry] of entries.entries()) {
      const pointer = Array.isArray(declared) ? `/credentialStatus/${index}` : '/credentialStatus';
      findings.push(...(await entryFindings(entry, pointer, { examination, own })));
    }
    return findings.some(({ state }) => state !== 'warning')
      ? findings
      : [...findings, skipped('nothing-to-check', null)];
  },
};

/** What the ledger says of our own badge beyond any list: a suspension and a correction live there only. */
function ownFindings(own: OwnState, { credential }: Examination): Finding[] {
  const validFrom = textOf(credential[periodMembersOf(credential).from]);
  if (own.state === 'revoked') return [fail('revoked', '/id')];
  if (own.state === 'not-told') return [unknown('own-state-not-told', '/id')];
  if (own.state === 'voided') return [fail('never-issued', '/id')];
  if (validFrom !== null && own.supersedes(validFrom)) return [fail('superseded', '/id')];
  if (own.state === 'suspended') return [fail('suspended', '/id')];
  const findings = [pass('/id')];
  const newest = own.newestValidFrom;
  if (newest !== undefined && validFrom !== null && (parseInstant(newest) ?? 0) > (parseInstant(validFrom) ?? 0)) {
    findings.push(warning('newer-version', '/validFrom', { validFrom: newest }));
  }
  return findings;
}

/** One entry. A list of the house's own that cannot be had now, its key locked say, adds nothing to the ledger (K3). */
async function entryFindings(
  declared: Json,
  pointer: string,
  { examination, own }: { readonly examination: Examination; readonly own: OwnState | undefined },
): Promise<Finding[]> {
  if (isRevocationListEntry(declared)) return revocationListFindings(declared, pointer, examination);
  const reading = readStatusEntry(declared);
  if (reading.outcome !== 'entry') return [problemFinding(reading, { declared, pointer, url: '' })];
  const { entry } = reading;
  const url = entry.listUrl;
  const resolution = await examination.resolver.statusList(url);
  if (resolution.outcome !== 'found') {
    const facts = { url, detail: missingDetail(resolution) };
    return [(own?.keepsList(url) === true ? warning : unknown)('status-not-retrieved', pointer, facts)];
  }
  const { openList = openStatusList } = examination;
  const opened = await openList(resolution.value, { url, examination, pointer });
  if (!opened.ok) return [opened.finding];
  const status = await readStatus({
    entry,
    list: withoutEmpty(opened.list),
    crypto: examination.crypto,
    at: examination.now,
    maxBytes: LIMITS.maxInflatedStatusBytes,
  });
  const bitOfRevocation = own?.keepsList(url) && isCorrected(own, examination) ? 'superseded' : 'revoked';
  return [...opened.warnings, ...readingFindings(status, entry, { declared, pointer, url, bitOfRevocation })];
}

/** The older kind of list. One that names another issuer is none of this badge's issuer (V47, V49). */
async function revocationListFindings(
  { id: url }: JsonObject,
  pointer: string,
  { credential, issuer, resolver }: Examination,
): Promise<Finding[]> {
  const badge = textOf(credential['id']);
  if (typeof url !== 'string' || !URL.canParse(url) || badge === null) return [fail('malformed-status', pointer)];
  const resolution = await resolver.statusList(url);
  if (resolution.outcome !== 'found') {
    return [unknown('status-not-retrieved', pointer, { url, detail: missingDetail(resolution) })];
  }
  // Such a list is a plain document: there is no form of it with a JWS around it.
  if (typeof resolution.value === 'string') return [unknown('status-list-unreadable', pointer)];
  const list = withoutEmpty(resolution.value);
  if (list['issuer'] !== undefined && issuerIdOf(list) !== issuer) {
    return [fail('status-list-not-trusted', pointer, { url })];
  }
  switch (readRevocationList(resolution.value, badge)) {
    case 'listed':
      return [fail('revoked', pointer)];
    case 'not-listed':
      return [pass(pointer)];
    case 'unreadable':
      return [unknown('status-list-unreadable', pointer)];
  }
}

interface Place {
  readonly declared: Json;
  readonly pointer: string;
  readonly url: string;
}

/** The ledger's word that a newer version corrected this copy: its bit was set for that, and nobody revoked the badge. */
function isCorrected(own: OwnState, { credential }: Examination): boolean {
  const validFrom = textOf(credential[periodMembersOf(credential).from]);
  return own.state !== 'revoked' && validFrom !== null && own.supersedes(validFrom);
}

/** What a set bit means follows from the purpose; one we do not know of decides nothing but is told. */
function readingFindings(
  status: StatusReading,
  { purpose }: StatusEntry,
  place: Place & { readonly bitOfRevocation: 'revoked' | 'superseded' },
): Finding[] {
  const { pointer } = place;
  if ('code' in status) return [problemFinding(status, place)];
  if (purpose === 'message')
    return [pass(pointer), warning('status-message', pointer, { value: status.message ?? '' })];
  if (status.outcome === 'clear') return [pass(pointer)];
  if (purpose === 'revocation') return [fail(place.bitOfRevocation, pointer)];
  if (purpose === 'suspension') return [fail('suspended', pointer)];
  if (purpose === 'refresh') return [pass(pointer), warning('refresh-available', pointer)];
  return [unknown('unsupported-status-type', pointer, { found: purpose })];
}

function problemFinding({ outcome, code }: StatusProblem, { declared, pointer, url }: Place): Finding {
  switch (code) {
    case 'MALFORMED_VALUE_ERROR':
      return fail('malformed-status', pointer);
    case 'RANGE_ERROR':
      return fail('status-index-out-of-range', pointer, { index: shownValue(objectOf(declared)['statusListIndex']) });
    case 'STATUS_VERIFICATION_ERROR':
      return outcome === 'invalid'
        ? fail('status-list-mismatch', pointer, { url })
        : unknown('status-list-unreadable', pointer);
    case 'STATUS_LIST_LENGTH_ERROR':
      return unknown('status-list-too-short', pointer);
    case 'unsupported-status-type':
      return unknown('unsupported-status-type', pointer, { found: shownValue(objectOf(declared)['type']) });
    case 'too-complex':
      return unknown('status-list-too-complex', pointer);
  }
}
