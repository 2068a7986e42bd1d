import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Families in the order they are tried: Latin, Greek and Cyrillic; Arabic; Han and kana; Hangul. */
const FAMILIES = [
  { folder: '@expo-google-fonts/noto-sans', file: 'NotoSans', semibold: '600SemiBold' },
  { folder: '@expo-google-fonts/noto-sans-arabic', file: 'NotoSansArabic', semibold: '600SemiBold' },
  { folder: '@expo-google-fonts/noto-sans-sc', file: 'NotoSansSC', semibold: '600SemiBold' },
  { folder: '@expo-google-fonts/nanum-gothic', file: 'NanumGothic', semibold: '700Bold' },
] as const;

type FontBytes = [Uint8Array, ...Uint8Array[]];

/** Reads the fonts texts are set in, some 26 MB: TTF files of the packages named in `package.json`. */
export async function readFontFiles(): Promise<{ readonly regular: FontBytes; readonly semibold: FontBytes }> {
  const { resolve } = createRequire(import.meta.url);
  const read = (folder: string, file: string, weight: string) =>
    readFile(resolve(`${folder}/${weight}/${file}_${weight}.ttf`));
  const [first, ...others] = FAMILIES;
  const all = async (weightOf: (family: (typeof FAMILIES)[number]) => string): Promise<FontBytes> => [
    await read(first.folder, first.file, weightOf(first)),
    ...(await Promise.all(others.map((family) => read(family.folder, family.file, weightOf(family))))),
  ];
  return { regular: await all(() => '400Regular'), semibold: await all(({ semibold }) => semibold) };
}
