import type { JsonObject } from '../ports/json.js';
import type { SigningKey } from '../ports/signer.js';
import { finishProof } from '../proof/eddsa-proofs.js';
import { addProofs, assertSignable, beginProofs, signatureAt } from '../proof/sign.js';
import { claimsOpenBadge } from '../verification/acceptance.js';
import type { IssuingCore } from './context.js';
import { groupBy } from './group-by.js';
import { getIssuer, signingKey } from './issuers.js';
import type { OpenVersion } from './open-version.js';
import { attempt, failed, type Outcome, succeeded, thenAll } from './outcome.js';

/** A version with what is to be signed for it: bytes for the signer, or a document for the library. */
type Begun = { readonly open: OpenVersion; readonly key: SigningKey } & (
  | { readonly begun: NonNullable<ReturnType<typeof beginProofs>> }
  | { readonly begun: undefined }
);

/**
 * Signs the documents of reservations: the signer gets all that one key has to sign in one call.
 * @returns for each version its signed document. Failures: {@link UnsignableCredentialError} {@link SignerError}
 * {@link IssuerKeyMissingError}
 */
export async function signVersions(
  context: IssuingCore,
  versions: readonly OpenVersion[],
): Promise<Outcome<JsonObject>[]> {
  const created = context.clock.now();
  const keys = new Map<string, Promise<SigningKey>>();
  const keyOf = (slug: string): Promise<SigningKey> => {
    const key = keys.get(slug) ?? getIssuer(context, slug).then((issuer) => signingKey(context, issuer));
    keys.set(slug, key);
    return key;
  };
  const begun = await Promise.all(
    versions.map((open) =>
      attempt(async (): Promise<Begun> => {
        const request = { ...requestOf(context, open), key: await keyOf(open.issuer), created };
        assertSignable(request);
        return { open, key: request.key, begun: beginProofs(request, open.hash) };
      }),
    ),
  );
  return thenAll(begun, async (ready) => {
    const byKey = groupBy(ready, ({ key }) => key.verificationMethod);
    const proofs = new Map<Begun, Outcome<readonly JsonObject[]>>();
    for (const [verificationMethod, group] of byKey) {
      for (const [each, outcome] of await signGroup(context, { verificationMethod, group, created })) {
        proofs.set(each, outcome);
      }
    }
    return ready.map((each): Outcome<JsonObject> => {
      const outcome = proofs.get(each) ?? failed(new Error('a group was signed in part'));
      return outcome.ok ? succeeded(withProofs(each.open.reservation.document, outcome.value)) : outcome;
    });
  });
}

async function signGroup(
  context: IssuingCore,
  {
    verificationMethod,
    group,
    created,
  }: { readonly verificationMethod: string; readonly group: readonly Begun[]; readonly created: number },
): Promise<readonly (readonly [Begun, Outcome<readonly JsonObject[]>])[]> {
  const own = group.filter((each) => each.begun !== undefined);
  const messages = own.flatMap(({ begun = [] }) => begun.map(({ hashData }) => hashData));
  const signatures = await attempt(async () =>
    messages.length === 0 ? [] : context.signer.sign({ verificationMethod, messages }),
  );
  let next = 0;
  return Promise.all(
    group.map(async (each) => {
      const { open, key, begun } = each;
      if (begun === undefined) {
        const { contexts, signer, canonize } = context;
        const request = { ...requestOf(context, open), key, created, contexts, signer, canonize };
        return [each, await attempt(async () => (await addProofs(request)).proof)] as const;
      }
      if (!signatures.ok) return [each, signatures] as const;
      const from = next;
      next += begun.length;
      const finish = () =>
        begun.map((proof, number) => finishProof(proof, signatureAt(signatures.value, from + number)));
      return [each, await attempt(finish)] as const;
    }),
  );
}

function requestOf({ settings, eddsa }: IssuingCore, { reservation }: OpenVersion) {
  return { credential: reservation.document, suites: reservation.api?.suites ?? settings.proofSuites, eddsa };
}

/** The schema of Open Badges wants a list; of other credentials one proof is an object, as their readers expect. */
function withProofs(document: JsonObject, proof: readonly JsonObject[]): JsonObject {
  const [only, ...others] = proof;
  const isAlone = only !== undefined && others.length === 0 && !claimsOpenBadge(document);
  return { ...document, proof: isAlone ? only : proof };
}
