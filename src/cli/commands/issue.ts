import { access, constants, mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BatchResult } from '../../issuing/batch-rows.js';
import type { IssuingContext } from '../../issuing/context.js';
import { matchDecisions } from '../../jury/match-decisions.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command, CommandContext } from '../command.js';
import { instantOption } from '../instant-option.js';
import { ensureInstalled, lookUpProgramme } from '../programme-argument.js';
import { sayMailWay } from '../say-mail-way.js';
import { sayRows } from '../say-rows.js';
import { jurySession, readSessionFiles, SESSION_OPTIONS } from '../session-files.js';
import { UsageError } from '../usage-error.js';

/** `sceau issue`: judge, seal, sign and store a cohort; again, and nothing is issued twice. */
export const issue: Command = {
  name: ['issue'],
  summary: {
    fr: 'Juge une cohorte, scelle la session, signe et enregistre les badges.',
    en: 'Judges a cohort, seals the session, signs and stores the badges.',
  },
  options: {
    ...SESSION_OPTIONS,
    out: { type: 'string', value: 'DIR' },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const at = instantOption('at', textOption(values, 'at'));
    const programme = await lookUpProgramme(context, house, requiredOption(values, 'programme'));
    const files = await readSessionFiles(context, programme, {
      engagements: requiredOption(values, 'engagements'),
      decisions: requiredOption(values, 'decisions'),
      encoding: textOption(values, 'encoding'),
    });
    const out = await outFolder(context, textOption(values, 'out'));
    const { issuing, config, stopping } = await house.open({ create: true, forBatch: true });
    const installed = await ensureInstalled(context, issuing, programme);
    const { issueBatch } = await import('../../issuing/issue-batch.js');
    const result = await issueBatch(issuing, jurySession(issuing, files, { installed, actor: 'cli', at }), {
      onProgress: ({ done, total }) => context.progress(done, total, 'badges'),
      signal: stopping,
    });
    if (out !== undefined) await writeBadges(issuing, result, out);
    const { countWaiting } = await import('../../sharing/queue-mail.js');
    const waiting = await countWaiting(issuing, result.issuer);
    if (values['json'] === true) context.write(`${JSON.stringify(result)}\n`);
    const { importExplanations } = matchDecisions(files.decisions.rows, files.cohort.cohort.engagements);
    sayRows(context, result, importExplanations);
    sayMailWay(context, { waiting, hasServer: config.mail !== undefined });
    return result.counts.failed > 0 || result.pathwayAwards?.some((row) => row.outcome === 'failed') === true ? 3 : 0;
  },
};

/** Makes the folder before anything is issued, so that a mistyped one costs nothing. @throws {UsageError} */
async function outFolder(context: CommandContext, out: string | undefined): Promise<string | undefined> {
  if (out === undefined) return undefined;
  const folder = resolve(context.cwd, out);
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new UsageError({
      fr: `--out : on ne peut pas écrire dans ${out} (${code})`,
      en: `--out: ${out} cannot be written to (${code})`,
    });
  }
  return folder;
}

/** Writes each issued badge as `<engagementId>.json`; an id that is no safe file name is percent-encoded. */
async function writeBadges(issuing: IssuingContext, result: BatchResult, folder: string): Promise<void> {
  const { findHeldBadge } = await import('../../issuing/badges.js');
  const badges = [
    ...result.rows.map((row) => ({ name: row.engagementId, credentialId: row.credentialId })),
    ...(result.pathwayAwards ?? []).map((row) => ({
      name: `${row.pathway}.${row.studentId}`,
      credentialId: row.credentialId,
    })),
  ];
  for (const { name, credentialId } of badges) {
    if (credentialId === undefined) continue;
    const badge = await findHeldBadge(issuing, credentialId);
    if (badge === undefined) continue;
    const path = join(folder, `${fileName(name)}.json`);
    await writeFile(`${path}.part`, `${JSON.stringify(badge.document, null, 2)}\n`);
    await rename(`${path}.part`, path);
  }
}

function fileName(id: string): string {
  return encodeURIComponent(id)
    .replace(/^\./, '%2E')
    .replace(/[*'()!~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
