import type { BlockList } from 'node:net';
import type { Caller } from '../access/token-record.js';
import type { ApiStatus, ApiStatusRequest } from '../issuing/change-status-through-api.js';
import type { ApiIssued, ApiIssueRequest } from '../issuing/issue-through-api.js';
import type { CardState } from '../media/preview-card.js';
import type { HolderDownload } from '../pages/holder-view.js';
import type { IssuerLook } from '../pages/issuer-look.js';
import type { IssuerView } from '../pages/issuer-page.js';
import type { Clock } from '../ports/clock.js';
import type { HouseRecord, OwnStateRecord } from '../ports/house-record.js';
import type { Ids } from '../ports/ids.js';
import type { JsonObject } from '../ports/json.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { Readiness } from '../ports/readiness.js';
import type { HolderDesk } from '../sharing/holder-desk.js';
import type { LinkedInLinks } from '../sharing/linkedin-links.js';
import type { WalletDesk } from '../sharing/wallet-desk.js';
import type { Language } from '../text/localized.js';
import type { HandedIn, InputAnswer } from '../verification/check-input.js';
import type { CredentialChecker } from '../verification/credential-checker.js';
import type { Recipient } from '../verification/recipient.js';
import type { ShownCredential, VerificationReport } from '../verification/report.js';
import type { AnswerMemory } from './answers/answer-memory.js';

/** A badge as it is served. */
export interface ServedBadge {
  /** Its newest signed version. */
  readonly document: JsonObject;
  /** Who settled the award. */
  readonly source: 'jury' | 'api';
  /** What its page shows of who issued it, besides what is signed. */
  readonly issuer: IssuerLook;
}

/**
 * Badges by public id, which arrives in canonical form (26 characters, lower case). Both answers are `undefined` for an id
 * that is unknown, reserved, voided, erased or no longer shared: the outside cannot tell these apart.
 */
export interface BadgeQueries {
  find(id: string): Promise<ServedBadge | undefined>;
  /** The report on the newest version, made now, with the house's own knowledge of its state. */
  verify(id: string): Promise<VerificationReport | undefined>;
}

/** An issuer as it is served. */
export interface ServedIssuer {
  readonly view: IssuerView;
  /** Its Open Badges Profile. */
  readonly profile: JsonObject;
  /** Its DID document; left out when its DID is not did:web and resolves by itself. */
  readonly didDocument?: JsonObject;
}

/** An achievement (a programme version, or one variant of it) as it is served. */
export interface ServedAchievement {
  /** The Open Badges Achievement, in each language: as signed into badges, with `inLanguage` set. */
  readonly achievement: Readonly<Record<Language, JsonObject>>;
  /** Who awards it. */
  readonly issuer: { readonly slug: string; readonly name: string };
}

/** A student's diploma-supplement snippet, written in one language. */
export interface ServedSupplement {
  readonly text: string;
  /** A fragment: everything in it is escaped. */
  readonly html: string;
  readonly json: JsonObject;
}

/** What a card that announces a badge's page is made from. */
export interface CardAsked {
  /** Public id of the badge. */
  readonly id: string;
  /** What was signed; null where nothing of it may be shown as fact. */
  readonly shown: ShownCredential | null;
  /** What is to be said of a badge that does not simply hold. */
  readonly state?: CardState;
  readonly language: Language;
}

