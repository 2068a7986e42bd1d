import { BlockList, isIP } from 'node:net';

/** A list of proxies from addresses and networks (`10.0.0.1`, `fd00::/8`), as the configuration has checked them. */
export function trustedProxies(items: readonly string[]): BlockList {
  const list = new BlockList();
  for (const item of items) {
    const [address = '', prefix] = item.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
