import {
  CLOSE_OUTCOMES,
  DECLINE_REASONS,
  KEEP_REASONS,
  REROUTE_REASONS,
  SEND_REASONS,
} from '../referrals/lifecycle.js';
import { AXES, NEEDS } from '../territory/needs.js';
import { dayOf, type FactColumn, MIDDLE, NARROW, WIDE, yesOrNo } from './factColumns.js';
import type { ReferralFacts } from './referralFacts.js';
import { day } from './sheets.js';

/** Of a project kept where it was entered, the event says that alone; its reason stays with the project. */
const KEPT = { kept: 'Gardé par le partenaire qui l’a saisi' };
const REASONS: Record<string, string> = { ...KEEP_REASONS, ...REROUTE_REASONS, ...SEND_REASONS, ...KEPT };

/** THE columns of files of referrals, one line each, in their order. */
export const REFERRAL_COLUMNS: FactColumn<Omit<ReferralFacts, 'id'>>[] = [
  { label: 'Référence', width: 14, means: 'Référence du projet.', of: ({ reference }) => reference },
  {
    label: 'Mois du projet',
    width: NARROW,
    means: 'Mois où le questionnaire a été envoyé, en année et mois.',
    of: ({ month }) => month,
  },
  {
    label: 'Partenaire',
    width: WIDE,
    means: 'À qui le projet a été envoyé.',
    of: (row, names) => names.partner(row.partner),
  },
  { label: 'Code du partenaire', width: MIDDLE, means: 'Code de ce partenaire.', of: ({ partner }) => partner },
  {
    label: 'Rôle',
    width: NARROW,
    means: 'Principal : il rappelle la personne. Associé : il est informé, en plus du principal.',
    of: ({ role }) => ({ main: 'principal', associated: 'associé' })[role],
  },
  {
    label: 'Rang',
    width: NARROW,
    means: '1 pour le premier partenaire principal du projet, 2 pour le suivant. Les associés ont leur propre rang.',
    of: ({ sequence }) => sequence,
  },
  {
    label: 'État',
    width: NARROW,
    means: 'Où en est cette mise en relation.',
    of: (row, names) => names.referralState(row.state),
  },
  {
    label: 'Envoyé par',
    width: NARROW,
    means: 'Qui a choisi ce partenaire : les règles, ou une personne.',
    of: ({ sentBy }) => ({ rules: 'règles', person: 'personne' })[sentBy],
  },
  {
    label: 'Motif de l’envoi',
    width: MIDDLE,
    means: 'Pourquoi une personne a choisi ce partenaire ; vide si ce sont les règles.',
    of: ({ sentBecause }) => sentBecause && (REASONS[sentBecause] ?? sentBecause),
  },
  {
    label: 'Envoyé le',
    width: NARROW,
    means: 'Jour où le projet est arrivé chez ce partenaire.',
    of: (row) => day(row.sentDay),
  },
  {
    label: 'Promis avant le',
    width: NARROW,
    means: 'Fin du deuxième jour ouvré après l’envoi ; une attente de la personne la repousse.',
    of: ({ dueBy }) => dayOf(dueBy),
  },
  { label: 'Pris le', width: NARROW, means: 'Jour de la prise en charge.', of: ({ takenDay }) => day(takenDay) },
  {
    label: 'Délai (heures ouvrées)',
    width: NARROW,
    means: 'Heures ouvrées de l’envoi à la prise en charge, 7 par jour.',
    of: ({ hoursToTake }) => hoursToTake,
  },
  {
    label: 'Pris en 2 jours',
    width: NARROW,
    means: 'Pris en charge avant la date promise ; vide si le partenaire l’a refusé ou la personne retiré avant.',
    of: ({ takenWithin2 }) => yesOrNo(takenWithin2),
  },
  {
    label: 'Terminé le',
    width: NARROW,
    means: 'Jour où cette mise en relation a pris fin.',
    of: ({ closedDay }) => day(closedDay),
  },
  {
    label: 'Issue',
    width: MIDDLE,
    means: 'Comment elle s’est terminée ; vide tant qu’elle ne l’est pas, ou sans réponse au projet.',
    of: ({ outcome }) => outcome && CLOSE_OUTCOMES[outcome],
  },
  {
    label: 'Motif du refus',
    width: MIDDLE,
    means: 'Pourquoi le partenaire l’a refusé.',
    of: ({ declineReason }) => declineReason && DECLINE_REASONS[declineReason],
  },
  {
    label: 'Réorienté vers',
    width: WIDE,
    means: 'Partenaire à qui il l’a envoyé.',
    of: ({ reroutedTo }, { partner }) => partner(reroutedTo),
  },
  {
    label: 'Intercommunalité',
    width: WIDE,
    means: 'Celle de la commune du projet ; vide hors du territoire.',
    of: (row, { epci }) => epci(row.epci),
  },
  { label: 'SIREN', width: NARROW, means: 'Numéro SIREN de l’intercommunalité.', of: ({ epci }) => epci },
  {
    label: 'Besoin principal',
    width: WIDE,
    means: 'Premier besoin choisi.',
    of: (row, { need }) => need(row.mainNeed),
  },
  { label: 'Code du besoin', width: MIDDLE, means: 'Code du besoin principal.', of: ({ mainNeed }) => mainNeed },
  {
    label: 'Axe',
    width: MIDDLE,
    means: 'Axe de la convention ou engagement de la charte dont relève le besoin principal.',
    of: ({ mainNeed }) => {
      const axis = mainNeed && NEEDS[mainNeed].axis;
      return axis && AXES[axis];
    },
  },
  { label: 'Avancement', width: MIDDLE, means: 'Où en est le projet.', of: (row, { stage }) => stage(row.stage) },
  {
    label: 'Lien d’entrée',
    width: MIDDLE,
    means: 'Lien par lequel la personne est venue ; vide par la page d’accueil.',
    of: (row, { channel }) => channel(row.channel),
  },
  { label: 'Code du lien', width: MIDDLE, means: 'Code du lien d’entrée.', of: ({ channel }) => channel },
];
