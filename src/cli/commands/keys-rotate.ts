import { assertMayChangeKey, type KeyRotation, rotateKey } from '../../issuing/key-changes.js';
import type { SigningAlgorithm } from '../../ports/signer.js';
import { ALGORITHM_VALUE, algorithmOption } from '../algorithm-option.js';
import { textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { issuerArgument } from '../issuer-argument.js';

const BOTH: readonly SigningAlgorithm[] = ['Ed25519', 'ES256'];

/** `sceau keys rotate`: new keys sign from now on; the old ones speak for their badges for ever. */
export const keysRotate: Command = {
  name: ['keys', 'rotate'],
  summary: {
    fr: 'Donne de nouvelles clés à un émetteur ; les badges déjà signés restent valables.',
    en: 'Gives an issuer new keys; badges signed before stay valid.',
  },
  options: {
    issuer: { type: 'string', value: 'SLUG' },
    algorithm: { type: 'string', value: ALGORITHM_VALUE },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const asked = algorithmOption(textOption(values, 'algorithm'));
    const { issuing } = await house.open();
    const issuer = await issuerArgument(issuing, textOption(values, 'issuer'));
    const algorithms = asked === undefined ? BOTH : [asked];
    for (const algorithm of algorithms) assertMayChangeKey(issuer, algorithm);
    const rotations: KeyRotation[] = [];
    for (const algorithm of algorithms) {
      rotations.push(await rotateKey(issuing, { issuer: issuer.slug, algorithm, actor: 'cli' }));
    }
    if (values['json'] === true) {
      context.write(`${JSON.stringify({ issuer: issuer.slug, rotations })}\n`);
      return 0;
    }
    for (const { algorithm, created, retired } of rotations) {
      context.write(`${algorithm}\t${issuer.did}#${created}\n`);
      context.say(
        context.language === 'fr'
          ? `${algorithm} : la nouvelle clé signe dès maintenant ; retirées : ${retired.join(', ') || 'aucune'}`
          : `${algorithm}: the new key signs from now on; retired: ${retired.join(', ') || 'none'}`,
      );
    }
    return 0;
  },
};
