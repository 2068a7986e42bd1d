import { CHECK_IDS, type CheckId, type VerificationReport } from '../verification/report.js';
import { signerOf } from './signer.js';

/** What a page says first. Only `valid` is good news. */
export type Verdict =
  | 'valid'
  /** All is well but for the signer, who is a key and nothing else. */
  | 'unvouched'
  | 'revoked'
  | 'suspended'
  | 'superseded'
  | 'expired'
  | 'not-yet-valid'
  | 'altered'
  | 'invalid'
  | 'unchecked';

/** Checks that ask whether the document is the one its issuer signed. */
const AUTHENTICITY: readonly CheckId[] = ['proof', 'key'];
/** Checks that decide; what comes after `evidence` only adds warnings. */
const DECISIVE: readonly CheckId[] = CHECK_IDS.slice(0, CHECK_IDS.indexOf('evidence') + 1);
/** Checks of a genuine badge's present standing; `credential.status` says which way it ended. */
const STANDING: readonly CheckId[] = ['status', 'validity'];

/**
 * Puts a report into one word. Fails closed: `valid` needs the outcome, the flag and the signed content to agree.
 * A badge is called revoked, expired … only when that is the sole thing wrong with it.
 * @param own true for a badge this house has issued: it vouches for its own issuers, whatever form their key has.
 */
export function verdictOf(report: VerificationReport, own: boolean): Verdict {
  if (report.outcome === 'indeterminate') return 'unchecked';
  const failed = report.checks
    .filter((check) => check.state === 'fail' && DECISIVE.includes(check.id))
    .map((check) => check.id);
  if (report.outcome === 'valid') {
    if (!report.verified || report.credential === null || failed.length > 0) return 'unchecked';
    return signerOf(report.credential.issuer, own).kind === 'key' ? 'unvouched' : 'valid';
  }
  if (failed.some((id) => AUTHENTICITY.includes(id))) return 'altered';
  const status = report.credential?.status;
  if (status === undefined || failed.some((id) => !STANDING.includes(id))) return 'invalid';
  return status === 'active' || status === 'unknown' ? 'invalid' : status;
}
