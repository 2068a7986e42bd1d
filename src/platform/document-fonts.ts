import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FontFace, ReadFont } from '../ports/fonts.js';

/** Where each face lies: a package, and a place below it. */
const FILES: Readonly<Record<FontFace, readonly [packageName: string, file: string]>> = {
  serif: ['@expo-google-fonts/noto-serif', '400Regular/NotoSerif_400Regular.ttf'],
  'serif-italic': ['@expo-google-fonts/noto-serif', '400Regular_Italic/NotoSerif_400Regular_Italic.ttf'],
  'serif-semibold': ['@expo-google-fonts/noto-serif', '600SemiBold/NotoSerif_600SemiBold.ttf'],
  sans: ['@expo-google-fonts/noto-sans', '400Regular/NotoSans_400Regular.ttf'],
  'sans-semibold': ['@expo-google-fonts/noto-sans', '600SemiBold/NotoSans_600SemiBold.ttf'],
  // Whole letters: the newer drawings of this family put the dots of a letter into glyphs of their own, for which a PDF
  // has no text.
  arabic: ['@embedpdf/fonts-arabic', 'fonts/NotoNaskhArabic-Regular.ttf'],
  'arabic-bold': ['@embedpdf/fonts-arabic', 'fonts/NotoNaskhArabic-Bold.ttf'],
  han: ['@expo-google-fonts/noto-sans-sc', '400Regular/NotoSansSC_400Regular.ttf'],
  hangul: ['@expo-google-fonts/nanum-gothic', '400Regular/NanumGothic_400Regular.ttf'],
};

/** Reads a font of the packages named in `package.json`, as TTF; the largest has 10 MB. */
export const readDocumentFont: ReadFont = async (face) => {
  const [packageName, file] = FILES[face];
  const { resolve } = createRequire(import.meta.url);
  // The package's entry lies in its folder or right below it.
  const folder = dirname(resolve(packageName));
  const root = folder.endsWith('dist') ? dirname(folder) : folder;
  return readFile(join(root, file));
};
