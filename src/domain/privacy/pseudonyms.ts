import type { AskedAnswer } from '../questionnaire/submission.js';
import type { Project, Referral } from '../referrals/referral.js';
import { NEEDS } from '../territory/needs.js';
import { capital } from '../territory/typography.js';

/** Who stands in the place of a person in a copy: the same number always makes the same one. Numbers count from 1. */
export interface Pseudonym {
  name: string;
  email: string;
  phone: string;
  organisation: string;
  siret: string;
  link: string;
  reference: string;
}

const FIRST_NAMES = ['Camille', 'Dominique', 'Claude', 'Sacha', 'Charlie', 'Alix', 'Noa', 'Eden', 'Andrea', 'Lou'];
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** The signs of references (data/records.ts). */
const CLEAR = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const at = (list: string | readonly string[], number: number): string => list[number % list.length] ?? '';

/** In words of the copy, for any free text. */
export const INVENTED = 'Texte inventé, à la place de ce qui était écrit.';

/** Fourteen figures that the key of SIRET accepts (Luhn), of no company: none begins with three zeros. */
const siretOf = (number: number): string => {
  const body = String(number).padStart(13, '0');
  const sum = [...body].reverse().reduce((total, figure, place) => {
    const doubled = Number(figure) * (place % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
};

/** The number in five signs, behind the two figures of the year. */
const referenceOf = (number: number): string => {
  let signs = '';
  for (let rest = number, place = 0; place < 5; place += 1, rest = Math.floor(rest / CLEAR.length))
    signs = at(CLEAR, rest) + signs;
  return `00-${signs}`;
};

/** Telephone numbers of 06 39 98 are kept for fiction (Arcep, décision 2018-0881); addresses of example.org reach nobody. */
export const pseudonymOf = (number: number): Pseudonym => ({
  name: `${at(FIRST_NAMES, number)} ${at(LETTERS, number)}.`,
  email: `personne-${number}@example.org`,
  phone: `06 39 98 ${String(Math.floor(number / 100) % 100).padStart(2, '0')} ${String(number % 100).padStart(2, '0')}`,
  organisation: `Organisme ${number}`,
  siret: siretOf(number),
  link: `https://example.org/projet-${number}`,
  reference: referenceOf(number),
});

/** Fields of the questionnaire in which people write; every other holds codes of a list. */
const WRITTEN = ['title', 'summary', 'link', 'organisation', 'siret', 'otherSector', 'name', 'email', 'phone'] as const;
type Written = (typeof WRITTEN)[number];

const titleOf = ({ facts }: Pick<Project, 'facts'>, number: number): string => {
  const [need] = facts.needs;
  return `${need ? capital(NEEDS[need].label) : 'Besoin à préciser'}, projet ${number}`;
};

const isListedSector = ({ answers }: Pick<Project, 'answers'>): boolean => {
  const value = answers.find(({ field }) => field === 'sector')?.value;
  return typeof value === 'string' && value !== 'other';
};

/**
 * A project as its copy for a demonstration has it: another person, other words; codes, dates and what figures count stay. What the
 * decision quotes of the answers goes with them.
 */
export const pseudonymised = (project: Project, number: number): Project => {
  const person = pseudonymOf(number);
  const { contact, facts, decision, override, closing, mailRefused } = project;
  const title = titleOf(project, number);
  const instead: Record<Written, string> = { ...person, title, summary: INVENTED, otherSector: 'Autre activité' };
  const isWritten = (field: string): field is Written => (WRITTEN as readonly string[]).includes(field);
  const answerOf = (asked: AskedAnswer): AskedAnswer => {
    const { field, value } = asked;
    if (!isWritten(field) || value === null || value.length === 0) return asked;
    return { ...asked, value: instead[field], answer: instead[field] };
  };
  const otherSector = facts.sector === null ? null : 'Autre activité';
  const isListed = isListedSector(project);
  return {
    ...project,
    reference: person.reference,
    facts: { ...facts, title, summary: INVENTED, sector: isListed ? facts.sector : otherSector },
    organisation: project.organisation && person.organisation,
    siret: project.siret && person.siret,
    link: project.link && person.link,
    contact: {
      name: person.name,
      email: contact.email && person.email,
      phone: contact.phone && person.phone,
      when: contact.when,
    },
    // The closed list of sectors is kept as it was answered; of another sector, the words were the person's.
    answers: project.answers.map((asked) =>
      asked.field === 'sector' && !isListed ? { ...asked, answer: 'Autre activité' } : answerOf(asked),
    ),
    messages: project.messages.map((message) => ({ ...message, text: INVENTED })),
    ...(override && { override: { ...override, words: override.words && INVENTED } }),
    ...(closing && { closing: { ...closing, words: INVENTED } }),
    ...(mailRefused && { mailRefused: { ...mailRefused, because: '' } }),
    decision: {
      ...decision,
      reasons: [],
      others: decision.others.map((other) => ({ ...other, why: '' })),
      trace: decision.trace.map((rule) => ({ ...rule, conditions: [] })),
      tieBreak: null,
    },
  };
};

/** The same for one of its referrals; `about`: what lists show and search of the project in the copy. */
export const pseudonymisedReferral = (referral: Referral, about: Referral['about']): Referral => ({
  ...referral,
  about,
  notes: referral.notes.map((note) => ({ ...note, text: INVENTED })),
  appointment: referral.appointment && { ...referral.appointment, place: referral.appointment.place && INVENTED },
});
