import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { listProofs, type ReadProof } from './read-proof.js';

/**
 * The proofs another proof covers as well, in the order it names them; none for a proof of a set.
 * @param received the proof as it stands in the document, and `reading` what it says.
 * @returns undefined when a named proof is missing or stands there twice, or the chain comes back to the proof itself.
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains (step 4)
 */
export function chainedProofs(
  document: JsonObject,
  received: Json,
  { previousProof }: ReadProof,
): readonly JsonObject[] | undefined {
  if (previousProof.length === 0) return [];
  const byId = new Map<string, JsonObject | 'twice'>();
  for (const other of listProofs(document)) {
    const id = isJsonObject(other) ? other['id'] : undefined;
    if (isJsonObject(other) && typeof id === 'string') byId.set(id, byId.has(id) ? 'twice' : other);
  }
  const ownId = isJsonObject(received) ? received['id'] : undefined;
  const visited = new Set<string>();
  const waiting = [...previousProof];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const link = byId.get(id);
    if (link === undefined || link === 'twice' || id === ownId) return undefined;
    if (visited.has(id)) continue;
    visited.add(id);
    const further = link['previousProof'];
    for (const next of Array.isArray(further) ? further : [further]) if (typeof next === 'string') waiting.push(next);
  }
  return [...new Set(previousProof)].map((id) => byId.get(id)).filter(isJsonObject);
}
