import Joi from 'joi';
import { ROLES, type Role } from '../../domain/referrals/access.js';
import type { Territory } from '../../domain/territory/territory.js';
import type { FieldWording } from '../fieldModel.js';
import { partnerInWords } from '../projectWords.js';

export const ROLE_IDS = Object.keys(ROLES) as Role[];
/** Advisors and leads work for a partner, the others for none. */
const AT_A_PARTNER: Role[] = ['advisor', 'lead'];

const HINTS: Record<Role, string> = {
  advisor: 'Prend en charge les projets qui arrivent à un partenaire.',
  lead: 'Suit toute l’équipe d’un partenaire, et tient ses réglages.',
  manager:
    'Voit tous les projets, oriente, tient les règles, lit les chiffres. La double authentification est demandée.',
  observer: 'Lit les chiffres et les rapports, sans aucune donnée personnelle.',
  admin: 'Gère les comptes et l’exploitation, sans lire les projets. La double authentification est demandée.',
};

const openPartners = ({ partners }: Territory) => partners.filter(({ role }) => role !== 'inactive');

export const partnerChoices = (territory: Territory) =>
  openPartners(territory).map(({ id }) => ({ value: id, label: partnerInWords(id, territory) }));

const NAME: FieldWording = {
  kind: 'text',
  type: 'text',
  name: 'name',
  label: 'Nom',
  hint: 'Les porteurs de projet et les collègues le voient.',
  max: 80,
};
const EMAIL: FieldWording = {
  kind: 'text',
  type: 'email',
  name: 'email',
  label: 'Adresse e-mail professionnelle',
  hint: 'L’invitation y part. Elle ne se change plus ensuite.',
};

const positionFields = (territory: Territory): FieldWording[] => [
  {
    kind: 'radios',
    name: 'role',
    label: 'Rôle',
    groups: [{ choices: ROLE_IDS.map((value) => ({ value, label: ROLES[value], hint: HINTS[value] })) }],
  },
  {
    kind: 'select',
    name: 'partner',
    label: 'Partenaire',
    hint: 'Pour un rôle de conseil ou de responsable. Les autres rôles n’en ont pas.',
    groups: [{ choices: partnerChoices(territory) }],
  },
];

export const changeFields = (territory: Territory): FieldWording[] => [NAME, ...positionFields(territory)];
export const inviteFields = (territory: Territory): FieldWording[] => [NAME, EMAIL, ...positionFields(territory)];
export const FIELD_ORDER = ['name', 'email', 'role', 'partner'];

export interface ChangeForm {
  name: string;
  role: Role;
  partner: string | null;
}

const changeRows = (territory: Territory) => ({
  name: Joi.string().trim().max(80).required().messages({
    'string.max': 'Donnez un nom de 80\u00a0caractères au plus.',
    '*': 'Donnez le nom de la personne.',
  }),
  role: Joi.string()
    .valid(...ROLE_IDS)
    .required()
    .messages({ '*': 'Choisissez un rôle.' }),
  partner: Joi.string()
    .empty('')
    .when('role', {
      is: Joi.valid(...AT_A_PARTNER),
      // biome-ignore lint/suspicious/noThenProperty: Joi's own name
      then: Joi.valid(...openPartners(territory).map(({ id }) => id))
        .required()
        .messages({ '*': 'Choisissez le partenaire de cette personne.' }),
      otherwise: Joi.forbidden().messages({
        '*': 'Ce rôle n’a pas de partenaire. Choisissez la première ligne de la liste.',
      }),
    })
    .default(null),
});

export const changeForm = (territory: Territory) =>
  Joi.object<ChangeForm & { seen: string }>({
    ...changeRows(territory),
    seen: Joi.string().max(200).required(),
  });
export const inviteForm = (territory: Territory) =>
  Joi.object<ChangeForm & { email: string }>({
    ...changeRows(territory),
    email: Joi.string()
      .trim()
      .max(254)
      .email({ tlds: false })
      .required()
      .messages({ '*': 'Écrivez une adresse e-mail, comme nom@example.org.' }),
  });
