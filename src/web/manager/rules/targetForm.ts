import { NEED_WORDS } from '../../../domain/routing/factTable.js';
import type { NeedChoice, Target } from '../../../domain/routing/rule.js';
import { partnerName } from '../../../domain/routing/wording.js';
import { NEED_IDS } from '../../../domain/territory/needs.js';
import type { PartnerKind, Territory } from '../../../domain/territory/territory.js';
import { capital } from '../../../domain/territory/typography.js';
import type { Typed } from '../../parseForm.js';
import { partnerInWords } from '../../projectWords.js';

/**
 * To whom a rule sends, as one list of words: a family of partners that the commune decides, the partners that have the
 * need in their missions, or one partner by name. "anywhere" and "families" narrow or widen the choice.
 */
type Family = Exclude<PartnerKind, 'other'>;

const FAMILY_WORDS: Record<Family, string> = {
  cci: 'La CCI de la commune',
  metropole: 'La métropole de la commune',
  university: 'L’université de la commune',
  'territoire-industrie': 'Le Territoire d’industrie de la commune',
};
export const FAMILIES = Object.keys(FAMILY_WORDS) as Family[];

/** A family by the name of its only desk, where there is one; the others are the commune's to choose. */
export const familyInWords = (family: Family, { partners }: Pick<Territory, 'partners'>): string => {
  const [only, ...others] = partners.filter(({ kind, role }) => kind === family && role === 'desk');
  const isOne = (family === 'metropole' || family === 'university') && others.length === 0;
  return only && isOne ? capital(partnerName(only)) : FAMILY_WORDS[family];
};

const DESKS: Record<string, string> = {
  'desks:mainNeed:direct': 'Les guichets qui ont le besoin principal dans leurs missions',
  'desks:mainNeed:fallback': 'Les guichets qui traitent le besoin principal à défaut d’un autre',
  'desks:otherNeeds:direct': 'Les guichets qui ont un autre besoin dans leurs missions',
  'desks:otherNeeds:fallback': 'Les guichets qui traitent un autre besoin à défaut d’un autre',
};
const RELAYS: Record<string, string> = {
  'relays:mainNeed': 'Les relais spécialisés dans le besoin principal',
  'relays:otherNeeds': 'Les relais spécialisés dans un autre besoin',
};

/** The code of a target in the list. */
export const targetCode = (to: Target): string => {
  if ('partner' in to) return `partner:${to.partner}`;
  if ('family' in to) return `family:${to.family}`;
  return 'desksFor' in to ? `desks:${to.desksFor}:${to.declared}` : `relays:${to.relaysFor}`;
};

/** What the form holds of a target. */
export const typedTarget = (to: Target): Typed => ({
  to: targetCode(to),
  ...('anywhere' in to && to.anywhere ? { anywhere: 'yes' } : {}),
  ...('families' in to && to.families ? { families: to.families } : {}),
});

/** The target that was chosen, or null when the code is none of the list. */
export const readTarget = (typed: Typed): Target | null => {
  const [kind, name = '', declared] = String(typed['to'] ?? '').split(':');
  const anywhere = typed['anywhere'] ? { anywhere: true } : {};
  if (kind === 'partner') return { partner: name, ...anywhere };
  if (kind === 'family' && FAMILIES.includes(name as Family)) return { family: name as Family, ...anywhere };
  if (kind === 'relays' && isNeedChoice(name)) return { relaysFor: name };
  if (kind !== 'desks' || !isNeedChoice(name) || (declared !== 'direct' && declared !== 'fallback')) return null;
  const families = [typed['families'] ?? []].flat().filter((one): one is Family => FAMILIES.includes(one as Family));
  return { desksFor: name, declared, ...(families.length > 0 ? { families } : {}) };
};

const isNeedChoice = (name: string): name is NeedChoice =>
  name === 'mainNeed' || name === 'otherNeeds' || (NEED_IDS as string[]).includes(name);

const needChoices = (code: string, words: (need: string) => string): Record<string, string> =>
  Object.fromEntries(NEED_IDS.map((need) => [`${code}:${need}`, words(NEED_WORDS[need])]));

/** The list "to whom", in groups, the target of the rule chosen. */
export const targetGroups = (territory: Territory, chosen: string) => {
  const byName = (role: 'desk' | 'relay') =>
    territory.partners
      .filter((partner) => partner.role === role)
      .map(({ id }) => [`partner:${id}`, partnerInWords(id, territory)] as const)
      .sort(([, a], [, b]) => a.localeCompare(b, 'fr'));
  const groups: [string, (readonly [string, string])[]][] = [
    ['D’après la commune', FAMILIES.map((family) => [`family:${family}`, familyInWords(family, territory)])],
    ['D’après les missions', Object.entries({ ...DESKS, ...RELAYS })],
    ['Un guichet précis', byName('desk')],
    ['Un relais précis (associé seulement)', byName('relay')],
    [
      'Les relais d’un besoin (associés seulement)',
      Object.entries(needChoices('relays', (need) => `Relais : ${need}`)),
    ],
  ];
  const rare = /^desks:(?!mainNeed|otherNeeds)/.test(chosen)
    ? [['Règle actuelle', [[chosen, `Les guichets pour : ${chosen.split(':')[1]}`]]] as const]
    : [];
  return [...rare, ...groups].map(([title, choices]) => ({
    title,
    choices: choices.map(([value, label]) => ({ value, label: capital(label), isChosen: value === chosen })),
  }));
};
