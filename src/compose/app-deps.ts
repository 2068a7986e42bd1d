import type { Tokens } from '../access/tokens.js';
import type { Config } from '../config.js';
import { limitKey } from '../http/client-address.js';
import type { AppDeps, ServedSupplement } from '../http/deps.js';
import { createRateLimit } from '../http/rate-limit.js';
import { trustedProxies } from '../http/trusted-proxies.js';
import { findBadge, verifyBadge } from '../issuing/badges.js';
import { changeStatusThroughApi } from '../issuing/change-status-through-api.js';
import type { IssuingContext } from '../issuing/context.js';
import { StudentNotFoundError } from '../issuing/erase-student.js';
import { issuerRecords, tellOwnState } from '../issuing/house-record.js';
import { type ApiContext, issueThroughApi } from '../issuing/issue-through-api.js';
import { issueTogether } from '../issuing/issue-together.js';
import { findIssuerLogo } from '../issuing/issuer-logo.js';
import { defaultIssuer, findIssuer, IssuerNotFoundError } from '../issuing/issuers.js';
import { achievementDocuments, issuerDocuments } from '../issuing/public-documents.js';
import { supplementFor } from '../issuing/supplements.js';
import { lookStyleSheet } from '../media/page-colours.js';
import { qrPng, qrSvg } from '../media/qr.js';
import type { Gather } from '../ports/gather.js';
import type { SharingContext } from '../sharing/context.js';
import { linkedInLinks } from '../sharing/linkedin-links.js';
import { GroupQueue } from '../storage/group-queue.js';
import { writeSnippetsHtml } from '../supplement/write-html.js';
import { snippetsJson } from '../supplement/write-json.js';
import { writeSnippetsText } from '../supplement/write-text.js';
import type { Language } from '../text/localized.js';
import type { CredentialChecker } from '../verification/credential-checker.js';
import { createAnswers } from './answers.js';
import { createAttestations } from './attestations.js';
import type { BadgeChecker } from './badge-checker.js';
import { composeHolders } from './holders.js';
import { issuerLook } from './issuer-look.js';
import { createJwtForms } from './jwt-forms.js';
import { type Pictures, servedPictures } from './pictures.js';
import { composeWallets } from './wallets.js';

/** What an address may ask for wallets in a minute: of everything, and of transaction codes tried (R1). */
const WALLET_REQUESTS = 120;
const WALLET_TOKENS = 20;

export interface AppDepsParts {
  readonly config: Config;
  readonly tokens: Tokens;
  readonly contextFiles: AppDeps['contexts'];
  readonly check: BadgeChecker;
  readonly credentials: CredentialChecker;
  readonly sharing: SharingContext;
  readonly pictures: Pictures;
  readonly operations: AppDeps['operations'];
}

/** What the HTTP edge needs of the house, over its use cases. */
export function composeAppDeps(issuing: IssuingContext, parts: AppDepsParts): AppDeps {
  const { config, tokens, contextFiles, check, credentials, sharing, pictures } = parts;
  const linkedIn: AppDeps['forms']['linkedIn'] = (id, report) =>
    linkedInLinks(issuing, { id, report }, { firstOrganizationId: config.linkedInOrganizationId });
  const rate = createRateLimit(config.rateVerify);
  const api: ApiContext = { ...issuing, issueOne: issueTogether(issuing, gatherFor(issuing.inspection)) };
  return {
    publicUrl: issuing.settings.publicUrl,
    answers: createAnswers(issuing),
    clock: issuing.clock,
    ids: issuing.ids,
    logger: issuing.logger,
    badges: {
      async find(id) {
        const badge = await findBadge(issuing, id);
        if (badge === undefined) return undefined;
        const { document, entry, issuer } = badge;
        return { document, source: entry.source, issuer: issuerLook(issuer) };
      },
      verify: (id) => verifyBadge(issuing, id),
    },
    verification: {
      trustedProxies: trustedProxies(config.trustedProxies),
      limit: (address) => rate.take(limitKey(address), issuing.clock.now()),
      check,
      credential: credentials.credential,
      presentation: credentials.presentation,
    },
    device: {
      house: async () => ({
        publicUrl: config.publicUrl,
        statusIssuer: config.statusIssuer,
        issuers: await issuerRecords(issuing),
      }),
      state: (id, issuer) => tellOwnState(issuing, id, issuer),
    },
    vcApi: {
      issue: (request) => issueThroughApi(api, request),
      changeStatus: (request) => changeStatusThroughApi(issuing, request),
    },
    statusLists: { get: async (id) => (await issuing.statusLists.publish(id))?.body },
    issuers: {
      async find(slug) {
        const found = await issuerDocuments(issuing, slug);
        if (found === undefined) return undefined;
        const { issuer, keys, profile, didDocument, achievements } = found;
        const { name, country, url, did } = issuer;
        return {
          view: {
            ...issuerLook(issuer),
            name,
            parent: null,
            country: country ?? null,
            url,
            did,
            keys,
            achievements,
          },
          profile,
          ...(didDocument === undefined ? {} : { didDocument }),
        };
      },
      defaultSlug: async () => (await defaultIssuer(issuing))?.slug,
      logo: (slug) => findIssuerLogo(issuing, slug),
      async styleSheet(slug) {
        const colours = (await findIssuer(issuing, slug))?.colours;
        return colours === undefined ? undefined : lookStyleSheet(colours);
      },
    },
    achievements: {
      async find(place) {
        const found = await achievementDocuments(issuing, place);
        if (found === undefined) return undefined;
        const { slug, name } = found.issuer;
        return { achievement: found.achievement, issuer: { slug, name } };
      },
    },
    supplements: { forStudent: (wanted) => servedSupplement(issuing, wanted) },
    holders: composeHolders(sharing, {
      limit: config.rateClaim,
      async linkedInUrl(id) {
        const report = await verifyBadge(issuing, id);
        return report === undefined ? undefined : (await linkedIn(id, report))?.addToProfile;
      },
    }),
    wallets: composeWallets(sharing, credentials.presentation, { requests: WALLET_REQUESTS, tokens: WALLET_TOKENS }),
    contexts: contextFiles,
    forms: {
      jwt: createJwtForms(issuing),
      attestation: createAttestations(issuing),
      ...servedPictures(issuing, pictures),
      linkedIn,
    },
    qr: { svg: async (url) => qrSvg(url, url), png: qrPng },
    tokens,
    operations: parts.operations,
  };
}

async function servedSupplement(
  issuing: IssuingContext,
  wanted: { readonly issuer: string; readonly student: string; readonly language: Language },
): Promise<ServedSupplement | undefined> {
  try {
    const snippets = await supplementFor(issuing, wanted);
    return { text: writeSnippetsText(snippets), html: writeSnippetsHtml(snippets), json: snippetsJson(snippets) };
  } catch (error) {
    if (error instanceof StudentNotFoundError || error instanceof IssuerNotFoundError) return undefined;
    throw error;
  }
}

/** Requests in a group, at most: more would save little of the disk, and leave one core idle while the other is at them. */
const LARGEST_GROUP = 32;

/** As many groups at once as can be looked at at once, so that every core works. */
function gatherFor({ atOnce }: IssuingContext['inspection']): Gather {
  return (commit) => {
    const queue = new GroupQueue({ commit, largest: LARGEST_GROUP, atOnce });
    return (call) => queue.submit(call);
  };
}
