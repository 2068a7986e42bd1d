import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.js';
import { SECRET_SETTINGS } from '../src/secret-files.js';
import { removeFolder, temporaryFolder } from './support/house.js';

const TOKEN = 'metrics-0123456789abcdef';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => removeFolder(folder));

/** The names of the settings that were refused. */
function refused(environment: Record<string, string>): string[] {
  try {
    readConfig(environment, folder);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...error.localized.en.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name);
  }
}

describe('settings', () => {
  it('K11 unknown names and bad values are refused, all at once', () => {
    const mistaken = { SCEAU_PUBLIK_URL: 'https://badges.example.org', PORT: 'http', SCEAU_DRAIN_SECONDS: '-1' };
    expect(refused(mistaken).sort()).toEqual(['PORT', 'SCEAU_DRAIN_SECONDS', 'SCEAU_PUBLIK_URL']);
  });

  it('K11 a secret whose file is missing, empty or named beside the secret itself is refused', () => {
    writeFileSync(join(folder, 'empty'), '\n');
    writeFileSync(join(folder, 'token'), TOKEN);
    for (const name of SECRET_SETTINGS) {
      expect(refused({ [`${name}_FILE`]: 'absent' })).toEqual([`${name}_FILE`]);
      expect(refused({ [`${name}_FILE`]: 'empty' })).toEqual([`${name}_FILE`]);
      expect(refused({ [`${name}_FILE`]: 'token', [name]: TOKEN })).toContain(`${name}_FILE`);
    }
  });

  it('the metrics token is read from the environment or from a file, without its line feed', () => {
    writeFileSync(join(folder, 'token'), `${TOKEN}\n`);
    expect(readConfig({ SCEAU_METRICS_TOKEN: TOKEN }, folder).metricsToken).toBe(TOKEN);
    expect(readConfig({ SCEAU_METRICS_TOKEN_FILE: 'token' }, folder).metricsToken).toBe(TOKEN);
    expect(readConfig({}, folder).metricsToken).toBeUndefined();
  });

  it('a metrics token that could be guessed, or stand in no header, is refused', () => {
    writeFileSync(join(folder, 'token'), 'short');
    expect(refused({ SCEAU_METRICS_TOKEN: 'short' })).toEqual(['SCEAU_METRICS_TOKEN']);
    expect(refused({ SCEAU_METRICS_TOKEN: 'not a word of a header' })).toEqual(['SCEAU_METRICS_TOKEN']);
    expect(refused({ SCEAU_METRICS_TOKEN_FILE: 'token' })).toEqual(['SCEAU_METRICS_TOKEN_FILE']);
  });

  it('addresses with a password in them are read from files too', () => {
    writeFileSync(join(folder, 'database'), 'postgres://sceau:hunter2@database/sceau\n');
    writeFileSync(join(folder, 'smtp'), 'smtps://badges:hunter2@smtp.example.org\n');
    const config = readConfig(
      { DATABASE_URL_FILE: 'database', SMTP_URL_FILE: 'smtp', SCEAU_MAIL_FROM: 'badges@univ.example.org' },
      folder,
    );
    expect(config.database?.url).toBe('postgres://sceau:hunter2@database/sceau');
    expect(config.mail?.smtpUrl).toBe('smtps://badges:hunter2@smtp.example.org');
  });

  it('K2 a mistake never repeats the value', () => {
    const secret = 'http://hunter2@database';
    try {
      readConfig({ DATABASE_URL: secret, SMTP_URL: secret, SCEAU_METRICS_TOKEN: 'hunter2' }, folder);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).toContain('DATABASE_URL');
      expect(String(error)).not.toContain('hunter2');
    }
  });

  it('requests under way have 30 seconds unless told', () => {
    expect(readConfig({}, folder).drainSeconds).toBe(30);
    expect(readConfig({ SCEAU_DRAIN_SECONDS: '5' }, folder).drainSeconds).toBe(5);
  });

  it('K11 the database is named by an address of PostgreSQL, with limits that make sense', () => {
    const DATABASE_URL = 'postgresql://sceau:word@db.example.org/sceau';
    expect(readConfig({}, folder).database).toBeUndefined();
    expect(readConfig({ DATABASE_URL }, folder).database).toEqual({
      url: DATABASE_URL,
      connections: 10,
      timeoutMs: 10_000,
    });
    const limits = { SCEAU_DATABASE_CONNECTIONS: '1', SCEAU_DATABASE_TIMEOUT: '0' };
    expect(refused({ DATABASE_URL: 'mysql://db.example.org/sceau', ...limits }).sort()).toEqual([
      'DATABASE_URL',
      ...Object.keys(limits),
    ]);
  });
});
