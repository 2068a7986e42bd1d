import { credentialIdOf, statusListIdOf } from '../credential/urls.js';
import { readJsonObject } from '../net/read-json-object.js';
import type { HouseRecord, OwnStateRecord } from '../ports/house-record.js';
import type { JsonObject } from '../ports/json.js';
import type { Resolution, Resolver } from '../ports/resolver.js';
import { ownStateFrom } from '../status/own-state.js';
import type { AskHouse } from './ask-house.js';
import { HOUSE_RECORD_PATH, OWN_STATE_PATH } from './house-paths.js';
import { readHouseRecord, readOwnState } from './read-records.js';

const MAX_BYTES = 2 * 1024 * 1024;
const MAX_NODES = 200_000;
const JSON_ONLY = 'application/json';
const FOREIGN = { outcome: 'refused', detail: 'not-held-here' } as const;
const SILENT = { outcome: 'unreachable', detail: 'connect-failed' } as const;

/** What the house says of itself; undefined when it cannot be asked. */
export async function askHouseRecord(ask: AskHouse): Promise<HouseRecord | undefined> {
  const answer = await askJson(ask, HOUSE_RECORD_PATH);
  return answer.outcome === 'found' ? readHouseRecord(answer.value) : undefined;
}

/** Every base the house's badges carry in their addresses. */
export function basesOf({ publicUrl, issuers }: HouseRecord): readonly string[] {
  return [...new Set([publicUrl, ...issuers.map(({ baseUrl }) => baseUrl)])];
}

/**
 * The house's own documents as a reader's device gets them: from the house, over the network, unsigned as they are in the
 * store. What it does not say is not known: a badge that may be one of its own is never taken for somebody else's.
 * @param house undefined when it could not be asked: then any badge may be its own.
 */
export function createHouseResolver(ask: AskHouse, house: HouseRecord | undefined): Resolver {
  const bases = house === undefined ? [] : basesOf(house);
  const idIn = (read: (base: string, url: string) => string | undefined, url: string) =>
    bases.map((base) => read(base, url)).find((id) => id !== undefined);

  return {
    async controllerDocument(did) {
      const issuer = house?.issuers.find((candidate) => candidate.did === did);
      if (issuer !== undefined) return { outcome: 'found', value: issuer.controllerDocument };
      return house === undefined && !SPELT_OUT.test(did) ? SILENT : FOREIGN;
    },
    async statusList(url) {
      if (house === undefined) return SILENT;
      const id = idIn(statusListIdOf, url);
      return id === undefined ? FOREIGN : askJson(ask, `/status/${id}`, 'application/vc+ld+json');
    },
    evidence: async () => FOREIGN,
    async ownState(id, issuer = '') {
      const isOurs =
        house === undefined ||
        idIn(credentialIdOf, id) !== undefined ||
        house.issuers.some((candidate) => candidate.did === issuer);
      return isOurs ? ownStateFrom(await askOwnState(ask, id, issuer)) : undefined;
    },
  };
}

/** DIDs that spell out their document themselves: nobody has to be asked. */
const SPELT_OUT = /^did:(?:key|jwk):/;

async function askOwnState(ask: AskHouse, id: string, issuer: string): Promise<OwnStateRecord> {
  const answer = await askJson(ask, `${OWN_STATE_PATH}?${new URLSearchParams({ id, issuer })}`);
  const told = answer.outcome === 'found' ? readOwnState(answer.value) : undefined;
  return told ?? { issuer, state: 'not-told', newestValidFrom: null, superseded: [], lists: [], recorded: [] };
}

/** A badge of the house by its public id. */
export async function askOwnBadge(ask: AskHouse, id: string): Promise<JsonObject | undefined> {
  const answer = await askJson(ask, `/credentials/${id}.json`);
  return answer.outcome === 'found' ? answer.value : undefined;
}

async function askJson(ask: AskHouse, path: string, accept = JSON_ONLY): Promise<Resolution<JsonObject>> {
  const answer = await ask(path, { accept, maxBytes: MAX_BYTES });
  return answer.outcome === 'found' ? readJsonObject(answer.bytes, { maxNodes: MAX_NODES }) : answer;
}
