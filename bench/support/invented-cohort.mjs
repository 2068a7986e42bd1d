// A cohort as large as one likes, of invented students whose every engagement the jury validates: the issued dossiers
// of a shipped sample, again and again under other names.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FAMILY_NAMES = ['Duchêne', 'N’Guessan', 'Haddad', 'Le Goff', 'Moreau', 'Tanaka', 'García', 'Østergård', 'Petit'];
const GIVEN_NAMES = ['Maëlle', 'Jean-Baptiste', 'Salma', 'Yuki', 'Zoé', 'Tomáš', 'Inès', 'Noé', 'Aïcha', 'Léo', 'Ana'];

/**
 * @param count students, with one engagement each. @param first number of the first student.
 * @returns the three files of a jury session, as bytes.
 */
export function inventedSession(count, { programme = 'ecstra', first = 1 } = {}) {
  const read = (file) => readFileSync(fileURLToPath(new URL(`../../programmes/${programme}/${file}`, import.meta.url)));
  const sample = JSON.parse(read('engagements.json'));
  const { results } = JSON.parse(read('expected.json'));
  const issued = results.filter(({ outcome }) => outcome === 'issued').map(({ engagementId }) => engagementId);
  const templates = sample.engagements.filter(({ id }) => issued.includes(id)).map((each) => JSON.stringify(each));
  const [heading, ...lines] = read('jury-decisions.csv').toString('utf8').trim().split('\n');
  const decisionOf = new Map(lines.map((line) => [line.split(',')[1], line.split(',')]));
  const engagements = [];
  const decisions = [heading];
  for (let number = first; number < first + count; number += 1) {
    const template = templates[number % templates.length];
    const { id } = JSON.parse(template);
    const engagement = JSON.parse(
      template.replaceAll(id, `${id}-${number}`).replaceAll(id.toLowerCase(), `e${number}`),
    );
    const familyName = FAMILY_NAMES[number % FAMILY_NAMES.length];
    const givenName = GIVEN_NAMES[number % GIVEN_NAMES.length];
    const email = `student.${number}@example.org`;
    const studentNumber = String(20_000_000 + number);
    engagements.push({
      ...engagement,
      student: {
        ...engagement.student,
        id: `S-${number}`,
        studentNumber,
        familyName,
        givenName,
        nativeName: null,
        email,
      },
    });
    const cells = decisionOf.get(id);
    decisions.push([cells[0], engagement.id, familyName, givenName, email, ...cells.slice(5)].join(','));
  }
  return {
    definition: read('programme.json'),
    engagements: Buffer.from(JSON.stringify({ ...sample, engagements })),
    decisions: Buffer.from(`${decisions.join('\n')}\n`),
  };
}
