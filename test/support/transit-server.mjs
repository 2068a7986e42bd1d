// A key service in a process of its own, over TLS: the calls of the Transit engine (Vault, OpenBao) that are documented at
// https://openbao.org/api-docs/secret/transit/ and asked for here, with real keys. It is no Vault: what it does is what that
// page says, its defaults among it (ASN.1 signatures, input that is hashed there, the newest version), so that whoever asks
// for something else has to say so. `POST /test/fault` makes it misbehave.
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:https';

const { key, cert, token } = JSON.parse(process.env.TRANSIT ?? '{}');
const keys = new Map();
const TYPES = {
  ed25519: () => generateKeyPairSync('ed25519'),
  'ecdsa-p256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
let fault = 'none';
let signs = 0;

const addVersion = (named) => named.versions.push({ ...TYPES[named.type](), at: new Date().toISOString() });

function describe(named) {
  const versions = named.versions.map(({ publicKey, at }, index) => [
    String(index + 1),
    {
      creation_time: at,
      name: named.type === 'ed25519' ? 'ed25519' : 'P-256',
      public_key:
        named.type === 'ed25519'
          ? Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url').toString('base64')
          : publicKey.export({ format: 'pem', type: 'spki' }),
    },
  ]);
  return {
    type: named.type,
    name: named.name,
    deletion_allowed: false,
    derived: false,
    exportable: false,
    allow_plaintext_backup: false,
    keys: Object.fromEntries(versions),
    latest_version: named.versions.length,
    min_available_version: 0,
    min_decryption_version: 1,
    min_encryption_version: named.minimum ?? 0,
    supports_encryption: false,
    supports_decryption: false,
    supports_derivation: named.type === 'ed25519',
    supports_signing: true,
    imported_key: false,
  };
}

function signOne(named, version, body, input) {
  if (typeof input !== 'string') return { error: 'missing input' };
  const message = Buffer.from(input, 'base64');
  const { privateKey } = named.versions[version - 1];
  signs += 1;
  const encode = (bytes, encoding) => ({
    signature: `vault:v${version}:${(fault === 'wrong' ? Buffer.from(bytes).reverse() : bytes).toString(encoding)}`,
    key_version: version,
  });
  if (body.prehashed) return { error: 'this one signs messages, not digests' };
  if (named.type === 'ed25519') return encode(sign(null, message, privateKey), 'base64');
  const isJws = body.marshaling_algorithm === 'jws';
  const hash = { 'sha2-256': 'sha256', 'sha2-512': 'sha512' }[body.hash_algorithm ?? 'sha2-256'];
  const bytes = sign(hash, message, { key: privateKey, dsaEncoding: isJws ? 'ieee-p1363' : 'der' });
  return encode(bytes, isJws ? 'base64url' : 'base64');
}

function answer(method, path, body) {
  const [, , mount, kind, name, action] = path.split('/');
  if (mount !== 'transit') return [404, { errors: ['no handler for route'] }];
  const named = keys.get(name);
  if (kind === 'keys' && method === 'GET') return named ? [200, { data: describe(named) }] : [404, { errors: [] }];
  if (kind === 'keys' && method === 'POST' && action === undefined) {
    if (!(body.type in TYPES)) return [400, { errors: [`unknown key type ${body.type}`] }];
    if (!named) {
      const made = { name, type: body.type, versions: [] };
      addVersion(made);
      keys.set(name, made);
    }
    return [200, { data: describe(keys.get(name)) }];
  }
  if (!named) return [400, { errors: ['signing key not found'] }];
  if (kind === 'keys' && method === 'POST' && action === 'rotate') {
    addVersion(named);
    return [200, { data: describe(named) }];
  }
  if (kind === 'keys' && method === 'POST' && action === 'config') {
    named.minimum = body.min_encryption_version;
    return [200, { data: describe(named) }];
  }
  if (kind === 'sign' && method === 'POST') {
    const version = (body.key_version ?? 0) === 0 ? named.versions.length : body.key_version;
    if (named.versions[version - 1] === undefined || version < (named.minimum ?? 0)) {
      return [400, { errors: ['requested version for signing is not available'] }];
    }
    if (body.batch_input === undefined) return [200, { data: signOne(named, version, body, body.input) }];
    const results = body.batch_input.map(({ input }) => signOne(named, version, body, input));
    if (fault === 'half') results[results.length - 1] = { error: 'internal error' };
    return [200, { data: { batch_results: results } }];
  }
  return [405, { errors: ['unsupported operation'] }];
}

const server = createServer({ key, cert }, async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const reply = (status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  if (request.url === '/test/fault') {
    fault = text;
    return reply(200, { signs });
  }
  if (fault === 'down') return request.socket.destroy();
  if (fault === 'hangs-up-once') {
    fault = 'none';
    return request.socket.destroy();
  }
  if (fault === 'slow') return undefined;
  if (fault === 'sealed') return reply(503, { errors: ['Vault is sealed'] });
  if (fault === 'redirect') {
    response.writeHead(307, { Location: 'https://elsewhere.example.org/' });
    return response.end();
  }
  if (request.headers['x-vault-token'] !== token) return reply(403, { errors: ['permission denied'] });
  return reply(...answer(request.method, request.url, text === '' ? {} : JSON.parse(text)));
});
server.on('tlsClientError', () => {});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('disconnect', () => process.exit());
