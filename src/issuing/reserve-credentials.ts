import type { Issuer } from '../credential/issuer.js';
import { DomainError } from '../ports/error.js';
import { asJson, type JsonObject } from '../ports/json.js';
import { type CredentialEntry, LedgerConflictError, type LedgerEntry, type StatusPurpose } from '../ports/ledger.js';
import type { Instant } from '../text/instant.js';
import type { LintProblem } from '../verification/lint-credential.js';
import { appendApart } from './append-apart.js';
import type { ApiRecord, AwardRecord, Reservation } from './award.js';
import type { IssuingContext } from './context.js';
import type { StatusPlace } from './draw-status-index.js';
import { groupBy } from './group-by.js';
import type { Linted } from './inspection.js';
import { type OpenVersion, openVersionOf, readOpenVersion } from './open-version.js';
import { attempt, failed, type Outcome, succeeded, thenAll, unwrap } from './outcome.js';
import type { Source } from './source.js';

const DRAWS = 8;
const FIRST_VERSION = 1;

/** The document was composed but must not be signed: it breaks the schema, safe mode or a cross reference. */
export class CredentialInvalidError extends DomainError {
  override readonly code = 'credential-invalid';
  readonly problems: readonly LintProblem[];

  constructor(problems: CredentialInvalidError['problems']) {
    super(`not signed: ${problems.map(({ pointer, message }) => `${pointer ?? ''} ${message.en}`.trim()).join('; ')}`);
    this.problems = problems;
  }
}

/** What is to be issued: everything but the status place and, mostly, the id, which are drawn here. */
export interface IssueRequest {
  readonly issuer: Issuer;
  readonly ref: string;
  readonly actor: string;
  /** What it rests on: an award of a jury, or a request through the API. */
  readonly basis: { readonly award: AwardRecord } | { readonly api: ApiRecord };
  /** Of the list its place is drawn in, default `revocation`. */
  readonly statusPurpose?: StatusPurpose;
  /** The id a caller of the API chose; drawn here unless given. */
  readonly credentialId?: string;
  /** A document that was looked at before, should `compose` give that very one. */
  readonly linted?: { readonly document: JsonObject; readonly linted: Linted };
  readonly compose: (drawn: {
    readonly credentialId: string;
    readonly status: StatusPlace;
    readonly validFrom: Instant;
  }) => JsonObject;
}

/** Where a request stands: issued by an earlier call, or reserved and to be finished. */
export type Reserved =
  | { readonly kind: 'issued'; readonly entry: CredentialEntry }
  | { readonly kind: 'open'; readonly open: OpenVersion };

/**
 * The first half of decision 4: draw id and status index → compose → check → store `reserved` with the exact document.
 * A ref that led to a credential before leads to that one. Each request succeeds or fails alone.
 * @param requests no more than a chunk.
 * @returns in the order given. Failures: {@link CredentialInvalidError} {@link SigningHaltedError}
 * {@link StoreUnavailableError}
 */
export async function reserveCredentials(
  context: IssuingContext,
  requests: readonly IssueRequest[],
): Promise<Outcome<Reserved>[]> {
  const found = await Promise.all(requests.map((request) => attempt(() => findReserved(context, request))));
  const fresh = requests.filter((_, number) => isFresh(found[number]));
  const reserved = (await reserveNew(context, fresh)).values();
  return found.map((outcome): Outcome<Reserved> => {
    if (isFresh(outcome)) return reserved.next().value ?? failed(new Error('a group was answered in part'));
    return outcome as Outcome<Reserved>;
  });
}

function isFresh(outcome: Outcome<Reserved | undefined> | undefined): boolean {
  return outcome?.ok === true && outcome.value === undefined;
}

/** What the request's ref led to before. */
async function findReserved(context: IssuingContext, { issuer, ref }: IssueRequest): Promise<Reserved | undefined> {
  const entry = await context.store.ledger.byRef(issuer.slug, ref);
  if (entry === undefined) return undefined;
  const version = openVersionOf(entry);
  if (version === undefined) return { kind: 'issued', entry };
  return { kind: 'open', open: await readOpenVersion(context, entry.credential, version) };
}

/** Those that lost their id or index to somebody else draw again. */
async function reserveNew(context: IssuingContext, requests: readonly IssueRequest[]): Promise<Outcome<Reserved>[]> {
  if (requests.length === 0) return [];
  // What is asked for during a stop is not signed after it.
  const allowed = await attempt(() => context.halt.assertSigning());
  if (!allowed.ok) return requests.map(() => allowed);
  const outcomes: Outcome<Reserved>[] = [];
  let waiting = requests.map((request, place) => ({ request, place }));
  for (let draw = 1; waiting.length > 0; draw += 1) {
    const drawn = await drawPlaces(
      context,
      waiting.map(({ request }) => request),
    );
    const tried = await thenAll(drawn, (ready) => reserveDrawn(context, ready));
    const again: typeof waiting = [];
    for (const [number, { request, place }] of waiting.entries()) {
      const outcome = tried[number] ?? failed(new Error('a group was answered in part'));
      const isLost = !outcome.ok && outcome.error instanceof LedgerConflictError;
      const elsewhere = isLost ? await attempt(() => takenElsewhere(context, request, outcome.error)) : undefined;
      if (elsewhere?.ok === false) outcomes[place] = elsewhere;
      else if (elsewhere?.value !== undefined) outcomes[place] = succeeded(elsewhere.value);
      else if (isLost && draw < DRAWS) again.push({ request, place });
      else outcomes[place] = outcome.ok ? succeeded({ kind: 'open', open: outcome.value }) : outcome;
    }
    waiting = again;
  }
  return outcomes;
}