/** A copy of a pinned context, byte for byte. */
export interface ServedContext {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** Who may read the metrics. */
export type MetricsAccess =
  | { readonly by: 'token'; isToken(secret: string): boolean }
  | { readonly by: 'this-machine' }
  | { readonly by: 'nobody' };

/**
 * What the HTTP edge needs of the house; the composition root provides it. Queries answer `undefined` for "there is
 * none" and throw a DomainError when they cannot answer. Strings from an address arrive decoded, bounded in length and
 * without path separators, but otherwise as the caller wrote them.
 */
export interface AppDeps {
  /** Base of every public address, no trailing slash. */
  readonly publicUrl: string;
  /** Where finished public answers are kept; without it each is made anew. */
  readonly answers?: AnswerMemory;
  readonly clock: Clock;
  /** Draws request ids. */
  readonly ids: Ids;
  readonly logger: Logger;
  readonly badges: BadgeQueries;
  readonly verification: {
    /** Verifies what somebody handed in: a badge of this house or of any other. */
    check(
      input: HandedIn,
      asked: { readonly language: Language; readonly recipient?: Recipient },
    ): Promise<InputAnswer>;
    /** Verifies what the VC-API hands in: any credential, by the same checks. */
    readonly credential: CredentialChecker['credential'];
    readonly presentation: CredentialChecker['presentation'];
    /** Takes one request of an address. @returns seconds to wait when it has had enough. */
    limit(address: string): number | undefined;
    /** Proxies whose `X-Forwarded-For` is believed. */
    readonly trustedProxies: BlockList;
  };
  /** What a check in the reader's own browser may ask of the house. */
  readonly device: {
    house(): Promise<HouseRecord>;
    /** @param id of a credential, as signed. @param issuer who it says issued it. */
    state(id: string, issuer: string): Promise<OwnStateRecord>;
  };
  /** The bearer of a token answers for what is signed and changed here. */
  readonly vcApi: {
    /** @throws {CredentialInvalidError} with pointers into the request. */
    issue(request: ApiIssueRequest): Promise<ApiIssued>;
    changeStatus(request: ApiStatusRequest): Promise<ApiStatus>;
  };
  readonly statusLists: {
    /** The signed list, as JSON text; the same text until a bit changes or it is signed anew. */
    get(listId: string): Promise<string | undefined>;
  };
  readonly issuers: {
    find(slug: string): Promise<ServedIssuer | undefined>;
    /** Slug of the issuer made by `init`. */
    defaultSlug(): Promise<string | undefined>;
    /** Its logo, held by this house. */
    logo(slug: string): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | undefined>;
    /** The style sheet that gives its pages its colours. */
    styleSheet(slug: string): Promise<string | undefined>;
  };
  readonly achievements: {
    find(wanted: {
      readonly programme: string;
      readonly version: string;
      readonly variant?: string;
    }): Promise<ServedAchievement | undefined>;
  };
  readonly supplements: {
    /** Undefined for a student the issuer does not know. */
    forStudent(wanted: {
      readonly issuer: string;
      readonly student: string;
      readonly language: Language;
    }): Promise<ServedSupplement | undefined>;
  };
  readonly holders: {
    readonly desk: HolderDesk;
    /** Takes one attempt at a claim link of an address. @returns seconds to wait when it has had enough. */
    limit(address: string): number | undefined;
    /** The forms a shared badge can be had in. */
    downloads(id: string): readonly HolderDownload[];
    /** LinkedIn's form, filled in; undefined where there is nothing to add. */
    linkedInUrl(id: string): Promise<string | undefined>;
  };
  readonly wallets: {
    readonly desk: WalletDesk;
    /** Takes one request of an address, or one code tried. @returns seconds to wait when it has had enough. */
    limit(address: string, kind: 'request' | 'token'): number | undefined;
  };
  readonly contexts: {
    readonly manifest: JsonObject;
    get(file: string): ServedContext | undefined;
  };
  /** What else there is of badges, beside the signed documents. */
  readonly forms: {
    /** The links that take a badge to LinkedIn; undefined for one that should not be taken there. @param report made now. */
    linkedIn(id: string, report: VerificationReport): Promise<LinkedInLinks | undefined>;
    /** A badge in VC-JWT form, a compact JWS; undefined also for a badge that is not bound to a key of its holder. */
    jwt(id: string): Promise<string | undefined>;
    /** The attestation of a badge, a PDF with the badge inside; undefined as `badges.find`. @throws {BadgeNotActiveError} */
    attestation(id: string): Promise<Uint8Array | undefined>;
    /** A badge's signed document inside its picture, byte for byte; undefined as `badges.find`. */
    baked(id: string, form: 'png' | 'svg'): Promise<Uint8Array | undefined>;
    /** The card that announces a badge's page, 1200 × 627 pixels, as PNG. */
    card(asked: CardAsked): Promise<Uint8Array>;
    /** The picture of an achievement, of a badge nobody holds. */
    achievement(
      place: { readonly programme: string; readonly version: string; readonly variant?: string },
      wanted: { readonly language: Language; readonly form: 'png' | 'svg' },
    ): Promise<string | Uint8Array | undefined>;
  };
  readonly qr: {
    svg(url: string): Promise<string>;
    png(url: string): Promise<Uint8Array>;
  };
  readonly tokens: {
    authenticate(secret: string): Promise<Caller | undefined>;
  };
  /** What whoever runs the service looks at. */
  readonly operations: {
    /** Counts what happens. */
    readonly metrics: Metrics;
    readonly metricsText: {
      readonly access: MetricsAccess;
      /** All that was counted, and the values of the moment. */
      read(): Promise<{ readonly contentType: string; readonly body: string }>;
    };
    /** How the service stands: bounded in time, and cheap however often it is asked. */
    readiness(): Promise<Readiness>;
  };
}
