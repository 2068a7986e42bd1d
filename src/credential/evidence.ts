import type { Engagement, EvidencePiece, Team } from '../engagement/schema.js';
import type { Programme } from '../programme/schema.js';
import { BADGE_TEXT } from '../text/badge-text.js';
import type { Language } from '../text/localized.js';
import { isNeverPublic } from './disclosure.js';
import { evidenceKindLabel } from './labels.js';
import type { Evidence, RelatedResource } from './open-badge.js';
import { presentMembers } from './present-members.js';
import { shownCompetences } from './result-descriptions.js';

/** A file this house holds for a piece: where it is served, and its digest. */
export interface HeldEvidence {
  readonly url: string;
  /** Subresource Integrity: `sha256-…`, base64. @see https://www.w3.org/TR/SRI/ */
  readonly digestSRI: string;
  readonly mediaType?: string;
}

export interface EvidenceRequest {
  readonly programme: Programme;
  readonly engagement: Engagement;
  readonly team: Team | undefined;
  readonly language: Language;
  /** By piece id. */
  readonly held: ReadonlyMap<string, HeldEvidence>;
}

interface PublicPiece {
  readonly piece: EvidencePiece;
  readonly url: string;
  readonly held: HeldEvidence | undefined;
}

/**
 * The accepted pieces, the member's and then the team's, that their owner made public and whose kind is not named in
 * `neverPublic`. One address gives one entry: the first piece's. `publicByDefault` is the console's business; what
 * counts here is what the piece itself says.
 * @see https://www.imsglobal.org/spec/ob/v3p0#evidence
 */
export function composeEvidence(request: EvidenceRequest): Evidence[] {
  const { programme, language } = request;
  return publicPieces(request).map(({ piece, url }) =>
    presentMembers<Evidence>({
      id: url,
      type: ['Evidence'],
      name: nameOf(piece, programme, language),
      description: competencesShownBy(piece, programme, language),
      genre: evidenceKindLabel(programme, piece.kind, language),
    }),
  );
}

/**
 * The digests that pin evidence (decision 9): of files held here, or stated by the dossier for files elsewhere.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources
 */
export function composeRelatedResources(request: EvidenceRequest): RelatedResource[] {
  return publicPieces(request).flatMap(({ piece, url, held }) => {
    const digestSRI = held?.digestSRI ?? piece.digestSRI;
    if (digestSRI === undefined) return [];
    return [presentMembers<RelatedResource>({ id: url, digestSRI, mediaType: held?.mediaType })];
  });
}

function publicPieces({ programme, engagement, team, held }: EvidenceRequest): PublicPiece[] {
  const byUrl = new Map<string, PublicPiece>();
  for (const piece of [...engagement.evidence, ...(team?.evidence ?? [])]) {
    if (piece.status !== 'accepted' || piece.visibility !== 'public') continue;
    if (isNeverPublic(programme, 'evidence', piece.kind)) continue;
    const file = held.get(piece.id);
    const url = asIri(file?.url ?? piece.url);
    if (!byUrl.has(url)) byUrl.set(url, { piece, url, held: file });
  }
  return [...byUrl.values()];
}

/** The address as an IRI that RDF accepts: normalised, and the characters URLs tolerate but IRIs forbid encoded. */
function asIri(url: string): string {
  return new URL(url).href.replace(/[\s<>"{}|\\^`]/g, encodeURIComponent);
}

/** Its title; the kind's name when the title is blank or only repeats the kind's id. */
function nameOf(piece: EvidencePiece, programme: Programme, language: Language): string {
  const title = piece.title.trim();
  return title === '' || title === piece.kind ? evidenceKindLabel(programme, piece.kind, language) : title;
}

function competencesShownBy(piece: EvidencePiece, programme: Programme, language: Language): string | undefined {
  const named: unknown = Object.hasOwn(piece.fields, 'competences') ? piece.fields['competences'] : undefined;
  if (!Array.isArray(named)) return undefined;
  const names = shownCompetences(programme)
    .filter(({ id }) => named.includes(id))
    .map(({ name }) => name[language]);
  const text = BADGE_TEXT[language];
  return names.length === 0 ? undefined : text.labelled(text.competencesShown, text.list(names));
}
