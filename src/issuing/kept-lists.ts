import { isJsonObject, type JsonObject } from '../ports/json.js';
import type { StatusListEntry } from '../ports/ledger.js';
import type { IssuingCore } from './context.js';

/** Name of the log topic that holds an issuer's lists as signed last, by list id. */
const TOPIC = 'published-lists';

/** A signed list, and the mark of what it says and of the key that signed it. */
interface KeptList {
  readonly mark: string;
  readonly credential: JsonObject;
}

/** The list as signed last, if it bears that mark. One that cannot be read is none: it can be signed again. */
export async function readKeptList(
  { store, logger }: IssuingCore,
  { issuer, list }: StatusListEntry,
  mark: string,
): Promise<JsonObject | undefined> {
  try {
    const kept = await store.log.get(issuer, TOPIC, list);
    if (!isJsonObject(kept) || kept['mark'] !== mark || !isJsonObject(kept['credential'])) return undefined;
    return kept['credential'];
  } catch (error) {
    logger.error('kept-list-not-read', error, { list });
    return undefined;
  }
}

/** Keeps a signed list. The ledger is the truth: a list that could not be kept is served all the same. */
export async function keepList(
  { store, logger }: IssuingCore,
  { issuer, list }: StatusListEntry,
  { mark, credential }: KeptList,
): Promise<void> {
  try {
    await store.log.put([{ issuer, topic: TOPIC, key: list, value: { mark, credential } }]);
  } catch (error) {
    logger.error('list-not-kept', error, { list });
  }
}
