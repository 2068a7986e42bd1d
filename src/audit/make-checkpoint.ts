import type { IssuingCore } from '../issuing/context.js';
import { listIssuers, signingKey } from '../issuing/issuers.js';
import { asJson, isJsonObject, type JsonObject } from '../ports/json.js';
import { signJson } from '../proof/sign-json.js';
import { encodeStatusList } from '../status/encoded-list.js';
import { formatInstant } from '../text/instant.js';
import type { Checkpoint, CheckpointFacts } from './checkpoint.js';

/** What the ledger comes to now. Consistent in itself when nothing is appended meanwhile. */
export async function readCheckpointFacts(context: IssuingCore): Promise<CheckpointFacts> {
  const { ledger } = context.store;
  // First: what is appended while the rest is read makes that newer than the heads, never older.
  const strands = await ledger.strands();
  const issuers = await listIssuers(context);
  const lists: Checkpoint['lists'] = [];
  const erasures: Checkpoint['erasures'] = [];
  for (const { slug } of issuers) {
    for (const { issuer, list, purpose, length, used } of await ledger.lists(slug)) {
      const encodedList = await encodeStatusList(await ledger.statusBits(list), context.crypto);
      lists.push({ issuer, list, purpose, length, used, encodedList });
    }
    erasures.push({ issuer: slug, refs: (await ledger.erasedRefs(slug)).sort() });
  }
  return {
    type: 'SceauCheckpoint',
    version: 1,
    at: formatInstant(context.clock.now()),
    publicUrl: context.settings.publicUrl,
    issuers: issuers.map(({ slug, did }) => ({ slug, did })),
    strands: [...strands],
    lists,
    erasures,
  };
}

/** Signs a checkpoint with the present key of every issuer. @throws {IssuerKeyMissingError} {@link SignerError} */
export async function signCheckpoint(context: IssuingCore, facts: CheckpointFacts): Promise<JsonObject> {
  const document = asJson(facts);
  if (!isJsonObject(document)) throw new TypeError('a checkpoint is a JSON object');
  const proof: JsonObject[] = [];
  for (const issuer of await listIssuers(context)) {
    const key = await signingKey(context, issuer);
    proof.push(await signJson({ document, key, ...context, created: context.clock.now() }));
  }
  return { ...document, proof };
}

/** A signed checkpoint of the house as it is now. */
export async function makeCheckpoint(context: IssuingCore): Promise<JsonObject> {
  return signCheckpoint(context, await readCheckpointFacts(context));
}
