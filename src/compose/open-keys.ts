import { readFile } from 'node:fs/promises';
import type { Config } from '../config.js';
import { openKeyFolder } from '../keys/key-folder.js';
import { withKeyFiles } from '../keys/two-key-stores.js';
import type { KeyStore } from '../ports/key-store.js';
import type { Signer } from '../ports/signer.js';

/**
 * Opens where the private keys are: the key folder, and the key service before it where one is set.
 * @param issuers slugs, asked when a key of the service is looked for the first time.
 * @throws {KeyFileUnsafeError}
 */
export async function openKeys(
  { keysDirectory, keyPassphrase, signer }: Config,
  issuers: () => Promise<readonly string[]>,
): Promise<{ readonly signer: Signer } & KeyStore> {
  const folder = await openKeyFolder({ folder: keysDirectory, passphrase: keyPassphrase });
  if (signer === undefined) return folder;
  // Loaded only where it is used.
  const [{ createAskTransit }, { createTransitKeys }] = await Promise.all([
    import('../keys/transit/request.js'),
    import('../keys/transit/transit-keys.js'),
  ]);
  const { url, tokenFile, caFile, prefix, timeoutMilliseconds } = signer;
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
  const ask = createAskTransit({ url, tokenFile, ca, timeoutMilliseconds });
  return withKeyFiles(createTransitKeys({ ask, prefix, issuers }), folder);
}
