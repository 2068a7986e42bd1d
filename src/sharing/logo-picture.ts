import type { Issuer } from '../credential/issuer.js';
import type { IssuingContext } from '../issuing/context.js';
import { findIssuerLogo } from '../issuing/issuer-logo.js';
import { rasterise } from '../media/rasterise.js';

/** Pixels across of a drawing set in print: some 300 dots an inch where it stands. */
const PRINT_PIXELS = 640;

/** The institution's logo as a PNG, for paper; undefined where it has none. */
export async function logoPicture(context: IssuingContext, { slug }: Issuer): Promise<Uint8Array | undefined> {
  const logo = await findIssuerLogo(context, slug);
  if (logo === undefined || logo.mediaType === 'image/png') return logo?.bytes;
  // Only what is nothing but a drawing was taken for a logo.
  return rasterise(new TextDecoder().decode(logo.bytes), PRINT_PIXELS);
}
