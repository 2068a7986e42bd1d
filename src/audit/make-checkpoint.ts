import type { IssuingCore } from '../issuing/context.js';
import { IssuerKeyMissingError, listIssuers, signingKey } from '../issuing/issuers.js';
import { asJson, isJsonObject, type JsonObject } from '../ports/json.js';
import type { KeyEntry } from '../ports/ledger.js';
import type { SigningKey } from '../ports/signer.js';
import { signJson } from '../proof/sign-json.js';
import { encodeStatusList } from '../status/encoded-list.js';
import { formatInstant } from '../text/instant.js';
import type { Checkpoint, CheckpointFacts } from './checkpoint.js';

type StatedKey = NonNullable<Checkpoint['keys']>[number];

/** What the ledger comes to now. Consistent in itself when nothing is appended meanwhile. */
export async function readCheckpointFacts(context: IssuingCore): Promise<CheckpointFacts> {
  const { ledger } = context.store;
  // First: what is appended while the rest is read makes that newer than the heads, never older.
  const strands = await ledger.strands();
  const issuers = await listIssuers(context);
  const lists: Checkpoint['lists'] = [];
  const erasures: Checkpoint['erasures'] = [];
  const keys: StatedKey[] = [];
  for (const { slug } of issuers) {
    for (const { issuer, list, purpose, length, used } of await ledger.lists(slug)) {
      const encodedList = await encodeStatusList(await ledger.statusBits(list), context.crypto);
      lists.push({ issuer, list, purpose, length, used, encodedList });
    }
    keys.push(...(await ledger.keys(slug)).map(stateKey));
    erasures.push({ issuer: slug, refs: (await ledger.erasedRefs(slug)).sort() });
  }
  return {
    type: 'SceauCheckpoint',
    version: 2,
    at: formatInstant(context.clock.now()),
    publicUrl: context.settings.publicUrl,
    issuers: issuers.map(({ slug, did }) => ({ slug, did })),
    strands: [...strands],
    lists,
    erasures,
    keys,
  };
}

function stateKey({ issuer, algorithm, publicKeyMultibase, state, compromisedSince }: KeyEntry): StatedKey {
  const since = compromisedSince === undefined ? {} : { compromisedSince: formatInstant(compromisedSince) };
  return { issuer, algorithm, publicKeyMultibase, state, ...since };
}

/**
 * Signs a checkpoint with the present key of every issuer that has one. An issuer without (a lost `did:key` one) is left
 * out of it, with its lists, erasures and keys: nobody speaks for it.
 * @throws {IssuerKeyMissingError} when no issuer has a key. {@link SignerError}
 */
export async function signCheckpoint(context: IssuingCore, facts: CheckpointFacts): Promise<JsonObject> {
  const { signing, missing } = await signingKeys(context, new Set(facts.issuers.map(({ slug }) => slug)));
  if (signing.length === 0 && missing !== undefined) throw missing;
  const speaks = new Set(signing.map(({ issuer }) => issuer));
  const document = asJson({
    ...facts,
    issuers: facts.issuers.filter(({ slug }) => speaks.has(slug)),
    lists: facts.lists.filter(({ issuer }) => speaks.has(issuer)),
    erasures: facts.erasures.filter(({ issuer }) => speaks.has(issuer)),
    ...(facts.keys === undefined ? {} : { keys: facts.keys.filter(({ issuer }) => speaks.has(issuer)) }),
  });
  if (!isJsonObject(document)) throw new TypeError('a checkpoint is a JSON object');
  const proof: JsonObject[] = [];
  for (const key of signing) proof.push(await signJson({ document, key, ...context, created: context.clock.now() }));
  return { ...document, proof };
}

/** @param named slugs; one added since the facts were read has no part in them. */
async function signingKeys(
  context: IssuingCore,
  named: ReadonlySet<string>,
): Promise<{ readonly signing: readonly SigningKey[]; readonly missing: IssuerKeyMissingError | undefined }> {
  const signing: SigningKey[] = [];
  let missing: IssuerKeyMissingError | undefined;
  for (const issuer of (await listIssuers(context)).filter(({ slug }) => named.has(slug))) {
    try {
      signing.push(await signingKey(context, issuer));
    } catch (error) {
      if (!(error instanceof IssuerKeyMissingError)) throw error;
      context.logger.warn('checkpoint-leaves-out', { issuer: issuer.slug });
      missing ??= error;
    }
  }
  return { signing, missing };
}

/** A signed checkpoint of the house as it is now. */
export async function makeCheckpoint(context: IssuingCore): Promise<JsonObject> {
  return signCheckpoint(context, await readCheckpointFacts(context));
}
