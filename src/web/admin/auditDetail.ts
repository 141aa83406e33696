import type { AuditLine } from '../../domain/audit/chain.js';
import { dateInWords } from '../../domain/calendar/words.js';
import { DATA_CLASSES, retentionOf } from '../../domain/privacy/retention.js';
import { ROLES } from '../../domain/referrals/access.js';
import { IDENTITY_CHECKS } from '../../domain/referrals/erasure.js';
import { BASKETS } from '../../domain/referrals/lifecycle.js';
import { EXPORTS } from '../../domain/statistics/exports.js';

/** What each detail is called. A name that is not here is shown as it is. */
const NAMES: Record<string, string> = {
  added: 'ajout',
  again: 'de nouveau',
  basket: 'panier',
  because: 'raison',
  class: 'données',
  count: 'nombre',
  factor: 'preuve',
  figure: 'chiffre',
  from: 'à partir de',
  hash: 'empreinte',
  how: 'comment',
  identity: 'identité vérifiée',
  isSearch: 'recherche',
  left: 'restent',
  lines: 'lignes',
  of: 'où',
  overrides: 'avertissements passés',
  partner: 'partenaire',
  people: 'personnes cherchées',
  referral: 'mise en relation',
  removed: 'retrait',
  role: 'rôle',
  until: 'avant le',
  upTo: 'jusqu’à la ligne',
  what: 'contenu',
  whole: 'intact',
};

const labelsOf = (table: Record<string, { label: string }>): Record<string, string> =>
  Object.fromEntries(Object.entries(table).map(([code, { label }]) => [code, label]));

/** The codes that are kept, in words. A code that is not here, which an earlier or a later version wrote, is shown as it is. */
const VALUES: Record<string, Record<string, string>> = {
  basket: labelsOf(BASKETS),
  because: {
    unknown: 'pas de compte à cette adresse',
    unverified: 'adresse non vérifiée par l’organisme',
    another: 'compte d’une autre personne',
  },
  class: Object.fromEntries(DATA_CLASSES.map((name) => [name, retentionOf(name).data])),
  factor: { password: 'mot de passe', code: 'code du téléphone', recovery: 'code de secours' },
  how: {
    password: 'mot de passe',
    link: 'lien reçu par e-mail',
    organisation: 'compte de l’organisme',
    start: 'commencé',
    discard: 'abandonné',
  },
  identity: IDENTITY_CHECKS,
  of: { audit: 'journal', receipt: 'récépissé', 'send-again': 'e-mail à renvoyer' },
  role: ROLES,
  what: labelsOf(EXPORTS),
};

type Value = string | number | boolean;

const valueInWords = (name: string, value: Value): string => {
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  const kept = String(value);
  if (name === 'until' && !Number.isNaN(Date.parse(kept))) return dateInWords(new Date(kept));
  return VALUES[name]?.[kept] ?? kept;
};

/** The details of a line of the audit log, "rôle : Conseil, partenaire : inpi"; what holds nothing is left out. */
export const detailInWords = ({ detail }: AuditLine): string =>
  Object.entries(detail ?? {})
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${NAMES[name] ?? name}\u00a0: ${valueInWords(name, value)}`)
    .join(', ');
