// Builds Sceau: JSON Schemas and the scripts for browsers become modules (no code is made at run time), then TypeScript
// becomes `dist/`.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(command, args) {
  const { status, error } = spawnSync(process.execPath, [command, ...args], { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(`${root}/node_modules/typescript`)) {
  console.error(
    'sceau: the development packages are not installed, so nothing was built (run npm ci without --omit=dev)',
  );
  process.exit(0);
}

run('scripts/compile-schemas.mjs', []);
run('scripts/bundle-client.mjs', []);
run('scripts/bundle-device.mjs', []);
rmSync(`${root}/dist`, { recursive: true, force: true });
run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
for (const made of ['verification/schema', 'pages/client', 'device']) {
  cpSync(`${root}/src/${made}/compiled.js`, `${root}/dist/${made}/compiled.js`);
}
chmodSync(`${root}/dist/main.js`, 0o755);
