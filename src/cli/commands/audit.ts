import type { Command } from '../command.js';

/** `sceau audit check`: reads the whole ledger again and checks chain, digests and payloads. */
export const auditCheck: Command = {
  name: ['audit', 'check'],
  summary: {
    fr: 'Relit tout le registre : chaîne, empreintes, contenus.',
    en: 'Reads the whole ledger again: chain, digests, payloads.',
  },
  options: { json: { type: 'boolean' } },
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const check = await issuing.store.ledger.check();
    if (values['json'] === true) context.write(`${JSON.stringify(check)}\n`);
    const fr = context.language === 'fr';
    for (const problem of check.problems) context.say(`${problem.file}, ${problem.place}: ${problem.message}`);
    for (const { strand, records, head } of check.strands) {
      context.say(
        fr
          ? `brin ${strand} : ${records} enregistrements, tête ${head}`
          : `strand ${strand}: ${records} records, head ${head}`,
      );
    }
    context.say(
      check.ok
        ? fr
          ? `Le registre est intact : ${check.records} enregistrements, ${check.payloads} contenus, ${check.erasedPayloads} effacés.`
          : `The ledger is intact: ${check.records} records, ${check.payloads} payloads, ${check.erasedPayloads} erased.`
        : fr
          ? `Le registre est abîmé : ${check.problems.length} endroit(s).`
          : `The ledger is damaged in ${check.problems.length} place(s).`,
    );
    return check.ok ? 0 : 1;
  },
};
