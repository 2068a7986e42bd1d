import { createTypesetter, type Typesetter } from '../../src/media/typeset.js';
import { readFontFiles } from '../../src/platform/font-files.js';

let opened: Promise<Typesetter> | undefined;

/** The typesetter of the house, its fonts opened once for all tests of a file. */
export function testTypesetter(): Promise<Typesetter> {
  opened ??= readFontFiles().then(createTypesetter);
  return opened;
}
