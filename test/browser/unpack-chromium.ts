import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = join(ROOT, 'node_modules/.cache/sceau-chromium');

const FONT_CONFIG = join(FOLDER, 'fonts/of-tests.conf');

/** A Chromium unpacked from `@sparticuz/chromium`, and what it needs that a bare system lacks. */
export interface UnpackedChromium {
  readonly executablePath: string;
  /** Shared libraries. */
  readonly libraries: string;
  /** A fontconfig file that names its fonts, and the system's where there are any. */
  readonly fontConfig: string;
}

/**
 * Unpacks it once, beside the packages. The package itself unpacks into the system's temporary folder, without the
 * libraries unless it believes to be on AWS Lambda, and a second process would run a file that is half written: hence a
 * process of its own, into a folder of its own that gets its name when it is whole.
 */
export function unpackChromium(): UnpackedChromium {
  if (!existsSync(FOLDER)) unpack();
  return {
    executablePath: join(FOLDER, 'chromium'),
    libraries: join(FOLDER, 'al2023/lib'),
    fontConfig: FONT_CONFIG,
  };
}

function unpack(): void {
  mkdirSync(join(FOLDER, '..'), { recursive: true });
  const partial = mkdtempSync(`${FOLDER}-`);
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`@sparticuz/chromium could not be unpacked: ${stderr}`);
  const folders = [join(FOLDER, 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`);
  const cache = `<cachedir>${join(FOLDER, 'font-cache')}</cachedir>`;
  writeFileSync(
    join(partial, relative(FOLDER, FONT_CONFIG)),
    `<?xml version="1.0"?><fontconfig>${folders.join('')}${cache}</fontconfig>`,
  );
  try {
    renameSync(partial, FOLDER);
  } catch (error) {
    rmSync(partial, { recursive: true });
    // Another process was first, which is as good.
    if (!existsSync(FOLDER)) throw error;
  }
}
