import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { type Service, startService } from '../support/service.js';

/** Runs in the service before its own code: does what no code of ours should ever do. */
const planted = (code: string) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${code} })`)}`,
});

describe('a service', () => {
  it('K8 says what the runtime warns of in its log, on one line', async () => {
    const folder = await temporaryFolder();
    const service = await startService(folder, planted("process.emitWarning('planted\\nover two lines')"));
    service.child.kill('SIGUSR2');
    await service.logged('runtime-warning');
    expect(service.lines()).toContainEqual(
      expect.objectContaining({ name: 'Warning', message: 'planted\nover two lines' }),
    );
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    await removeFolder(folder);
  }, 120_000);
});

describe('a service in which an error reaches nobody', () => {
  let folder: string;
  let service: Service | undefined;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    service?.child.kill('SIGKILL');
    await service?.ended;
    await removeFolder(folder);
  });

  it.each([
    ['an exception', "throw new Error('planted\\n\\u001b[31mfor ada@example.org')"],
    ['a rejection', "void Promise.reject(new Error('planted\\n\\u001b[31mfor ada@example.org'))"],
  ])(
    'K8 ends with 3 after %s: the log has one line on it, and the store opens again',
    async (_, code) => {
      service = await startService(folder, planted(code));
      service.child.kill('SIGUSR2');
      expect(await service.ended).toBe(3);
      const crashes = service.lines().filter(({ event }) => event === 'crashed');
      expect(crashes).toMatchObject([
        { level: 'error', error: { name: 'Error', message: 'planted\n\u001b[31mfor [e-mail]' } },
      ]);
      const house = await openTestHouse(folder);
      expect((await house.issuing.store.ledger.check()).ok).toBe(true);
      await house.close();
    },
    60_000,
  );
});
