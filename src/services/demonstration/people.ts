import type { Demonstration } from '../../data/demonstration.js';
import { readSiret } from '../../domain/questionnaire/siret.js';
import type { Account, Role } from '../../domain/referrals/access.js';
import type { Partner } from '../../domain/territory/territory.js';
import type { Chance } from './chance.js';

/** First names that go with anybody; the family name is an initial, so that nobody is named. */
const FIRST_NAMES = [
  'Camille',
  'Dominique',
  'Claude',
  'Alix',
  'Sacha',
  'Morgan',
  'Charlie',
  'Noa',
  'Andrea',
  'Maxime',
  'Lou',
  'Eden',
  'Ange',
  'Yaël',
  'Swan',
  'Robin',
  'Jessy',
  'Sam',
  'Alex',
  'Mahé',
] as const;
const INITIALS = 'ABCDEFGHLMNPRSTV';

/** Made-up names for organisations, after what they are: "Coutellerie Varonel". */
const MADE_UP = [
  'Varonel',
  'Dombreval',
  'Solambre',
  'Tervigne',
  'Ostrelle',
  'Luzandre',
  'Brimont-Vaux',
  'Cézoline',
  'Arvelune',
  'Montepril',
  'Galvande',
  'Fontarel',
  'Roquevire',
  'Saulnoux',
  'Endrival',
  'Peyrolune',
] as const;

/** Numbers that ARCEP keeps for fiction: 04 65 71 xx xx and 06 39 98 xx xx. */
const FICTION = ['04 65 71', '06 39 98', '06 39 98'] as const;

const pair = (chance: Chance): string => String(chance.between(0, 99)).padStart(2, '0');
const plain = (name: string): string => name.normalize('NFD').replace(/\P{L}/gu, '').toLowerCase();

/** A project holder whom nobody can be. `number` makes the address unique. */
export const someone = (chance: Chance, number: number): { name: string; email: string; phone: string | null } => {
  const first = chance.pick(FIRST_NAMES);
  const initial = chance.pick([...INITIALS]);
  const phone = `${chance.pick(FICTION)} ${pair(chance)} ${pair(chance)}`;
  return {
    name: `${first} ${initial}.`,
    email: `${plain(first)}.${initial.toLowerCase()}.${number}@example.org`,
    phone: chance.happens(0.87) ? phone : null,
  };
};

export const someOrganisation = (chance: Chance, kinds: readonly string[]): string | null =>
  kinds.length > 0 ? `${chance.pick(kinds)} ${chance.pick(MADE_UP)}` : null;

/** A SIRET that passes the key, of nobody: no company has a SIREN that begins with 000. */
export const someSiret = (number: number): string | null => {
  const keyless = `000${String(number).padStart(6, '0')}0001`;
  const numbers = Array.from({ length: 10 }, (_, key) => `${keyless}${key}`);
  return numbers.find((candidate) => readSiret(candidate).siret) ?? null;
};

/** By the first word of an address: "conseil1.inpi". */
const ROLE_OF: Record<string, Role> = {
  conseil: 'advisor',
  responsable: 'lead',
  pilotage: 'manager',
  administration: 'admin',
  comite: 'observer',
};

/**
 * Who works in the demonstration: two advisors and a lead at each desk, one advisor at each relay that receives projects, two managers, an
 * administrator and one member of the committee. The same ids and addresses each time.
 */
export const demonstrationStaff = (partners: Partner[], { relays }: Pick<Demonstration, 'relays'>): Account[] => {
  const isRelay = (id: string): boolean => relays.includes(id);
  const posts = partners.flatMap(({ id, role }) => {
    if (role === 'desk') return [`conseil1.${id}`, `conseil2.${id}`];
    return isRelay(id) ? [`conseil1.${id}`] : [];
  });
  const leads = partners.filter(({ role }) => role === 'desk').map(({ id }) => `responsable.${id}`);
  // Leads and those after them come last: whoever was there before them keeps the own name.
  return [...posts, 'pilotage1', 'pilotage2', ...leads, 'administration1', 'comite1'].map((post, number) => {
    const [work, partner = null] = post.split('.');
    return {
      id: `demonstration-${post}`,
      name: `${FIRST_NAMES[number % FIRST_NAMES.length]} ${INITIALS[(number * 5) % INITIALS.length]}.`,
      email: `${post}@example.org`,
      role: ROLE_OF[String(work).replace(/\d$/, '')] ?? 'manager',
      partner,
    };
  });
};
