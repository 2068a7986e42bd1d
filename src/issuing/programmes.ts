import { DomainError } from '../ports/error.js';
import { asJson, fromJson } from '../ports/json.js';
import type { Programme } from '../programme/schema.js';
import type { IssuingCore } from './context.js';
import { canonicalJson } from './digest.js';
import { type InstalledProgramme, programmePartition } from './registry.js';
import { REGISTRATION } from './turn-keys.js';

/** No programme of this house has that id (or version). */
export class ProgrammeNotFoundError extends DomainError {
  override readonly code = 'programme-not-found';
  readonly programme: string;

  constructor(programme: string, version?: string) {
    super(`no programme ${programme}${version === undefined ? '' : `, version ${version},`} is installed here`);
    this.programme = programme;
  }
}

/** A published version never changes, and a programme id belongs to one issuer. */
export class ProgrammeConflictError extends DomainError {
  override readonly code = 'programme-conflict';
  readonly programme: string;
  readonly conflict: 'version-differs' | 'other-issuer';

  constructor(programme: string, conflict: ProgrammeConflictError['conflict'], message: string) {
    super(message);
    this.programme = programme;
    this.conflict = conflict;
  }
}

/** SHA-256 of a definition's canonical JSON, hex: what identifies a version's content. */
function programmeDigest(context: Pick<IssuingCore, 'hash'>, programme: Programme): string {
  return context.hash(canonicalJson(asJson(programme)));
}

/**
 * Installs one version under an issuer; installing the same content again changes nothing.
 * @returns whether it was new.
 * @throws {ProgrammeConflictError} another content for the version, or the id belongs to another issuer.
 */
export function installProgramme(
  context: IssuingCore,
  issuer: string,
  programme: Programme,
): Promise<{ readonly installed: boolean }> {
  return context.turns.run(REGISTRATION, () => install(context, issuer, programme));
}

async function install(
  context: IssuingCore,
  issuer: string,
  programme: Programme,
): Promise<{ readonly installed: boolean }> {
  const owner = await ownerOf(context, programme.id);
  if (owner !== undefined && owner !== issuer) {
    throw new ProgrammeConflictError(
      programme.id,
      'other-issuer',
      `programme ${programme.id} belongs to issuer ${owner}; give the new one an id of its own`,
    );
  }
  const digest = programmeDigest(context, programme);
  return context.store.documents.transact(programmePartition(issuer), async (transaction) => {
    const id = `${programme.id}@${programme.version}`;
    const present = await transaction.get(id);
    if (present === undefined) {
      await transaction.put(id, { digest, definition: asJson(programme) }, 0);
      return { installed: true };
    }
    if (fromJson<{ readonly digest: string }>(present.value).digest !== digest) {
      throw new ProgrammeConflictError(
        programme.id,
        'version-differs',
        `version ${programme.version} of ${programme.id} is installed with another content; a published version never changes: give the file a new "version"`,
      );
    }
    return { installed: false };
  });
}

async function ownerOf(context: IssuingCore, programmeId: string): Promise<string | undefined> {
  return (await listProgrammes(context)).find((installed) => installed.programme.id === programmeId)?.issuer;
}

/** Every installed version, by issuer, oldest first. */
export function listProgrammes(context: IssuingCore): Promise<readonly InstalledProgramme[]> {
  return context.registry.programmes();
}

/**
 * One installed version; the last installed when none is named.
 * @throws {ProgrammeNotFoundError}
 */
export async function getProgramme(context: IssuingCore, id: string, version?: string): Promise<InstalledProgramme> {
  const versions = (await listProgrammes(context)).filter(
    ({ programme }) => programme.id === id && (version === undefined || programme.version === version),
  );
  const found = versions.at(-1);
  if (found === undefined) throw new ProgrammeNotFoundError(id, version);
  return found;
}
