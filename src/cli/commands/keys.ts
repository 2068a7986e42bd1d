import { createKey, getIssuer, listIssuers } from '../../issuing/issuers.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { UsageError } from '../usage-error.js';

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
        keys.push({ issuer: issuer.slug, algorithm: key.algorithm, state: key.state, usable, verificationMethod });
      }
    }
    if (values['json'] === true) context.write(`${JSON.stringify(keys)}\n`);
    else {
      for (const key of keys) {
        const usable = key.usable
          ? ''
          : context.language === 'fr'
            ? '\t(clé privée absente)'
            : '\t(private half missing)';
        context.write(`${key.issuer}\t${key.algorithm}\t${key.state}\t${key.verificationMethod}${usable}\n`);
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
    algorithm: { type: 'string', value: 'Ed25519|ES256' },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const algorithm = textOption(values, 'algorithm') ?? 'Ed25519';
    if (algorithm !== 'Ed25519' && algorithm !== 'ES256') {
      throw new UsageError({
        fr: `--algorithm : « ${algorithm} » inconnu, attendu Ed25519 ou ES256`,
        en: `--algorithm: unknown "${algorithm}", expected Ed25519 or ES256`,
      });
    }
    const { issuing } = await house.open();
    const issuer = await getIssuer(issuing, requiredOption(values, 'issuer'));
    if (issuer.did.startsWith('did:key:') && algorithm === 'Ed25519') {
      throw new UsageError({
        fr: `${issuer.slug} est un émetteur did:key : son identifiant est sa clé, il ne peut pas en changer`,
        en: `${issuer.slug} is a did:key issuer: its identifier is its key, so it cannot have another`,
      });
    }
    const verificationMethod = `${issuer.did}#${await createKey(issuing, issuer.slug, algorithm)}`;
    if (values['json'] === true)
      context.write(`${JSON.stringify({ issuer: issuer.slug, algorithm, verificationMethod })}\n`);
    else context.write(`${verificationMethod}\n`);
    return 0;
  },
};
