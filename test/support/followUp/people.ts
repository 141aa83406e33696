import type { Submission } from '../../../src/domain/questionnaire/submission.js';
import type { Account } from '../../../src/domain/referrals/access.js';
import { aSubmission } from '../aSubmission.js';
import type { Desk } from '../startDesk.js';

/** Projects that the rules send to one partner each. */
const FACTS: Record<string, Partial<Submission['facts']>> = {
  'ti-tiltam': {},
  'cci-puy-de-dome': {
    needs: ['town-centres', 'retail-planning'],
    stage: 'growth',
    commune: '63003',
    sector: 'commerce de détail',
    headcount: 2,
  },
  'clermont-auvergne-metropole': {
    needs: ['start-up-premises'],
    stage: 'creation',
    commune: '63113',
    sector: 'logiciel, santé',
    headcount: 4,
  },
  'ti-issoire-brioude': {
    needs: ['water', 'energy'],
    stage: 'growth',
    commune: '43074',
    sector: 'agroalimentaire, lait',
    headcount: 52,
  },
};
const PARTNERS = Object.keys(FACTS);

export const addressOf = (number: number): string => `h${number}@example.org`;

/** The `number`-th project of a run: partners in turn, a holder of its own. */
export const submissionOf = (number: number): Submission => {
  const facts = FACTS[PARTNERS[number % PARTNERS.length] ?? ''];
  return aSubmission({
    contact: { name: `Personne ${number}`, email: addressOf(number), phone: '06 39 98 12 34', when: [] },
    facts: { ...facts, title: `Projet ${number}` },
  });
};

const person = (id: string, role: Account['role'], partner: string | null): Account => ({
  id,
  name: `Personne ${id}`,
  email: `${id}@example.org`,
  role,
  partner,
});

/** Two advisors and a lead at each partner, and two managers. */
export const staffOfRun = (): Account[] => [
  ...PARTNERS.flatMap((partner) => [
    person(`a1-${partner}`, 'advisor', partner),
    person(`a2-${partner}`, 'advisor', partner),
    person(`lead-${partner}`, 'lead', partner),
  ]),
  person('m1', 'manager', null),
  person('m2', 'manager', null),
];

export const openAccounts = async ({ parts }: Pick<Desk, 'parts'>): Promise<void> => {
  for (const account of staffOfRun()) await parts.accounts.insert(account, { passwordHash: 'none', demo: false });
};
