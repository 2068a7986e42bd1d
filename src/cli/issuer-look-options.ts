import type { IssuerChange } from '../issuing/issuers.js';
import { readable } from '../media/colour.js';
import { type LogoReading, type LogoRefusal, MAX_LOGO_BYTES, MAX_LOGO_SIDE, readLogo } from '../media/logo.js';
import { PAGE_GROUND } from '../media/page-colours.js';
import type { Localized } from '../text/localized.js';
import { textOption } from './arguments.js';
import type { CommandContext, OptionValues } from './command.js';
import { readInput } from './read-file.js';
import { UsageError } from './usage-error.js';

/** How an institution's pages look, and how it is reached. `none` takes a logo, colour or contact away. */
export const ISSUER_LOOK_OPTIONS = {
  logo: { type: 'string', value: 'FILE' },
  color: { type: 'string', value: '#RRGGBB' },
  accent: { type: 'string', value: '#RRGGBB' },
  contact: { type: 'string', value: 'TEXT' },
} as const;

const NONE = 'none';

/** Colours and contact as given. Says so when a colour is too light for text, and what it is shown as. @throws {UsageError} */
export function readLook(context: CommandContext, values: OptionValues): Pick<IssuerChange, 'colours' | 'contact'> {
  const contact = textOption(values, 'contact');
  const [primary, accent] = (['color', 'accent'] as const).map((name) => readColour(values, name));
  if (accent !== undefined && primary === undefined) {
    throw new UsageError({
      fr: '--accent se donne avec --color : il accompagne une couleur',
      en: '--accent goes with --color: it accompanies a colour',
    });
  }
  return {
    ...(contact === undefined ? {} : { contact: contact === NONE ? null : contact }),
    ...(primary === undefined ? {} : { colours: coloursOf(context, primary, accent) }),
  };
}

function coloursOf(context: CommandContext, primary: string, accent: string | undefined): IssuerChange['colours'] {
  if (primary === NONE) return null;
  const shown = readable(primary, PAGE_GROUND);
  if (shown !== primary) {
    context.say(
      context.language === 'fr'
        ? `Trop claire pour du texte : sur les pages, ${primary} devient ${shown}.`
        : `Too light for text: on pages ${primary} becomes ${shown}.`,
    );
  }
  return accent === undefined || accent === NONE ? { primary } : { primary, accent };
}

function readColour(values: OptionValues, name: 'color' | 'accent'): string | undefined {
  const colour = textOption(values, name);
  if (colour === undefined || colour === NONE) return colour;
  if (!/^#[0-9a-f]{6}$/i.test(colour)) {
    throw new UsageError({
      fr: `--${name} : « ${colour} » n’est pas une couleur de la forme #1d3a63`,
      en: `--${name}: "${colour}" is not a colour of the form #1d3a63`,
    });
  }
  return colour.toLowerCase();
}

/** The logo in the file given, `none` to take it away. @throws {UsageError} naming what is wrong with the file. */
export async function readLogoOption(
  context: CommandContext,
  values: OptionValues,
): Promise<Extract<LogoReading, { ok: true }> | typeof NONE | undefined> {
  const path = textOption(values, 'logo');
  if (path === undefined || path === NONE) return path;
  const logo = readLogo(await readInput(context, path));
  if (logo.ok) return logo;
  const why = refusalText(logo.refusal);
  throw new UsageError({ fr: `--logo ${path} : ${why.fr}`, en: `--logo ${path}: ${why.en}` });
}

function refusalText(refusal: LogoRefusal): Localized {
  const kilobytes = MAX_LOGO_BYTES / 1024;
  switch (refusal.reason) {
    case 'format':
      return { fr: 'ce n’est ni un PNG ni un SVG', en: 'it is neither a PNG nor an SVG' };
    case 'size':
      return { fr: `il dépasse ${kilobytes} Kio`, en: `it is larger than ${kilobytes} KiB` };
    case 'pixels':
      return {
        fr: `il mesure plus de ${MAX_LOGO_SIDE} pixels de côté`,
        en: `it measures more than ${MAX_LOGO_SIDE} pixels a side`,
      };
    case 'damaged':
      return { fr: 'il est endommagé', en: 'it is damaged' };
    case 'content':
      return {
        fr: `« ${refusal.name} » n’a pas sa place dans un logo ; enregistrez-le en SVG simple, sans script, police ni image`,
        en: `"${refusal.name}" has no place in a logo; save it as plain SVG, without scripts, fonts or pictures`,
      };
  }
}