/** What another call, here or in another process, made of the same ref meanwhile. */
async function takenElsewhere(
  context: IssuingContext,
  request: IssueRequest,
  error: unknown,
): Promise<Reserved | undefined> {
  const isTaken = error instanceof LedgerConflictError && error.conflict === 'ref-taken';
  return isTaken ? findReserved(context, request) : undefined;
}

/** A request with what was drawn for it. */
interface Drawn {
  readonly request: IssueRequest;
  readonly credentialId: string;
  readonly status: StatusPlace;
}

async function drawPlaces(context: IssuingContext, requests: readonly IssueRequest[]): Promise<Outcome<Drawn>[]> {
  const purposeOf = ({ statusPurpose = 'revocation' }: IssueRequest) => statusPurpose;
  const places = new Map<string, Outcome<Iterator<StatusPlace>>>();
  const listOf = (request: IssueRequest) => `${request.issuer.slug} ${purposeOf(request)}`;
  for (const [key, group] of groupBy(requests, listOf)) {
    const [first] = group;
    if (first === undefined) continue;
    const of = { issuer: first.issuer.slug, purpose: purposeOf(first), count: group.length };
    places.set(key, await attempt(async () => (await context.places.draw(of)).values()));
  }
  return Promise.all(
    requests.map((request) =>
      attempt(() => {
        const status = unwrap(places.get(listOf(request))).next().value as StatusPlace;
        return { request, credentialId: request.credentialId ?? context.ids.next(), status };
      }),
    ),
  );
}

interface Composed extends Drawn {
  readonly document: JsonObject;
  readonly source: Source;
  readonly hash?: string | undefined;
}

async function reserveDrawn(context: IssuingContext, drawn: readonly Drawn[]): Promise<Outcome<OpenVersion>[]> {
  const composed = await Promise.all(drawn.map((each) => attempt(() => compose(context, each))));
  const linted = await thenAll(composed, (documents) => lint(context, documents));
  return thenAll(linted, (documents) => reserve(context, documents));
}

function compose(context: IssuingContext, drawn: Drawn): Composed {
  const { request, credentialId, status } = drawn;
  const document = request.compose({ credentialId, status, validFrom: context.clock.now() });
  context.atStep?.('composed');
  return { ...drawn, document, source: 'api' in request.basis ? 'api' : 'jury' };
}

async function lint(context: IssuingContext, composed: readonly Composed[]): Promise<Outcome<Composed>[]> {
  const isKnown = ({ request, document }: Composed) => request.linted?.document === document;
  const unknown = composed.filter((each) => !isKnown(each));
  const linted = (unknown.length === 0 ? [] : await context.inspection.lint(context, unknown)).values();
  return composed.map((each) => {
    const known = isKnown(each) ? each.request.linted : undefined;
    const outcome =
      known === undefined
        ? (linted.next().value ?? failed(new Error('a group was looked at in part')))
        : succeeded(known.linted);
    if (!outcome.ok) return outcome;
    const { problems, hash } = outcome.value;
    return problems.length > 0 ? failed(new CredentialInvalidError(problems)) : succeeded({ ...each, hash });
  });
}

async function reserve(context: IssuingContext, composed: readonly Composed[]): Promise<Outcome<OpenVersion>[]> {
  const opened = composed.map(openingOf);
  const appended = await appendApart(
    context.store.ledger,
    opened.map(({ entry }) => entry),
  );
  return opened.map(({ open }, number) => {
    const outcome = appended[number] ?? failed(new Error('a group was stored in part'));
    if (!outcome.ok) return outcome;
    context.atStep?.('reserved');
    return succeeded(open);
  });
}

function openingOf({ request, credentialId: credential, status, document, source, hash }: Composed): {
  readonly open: OpenVersion;
  readonly entry: LedgerEntry;
} {
  const { actor, basis, ref } = request;
  const issuer = request.issuer.slug;
  const reservation: Reservation = { document, ...basis };
  const version = FIRST_VERSION;
  return {
    open: { issuer, credential, version, source, reservation, hash, isNew: true },
    entry: {
      actor,
      event: { kind: 'reserved', issuer, credential, version, ...status, ref, source },
      payload: asJson(reservation),
    },
  };
}
