import type { Engagement, Team } from '../engagement/schema.js';
import type { JuryDecision, Verdict } from '../jury/verdict.js';
import { fromJson, type Json, type JsonObject } from '../ports/json.js';
import type { ProofSuite } from '../proof/suites.js';
import type { Language } from '../text/localized.js';
import type { Presentation } from './presentation.js';

/**
 * What the house knows of an award when it signs, kept beside the unsigned document in the `reserved` payload: enough
 * for supplements and the page after the dossiers have changed. Reflections, comments and ratings are left out.
 */
export interface AwardRecord {
  readonly programme: string;
  readonly programmeVersion: string;
  readonly academicYear: string;
  readonly session: string;
  readonly language: Language;
  readonly engagement: Engagement;
  readonly team?: Team;
  readonly verdict: Verdict;
  readonly decision: JuryDecision;
  /** Set for a pathway award: the engagement is then the one that completed it. */
  readonly pathway?: string;
}

/** What a caller of the API asked for, kept beside the unsigned document: a retry is known by it. */
export interface ApiRecord {
  /** SHA-256 of the whole request, hex. */
  readonly request: string;
  /** The proofs that were asked for, or fit the document. */
  readonly suites: readonly ProofSuite[];
}

/** The payload of a `reserved` record: the document, and what it rests on. */
export interface Reservation {
  readonly document: JsonObject;
  /** What a jury settled; absent of what came through the API. */
  readonly award?: AwardRecord;
  /** Set where the bearer of a token answers for the content. */
  readonly api?: ApiRecord;
  /** Set for a re-issued version: what it shows of the version it was made from. */
  readonly presentation?: Presentation;
}

/** A dossier without what only its assessors and jury needed to see. */
export function snapshotOf(engagement: Engagement): Engagement {
  const { assessments: _assessments, extensions: _extensions, ...rest } = engagement;
  return rest;
}

/** A team without its pieces and the people around it. */
export function snapshotOfTeam(team: Team): Team {
  const { evidence: _evidence, actors: _actors, ...rest } = team;
  return rest;
}

/** Reservations are written by this room only, so their shape is trusted after the payload's digest was checked. */
export function readReservation(payload: Json | undefined): Reservation | undefined {
  return payload === undefined ? undefined : fromJson<Reservation>(payload);
}
