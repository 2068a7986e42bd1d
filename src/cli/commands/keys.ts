import { createKey, getIssuer, listIssuers } from '../../issuing/issuers.js';
import { assertMayChangeKey } from '../../issuing/key-changes.js';
import { formatInstant } from '../../text/instant.js';
import { ALGORITHM_VALUE, algorithmOption } from '../algorithm-option.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command } from '../command.js';

/** `sceau keys list`: the public halves the ledger keeps. */
export const keysList: Command = {
  name: ['keys', 'list'],
  summary: { fr: 'Liste les clés des émetteurs.', en: 'Lists the keys of the issuers.' },
  options: { issuer: { type: 'string', value: 'SLUG' }, json: { type: 'boolean' } },
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const slug = textOption(values, 'issuer');
    const issuers = slug === undefined ? await listIssuers(issuing) : [await getIssuer(issuing, slug)];
    const keys = [];
    for (const issuer of issuers) {
      for (const key of await issuing.store.ledger.keys(issuer.slug)) {
        const verificationMethod = `${issuer.did}#${key.publicKeyMultibase}`;
        const usable = key.state === 'active' && (await issuing.signer.canSign(verificationMethod));
        const compromised = key.compromisedSince === undefined ? undefined : formatInstant(key.compromisedSince);
        keys.push({
          issuer: issuer.slug,
          algorithm: key.algorithm,
          state: key.state,
          ...(compromised === undefined ? {} : { compromisedSince: compromised }),
          usable,
          verificationMethod,
        });
      }
    }
    if (values['json'] === true) context.write(`${JSON.stringify(keys)}\n`);
    else {
      for (const key of keys) {
        // Of a key that signs no more, nobody misses the private half.
        const isMissed = key.state === 'active' && !key.usable;
        const missed = context.language === 'fr' ? '\t(clé privée inutilisable)' : '\t(private half cannot be used)';
        const since = key.compromisedSince === undefined ? '' : ` (${key.compromisedSince})`;
        const place = `${key.issuer}\t${key.algorithm}\t${key.state}${since}\t${key.verificationMethod}`;
        context.write(`${place}${isMissed ? missed : ''}\n`);
      }
    }
    return 0;
  },
};

/** `sceau keys create`: one more key; the newest active one of its kind signs. */
export const keysCreate: Command = {
  name: ['keys', 'create'],
  summary: {
    fr: 'Crée une clé de plus pour un émetteur ; la plus récente signe.',
    en: 'Makes one more key for an issuer; the newest one signs.',
  },
  options: {
    issuer: { type: 'string', value: 'SLUG', required: true },
    algorithm: { type: 'string', value: ALGORITHM_VALUE },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const algorithm = algorithmOption(textOption(values, 'algorithm')) ?? 'Ed25519';
    const { issuing } = await house.open();
    const issuer = await getIssuer(issuing, requiredOption(values, 'issuer'));
    assertMayChangeKey(issuer, algorithm);
    const verificationMethod = `${issuer.did}#${await createKey(issuing, issuer.slug, algorithm)}`;
    if (values['json'] === true)
      context.write(`${JSON.stringify({ issuer: issuer.slug, algorithm, verificationMethod })}\n`);
    else context.write(`${verificationMethod}\n`);
    return 0;
  },
};
