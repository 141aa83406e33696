import type { Partner, Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import { OTHER_PARTNER, otherPartnerField } from '../chosenPartner.js';
import type { FieldWording } from '../fieldModel.js';
import { partnerInWords } from '../projectWords.js';

/** The partners in `first`, each with its hint, as rows; the others in a list: desks, then relays. */
export const partnerFields = (
  label: string,
  first: { partner: Partner; hint?: string }[],
  { territory, never }: { territory: Territory; never: string[] },
): FieldWording[] => {
  const shown = first.filter(({ partner }) => !never.includes(partner.id));
  const rank = ({ role }: Partner): number => (role === 'desk' ? 0 : 1);
  const rest = territory.partners
    .filter(
      ({ id, role }) => role !== 'inactive' && !never.includes(id) && !shown.some(({ partner }) => partner.id === id),
    )
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'fr'));
  const choice = ({ id }: Partner) => ({ value: id, label: partnerInWords(id, territory) });
  return [
    {
      kind: 'radios',
      name: 'partner',
      label,
      groups: [
        ...(shown.length > 0
          ? [{ choices: shown.map(({ partner, hint }) => ({ ...choice(partner), ...(hint && { hint }) })) }]
          : []),
        { choices: [{ value: OTHER_PARTNER, label: 'Un autre partenaire' }] },
      ],
    },
    otherPartnerField(rest, territory),
  ];
};

const pointsInWords = (points: number): string => `${points}\u00a0point${points > 1 ? 's' : ''}`;

/** Whoever had the project and let it go. */
const hadIt = ({ involved }: ReferralSheet): string[] =>
  involved.filter(({ state }) => state === 'declined' || state === 'rerouted').map(({ partner }) => partner);

/** Where a project may go next: what the rules say first, best first, then the other desks; who had it before comes last. */
export const nextPartners = (sheet: ReferralSheet, territory: Territory): { partner: Partner; hint?: string }[] => {
  const { main, others } = sheet.project.decision;
  const had = hadIt(sheet);
  const active = (partner: Partner | undefined): partner is Partner =>
    partner !== undefined && partner.role !== 'inactive';
  const ranked = [...(main ? [main] : []), ...others.map(({ partner }) => partner)]
    .map(territory.partner)
    .filter(active);
  const desks = territory.partners.filter((one) => one.role === 'desk' && !ranked.includes(one));
  const hintOf = ({ id }: Partner): string | undefined => {
    if (had.includes(id)) return 'A déjà eu ce projet, et ne l’a pas gardé.';
    if (id === main) return 'Le choix des règles.';
    const other = others.find(({ partner }) => partner === id);
    if (!other) return undefined;
    return frenchTypography(other.points > 0 ? `${pointsInWords(other.points)}. ${other.why}` : other.why);
  };
  return [...new Set([...ranked, ...desks])]
    .sort((a, b) => Number(had.includes(a.id)) - Number(had.includes(b.id)))
    .map((partner) => {
      const hint = hintOf(partner);
      return hint ? { partner, hint } : { partner };
    });
};
