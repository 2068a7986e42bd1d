import { resolve } from 'node:path';
import type { AuditReport } from '../../audit/audit-ledger.js';
import type { CheckpointSignature } from '../../audit/verify-checkpoint.js';
import { StoreDamagedError } from '../../ports/store.js';
import { ledgerDamage, ledgerPlace } from '../../text/ledger-damage.js';
import type { Localized } from '../../text/localized.js';
import { listOption, textOption } from '../arguments.js';
import { readCheckpoints } from '../checkpoint-files.js';
import type { Command, CommandContext } from '../command.js';
import { writeDurably } from '../durable-output.js';

const SIGNATURES: Readonly<Record<CheckpointSignature, Localized>> = {
  holds: { fr: 'signature valable', en: 'its signature holds' },
  broken: {
    fr: 'il a été modifié après sa signature, ou n’est pas signé',
    en: 'it was altered after it was signed, or is not signed',
  },
  'unknown-key': {
    fr: 'signé d’une clé que ce registre ne connaît pas',
    en: 'signed with a key this ledger does not know',
  },
  'doubted-key': {
    fr: 'avertissement : signé d’une clé déclarée compromise, un autre peut l’avoir écrit ; comparé quand même',
    en: 'warning: signed with a key recorded as compromised, somebody else may have written it; compared all the same',
  },
};

/** `sceau audit check`: reads the whole ledger again and checks chain, digests and payloads, and what checkpoints know of it. */
export const auditCheck: Command = {
  name: ['audit', 'check'],
  summary: {
    fr: 'Relit tout le registre : chaîne, empreintes, contenus ; avec --checkpoint, aussi ce qui en aurait disparu.',
    en: 'Reads the whole ledger again: chain, digests, payloads; with --checkpoint, also what may be gone from it.',
  },
  options: { checkpoint: { type: 'string', value: 'FILE', multiple: true }, json: { type: 'boolean' } },
  async run({ context, values, house }) {
    const checkpoints = await readCheckpoints(context, listOption(values, 'checkpoint'));
    const report = await house.open().then(
      async ({ issuing }) => {
        const { auditLedger } = await import('../../audit/audit-ledger.js');
        return auditLedger(issuing, checkpoints);
      },
      (error: unknown) => asReport(error),
    );
    if (values['json'] === true) context.write(`${JSON.stringify(report)}\n`);
    sayReport(context, report);
    return report.ok ? 0 : 1;
  },
};

/** A ledger so damaged that the house does not open over it is an answer too. */
function asReport(error: unknown): AuditReport {
  if (!(error instanceof StoreDamagedError)) throw error;
  const { file, place, message, detail } = error;
  const nothing = { records: 0, payloads: 0, erasedPayloads: 0, strands: [], checkpoints: [] };
  return { ok: false, ...nothing, problems: [{ file, place, damage: { code: 'unreadable', detail }, message }] };
}

function sayReport(context: CommandContext, report: AuditReport): void {
  const fr = context.language === 'fr';
  for (const { file, place, damage } of report.problems) {
    const at = `${file}, ${ledgerPlace(place)[context.language]}`;
    context.say(`${at}${fr ? '\u00a0:' : ':'} ${ledgerDamage(damage)[context.language]}`);
  }
  for (const { name, at, signature } of report.checkpoints) {
    const told = SIGNATURES[signature][context.language];
    context.say(fr ? `point de contrôle ${name} (${at}) : ${told}` : `checkpoint ${name} (${at}): ${told}`);
  }
  for (const { strand, records, head } of report.strands) {
    context.say(
      fr
        ? `brin ${strand} : ${records} enregistrements, tête ${head}`
        : `strand ${strand}: ${records} records, head ${head}`,
    );
  }
  const { records, payloads, erasedPayloads } = report;
  const refused = report.checkpoints.filter(({ signature }) => signature === 'broken' || signature === 'unknown-key');
  const wrong = report.problems.length + refused.length;
  if (report.ok) {
    context.say(
      fr
        ? `Le registre est intact : ${records} enregistrements, ${payloads} contenus, ${erasedPayloads} effacés.`
        : `The ledger is intact: ${records} records, ${payloads} payloads, ${erasedPayloads} erased.`,
    );
  } else {
    context.say(
      fr
        ? `Le registre n’est pas ce qu’il était : ${wrong} anomalie(s).`
        : `The ledger is not what it was: ${wrong} problem(s).`,
    );
  }
}

/** `sceau audit checkpoint`: a signed note of how far the ledger goes, to be kept elsewhere. */
export const auditCheckpoint: Command = {
  name: ['audit', 'checkpoint'],
  summary: {
    fr: 'Écrit un point de contrôle signé, à conserver ailleurs : il révèle toute suppression ultérieure.',
    en: 'Writes a signed checkpoint, to be kept elsewhere: it shows what is removed later.',
  },
  options: { out: { type: 'string', value: 'FILE' } },
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const { makeCheckpoint } = await import('../../audit/make-checkpoint.js');
    const text = `${JSON.stringify(await makeCheckpoint(issuing))}\n`;
    const out = textOption(values, 'out');
    if (out === undefined) context.write(text);
    else {
      await writeDurably(resolve(context.cwd, out), text);
      context.say(
        context.language === 'fr' ? `${out} est écrit ; gardez-le ailleurs.` : `${out} is written; keep it elsewhere.`,
      );
    }
    return 0;
  },
};
