import type { IssuingContext } from '../issuing/context.js';
import { remember } from './remember.js';

/** An attestation says on which minute its badge was valid: within it, the same page is drawn once. */
const MINUTE_MILLISECONDS = 60_000;
/** Drawn pages kept in memory, some 3 MB. */
const KEPT = 64;

/**
 * Attestations by public id; undefined as for an unknown badge. The badge is verified each time; what draws the page, and
 * its fonts, is loaded with the first one.
 */
export function createAttestations(issuing: IssuingContext): (id: string) => Promise<Uint8Array | undefined> {
  let loaded: ReturnType<typeof loadPress> | undefined;
  const press = () => {
    loaded ??= loadPress();
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };
  const drawn = remember<Uint8Array>(KEPT);
  return async (id) => {
    const { prepareAttestation, writeAttestation, openTypefaces } = await press();
    const now = issuing.clock.now();
    const prepared = await prepareAttestation(issuing, id, now - (now % MINUTE_MILLISECONDS));
    if (prepared === undefined) return undefined;
    const { attestation, looks, badge } = prepared;
    const logo = looks.logo === undefined ? null : issuing.hashBytes(looks.logo);
    const key = JSON.stringify([attestation, looks.colours, logo, new TextDecoder().decode(badge.bytes)]);
    return drawn(key, () => writeAttestation(prepared, openTypefaces));
  };
}

async function loadPress() {
  const [{ prepareAttestation }, { writeAttestation }, { createTypefaces }, { readDocumentFont }] = await Promise.all([
    import('../sharing/attest.js'),
    import('../sharing/attestation-page.js'),
    import('../media/pdf/typefaces.js'),
    import('../platform/document-fonts.js'),
  ]);
  return { prepareAttestation, writeAttestation, openTypefaces: createTypefaces(readDocumentFont) };
}
