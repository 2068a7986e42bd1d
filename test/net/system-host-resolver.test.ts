import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemHostResolver } from '../../src/net/system-host-resolver.js';
import { ensureDefined } from '../support/ensure-defined.js';

const A = 1;

type Answer = { readonly code: number; readonly records?: readonly (readonly number[])[] } | 'silence';

let socket: Socket | undefined;
afterEach(() => {
  socket?.close();
  socket = undefined;
});

/** A name server on loopback that answers questions for A and AAAA records. */
async function startNameServer(answer: (name: string, type: number) => Answer) {
  const asked: string[] = [];
  const server = createSocket('udp4');
  socket = server;
  server.on('message', (message, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
      labels.push(message.toString('ascii', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const type = message.readUInt16BE(at + 1);
    const question = message.subarray(12, at + 5);
    const name = labels.join('.').toLowerCase();
    asked.push(`${name} ${type === A ? 'A' : 'AAAA'}`);
    const given = answer(name, type);
    if (given === 'silence') return;
    const records = (given.records ?? []).map((bytes) =>
      Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, bytes.length, ...bytes]),
    );
    const head = Buffer.from([0, 0, 0x81, 0x80 | given.code, 0, 1, 0, records.length, 0, 0, 0, 0]);
    message.copy(head, 0, 0, 2);
    server.send(Buffer.concat([head, question, ...records]), from.port, from.address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  return { asked, dns: createSystemHostResolver({ servers: [`127.0.0.1:${ensureDefined(server.address()).port}`] }) };
}

const waiting = new AbortController().signal;

describe('the name servers', () => {
  it('are asked for both kinds of address, and all are told', async () => {
    const { dns, asked } = await startNameServer((_, type) => ({
      code: 0,
      records:
        type === A
          ? [
              [1, 1, 1, 1],
              [10, 0, 0, 5],
            ]
          : [[0x26, 6, ...Array(13).fill(0), 1]],
    }));
    expect(await dns.addressesOf('issuer.example', waiting)).toEqual(['1.1.1.1', '10.0.0.5', '2606::1']);
    expect(asked.toSorted()).toEqual(['issuer.example A', 'issuer.example AAAA']);
  });

  it('may know one kind only, or fail for one', async () => {
    const { dns } = await startNameServer((_, type) =>
      type === A ? { code: 0, records: [[1, 1, 1, 1]] } : { code: 2 },
    );
    expect(await dns.addressesOf('issuer.example', waiting)).toEqual(['1.1.1.1']);
  });

  it('may know no such name, or none of its addresses', async () => {
    const { dns } = await startNameServer((name) => ({ code: name === 'nowhere.example' ? 3 : 0 }));
    expect(await dns.addressesOf('nowhere.example', waiting)).toEqual([]);
    expect(await dns.addressesOf('empty.example', waiting)).toEqual([]);
  });

  it('are the only ones asked: the table of hosts of this machine has no say', async () => {
    const { dns, asked } = await startNameServer(() => ({ code: 3 }));
    expect(await dns.addressesOf('localhost.localdomain', waiting)).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('may be out of order', async () => {
    const { dns } = await startNameServer(() => ({ code: 2 }));
    await expect(dns.addressesOf('issuer.example', waiting)).rejects.toMatchObject({ code: 'ESERVFAIL' });
  });

  it('are not waited for once nobody waits for the answer', async () => {
    const { dns } = await startNameServer(() => 'silence');
    const controller = new AbortController();
    const answer = dns.addressesOf('issuer.example', controller.signal);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: 'ECANCELLED' });
  });
});
