import { defaultIssuer } from '../issuing/issuers.js';
import type { JsonObject } from '../ports/json.js';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '../proof/context-urls.js';
import { LANGUAGES } from '../text/localized.js';
import { WALLET_TEXTS } from '../text/wallet.js';
import type { SharingContext } from './context.js';
import type { WalletChannel } from './wallet-offers.js';

export type WalletFormat = Exclude<WalletChannel, 'exchange'>;

/** What a wallet asks for, by format. The ids stay: wallets and offers name them. */
export const CONFIGURATION_IDS: Readonly<Record<WalletFormat, string>> = {
  ldp_vc: 'EngagementBadge_ldp_vc',
  jwt_vc_json: 'EngagementBadge_jwt_vc_json',
};

/** Algorithms a wallet may prove its key with. */
export const PROOF_ALGORITHMS = ['EdDSA', 'ES256'] as const;

const TYPES = ['VerifiableCredential', 'OpenBadgeCredential'];
export const PRE_AUTHORIZED_CODE = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
/** Digits of a transaction code. */
export const TRANSACTION_CODE_LENGTH = 6;

/**
 * Credential issuer metadata: one issuer for the whole house, whose badges name their own institution.
 * @see https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html#section-12.2
 */
export async function credentialIssuerMetadata(context: SharingContext): Promise<JsonObject> {
  const base = context.settings.publicUrl;
  const institution = await defaultIssuer(context);
  const shared = {
    scope: 'engagement_badge',
    cryptographic_binding_methods_supported: ['did:key', 'did:jwk', 'jwk'],
    proof_types_supported: { jwt: { proof_signing_alg_values_supported: [...PROOF_ALGORITHMS] } },
    credential_metadata: {
      display: LANGUAGES.map((locale) => ({ name: WALLET_TEXTS[locale].credentialName, locale })),
    },
  };
  return {
    credential_issuer: base,
    credential_endpoint: `${base}/oid4vci/credential`,
    nonce_endpoint: `${base}/oid4vci/nonce`,
    ...(institution === undefined ? {} : { display: [{ name: institution.name }] }),
    credential_configurations_supported: {
      [CONFIGURATION_IDS.ldp_vc]: {
        format: 'ldp_vc',
        ...shared,
        credential_signing_alg_values_supported: [...context.settings.proofSuites],
        credential_definition: { '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3], type: TYPES },
      },
      [CONFIGURATION_IDS.jwt_vc_json]: {
        format: 'jwt_vc_json',
        ...shared,
        credential_signing_alg_values_supported: ['ES256'],
        credential_definition: { type: TYPES },
      },
    },
  };
}

/** Authorization server metadata. @see https://www.rfc-editor.org/rfc/rfc8414#section-2 */
export function authorizationServerMetadata({ settings }: SharingContext): JsonObject {
  return {
    issuer: settings.publicUrl,
    token_endpoint: `${settings.publicUrl}/oid4vci/token`,
    grant_types_supported: [PRE_AUTHORIZED_CODE],
    token_endpoint_auth_methods_supported: ['none'],
    'pre-authorized_grant_anonymous_access_supported': true,
  };
}

/**
 * A credential offer. The pre-authorized code is the offer's own secret; whoever has read the offer still lacks the
 * transaction code.
 * @see https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html#section-4.1.1
 */
export function credentialOffer(context: SharingContext, secret: string, format: WalletFormat): JsonObject {
  return {
    credential_issuer: context.settings.publicUrl,
    credential_configuration_ids: [CONFIGURATION_IDS[format]],
    grants: {
      [PRE_AUTHORIZED_CODE]: {
        'pre-authorized_code': secret,
        tx_code: {
          input_mode: 'numeric',
          length: TRANSACTION_CODE_LENGTH,
          description: `${WALLET_TEXTS.fr.codeHint} / ${WALLET_TEXTS.en.codeHint}`,
        },
      },
    },
  };
}
