import { type Issuer, zIssuer } from '../credential/issuer.js';
import type { DocumentStore, Partition } from '../ports/documents.js';
import { fromJson, type Json } from '../ports/json.js';
import type { Store, StoreChange } from '../ports/store.js';
import { type Programme, zProgramme } from '../programme/schema.js';

/** A definition as installed: one version under one issuer, written once. */
export interface InstalledProgramme {
  readonly issuer: string;
  readonly programme: Programme;
  /** SHA-256 of the definition's canonical JSON, hex. */
  readonly digest: string;
}

/** Where an issuer's record lies. */
export const ISSUER_DOCUMENT = 'issuer';
export function issuerPartition(slug: string): Partition {
  return { issuer: slug, collection: 'issuers', name: 'record' };
}

/** Where an issuer's programme versions lie. */
export function programmePartition(issuer: string): Partition {
  return { issuer, collection: 'programmes', name: 'definitions' };
}

/**
 * The issuers and programme versions of the house, read and parsed once: every request needs some of them and they
 * change a few times a year. Whoever wrote one reads what they wrote; what another process wrote is read within a
 * second.
 */
export interface Registry {
  /** Every issuer, ordered by slug. */
  issuers(): Promise<readonly Issuer[]>;
  /** Every installed version, by issuer, oldest first. */
  programmes(): Promise<readonly InstalledProgramme[]>;
}

/** A registry that follows the store: what a change overtakes is read again, even while it is being read. */
export function createRegistry({ documents, follow }: Pick<Store, 'documents' | 'follow'>): Registry {
  let issuers: Promise<readonly Issuer[]> | undefined;
  let programmes: Promise<readonly InstalledProgramme[]> | undefined;
  const forget = () => {
    issuers = undefined;
    programmes = undefined;
  };
  follow((change) => {
    if (concerns(change)) forget();
  });
  /** A reading that failed is not kept. */
  const keeping = <T>(reading: Promise<T>): Promise<T> => {
    reading.catch(forget);
    return reading;
  };
  const registry: Registry = {
    issuers() {
      issuers ??= keeping(readIssuers(documents));
      return issuers;
    },
    programmes() {
      programmes ??= keeping(registry.issuers().then((known) => readProgrammes(documents, known)));
      return programmes;
    },
  };
  return registry;
}

function concerns(change: StoreChange): boolean {
  if (change.shape !== 'documents') return change.shape === 'all';
  const { collection } = change.partition;
  return collection === 'issuers' || collection === 'programmes';
}

async function readIssuers(documents: DocumentStore): Promise<Issuer[]> {
  const found: Issuer[] = [];
  for (const slug of (await documents.issuers()).sort()) {
    const stored = await documents.get(issuerPartition(slug), ISSUER_DOCUMENT);
    if (stored !== undefined) found.push(zIssuer.parse(stored.value));
  }
  return found;
}

async function readProgrammes(documents: DocumentStore, issuers: readonly Issuer[]): Promise<InstalledProgramme[]> {
  const found: InstalledProgramme[] = [];
  for (const { slug } of issuers) {
    for (const stored of await documents.list(programmePartition(slug))) {
      const { digest, definition } = fromJson<{ readonly digest: string; readonly definition: Json }>(stored.value);
      found.push({ issuer: slug, digest, programme: zProgramme.parse(definition) });
    }
  }
  return found;
}
