import { CLOSE_OUTCOMES, DECLINE_REASONS } from '../referrals/lifecycle.js';
import { CALLED_BACK, USEFUL } from '../referrals/opinion.js';
import { BECAME } from '../referrals/referral.js';
import { dayOf, type FactColumn, listed, MIDDLE, NARROW, WIDE, yesOrNo } from './factColumns.js';
import type { ProjectFacts } from './facts.js';
import { day } from './sheets.js';

/** THE columns of files of projects, one line each, in their order. */
export const PROJECT_COLUMNS: FactColumn<Omit<ProjectFacts, 'id'>>[] = [
  { label: 'Référence', width: 14, means: 'Référence du projet.', of: ({ reference }) => reference },
  { label: 'Reçu le', width: NARROW, means: 'Jour où le questionnaire a été envoyé.', of: (row) => day(row.day) },
  {
    label: 'Mois',
    width: NARROW,
    means: 'Mois où le questionnaire a été envoyé, en année et mois.',
    of: ({ month }) => month,
  },
  {
    label: 'Intercommunalité',
    width: WIDE,
    means: 'Celle de la commune du projet ; vide hors du territoire.',
    of: ({ epci }, { epci: name }) => name(epci),
  },
  { label: 'SIREN', width: NARROW, means: 'Numéro SIREN de l’intercommunalité.', of: ({ epci }) => epci },
  {
    label: 'Territoire d’industrie',
    width: MIDDLE,
    means: 'Celui de l’intercommunalité, si elle en a un.',
    of: ({ territoireIndustrie }, names) => names.territoireIndustrie(territoireIndustrie),
  },
  { label: 'Département', width: NARROW, means: 'Code du département.', of: ({ department }) => department },
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
    of: (row, { axis }) => axis(row.axis),
  },
  { label: 'Avancement', width: MIDDLE, means: 'Où en est le projet.', of: (row, { stage }) => stage(row.stage) },
  {
    label: 'Lien d’entrée',
    width: MIDDLE,
    means: 'Lien par lequel la personne est venue ; vide par la page d’accueil.',
    of: (row, { channel }) => channel(row.channel),
  },
  { label: 'Code du lien', width: MIDDLE, means: 'Code du lien d’entrée.', of: ({ channel }) => channel },
  {
    label: 'Décision des règles',
    width: MIDDLE,
    means: 'Ce que les règles ont décidé à l’arrivée du projet.',
    of: (row, { decision }) => decision(row.decision),
  },
  {
    label: 'Règle',
    width: MIDDLE,
    means: 'Code de la règle qui a pesé le plus pour le partenaire que les règles ont choisi.',
    of: ({ rule }) => rule,
  },
  {
    label: 'Premier envoi',
    width: NARROW,
    means: 'Qui a choisi le premier partenaire : les règles, ou une personne.',
    of: ({ sentBy }) => sentBy && { rules: 'règles', person: 'personne' }[sentBy],
  },
  {
    label: 'Autre choix que les règles',
    width: NARROW,
    means: 'Une personne l’a gardé chez elle, ou envoyé ailleurs parce que les règles se trompaient.',
    of: ({ isOverridden }) => yesOrNo(isOverridden),
  },
  {
    label: 'Premier partenaire',
    width: WIDE,
    means: 'Premier partenaire à qui le projet a été envoyé.',
    of: ({ firstPartner }, { partner }) => partner(firstPartner),
  },
  {
    label: 'Partenaire actuel',
    width: WIDE,
    means: 'Dernier partenaire à qui le projet a été envoyé ; vide si personne ne l’a.',
    of: ({ currentPartner }, { partner }) => partner(currentPartner),
  },
  {
    label: 'Code du partenaire',
    width: MIDDLE,
    means: 'Code du partenaire actuel.',
    of: ({ currentPartner }) => currentPartner,
  },
  {
    label: 'Partenaires',
    width: NARROW,
    means: 'Nombre de partenaires qui l’ont eu l’un après l’autre.',
    of: ({ partners }) => partners.length,
  },
  {
    label: 'Partenaires associés',
    width: MIDDLE,
    means: 'Partenaires associés en plus du partenaire principal.',
    of: ({ associated }, { partner }) => listed(associated.map(partner)),
  },
  { label: 'État', width: NARROW, means: 'Où en est son suivi aujourd’hui.', of: (row, { state }) => state(row.state) },
  {
    label: 'Envoyé le',
    width: NARROW,
    means: 'Jour où il est arrivé chez le partenaire actuel.',
    of: ({ sentAt }) => dayOf(sentAt),
  },
  {
    label: 'Promis avant le',
    width: NARROW,
    means: 'Fin du deuxième jour ouvré après l’envoi ; une attente de la personne la repousse.',
    of: ({ dueBy }) => dayOf(dueBy),
  },
  { label: 'Pris le', width: NARROW, means: 'Jour de la prise en charge.', of: ({ takenAt }) => dayOf(takenAt) },
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
    label: 'Pris en 5 jours',
    width: NARROW,
    means: 'Pris en charge avant la fin du cinquième jour ouvré.',
    of: ({ takenWithin5 }) => yesOrNo(takenWithin5),
  },
  {
    label: 'Refusé par',
    width: MIDDLE,
    means: 'Partenaires qui l’ont refusé, du premier au dernier.',
    of: ({ declinedBy }, { partner }) => listed(declinedBy.map(partner)),
  },
  {
    label: 'Motifs de refus',
    width: MIDDLE,
    means: 'Motif de chaque refus, dans le même ordre.',
    of: ({ declineReasons }) => listed(declineReasons.map((reason) => DECLINE_REASONS[reason])),
  },
  {
    label: 'Réorienté par',
    width: MIDDLE,
    means: 'Partenaires qui l’ont envoyé à un autre.',
    of: ({ reroutedBy }, { partner }) => listed(reroutedBy.map(partner)),
  },
  {
    label: 'Issue',
    width: MIDDLE,
    means: 'Comment le suivi s’est terminé ; vide tant qu’il ne l’est pas, ou sans partenaire.',
    of: ({ outcome }) => outcome && CLOSE_OUTCOMES[outcome],
  },
  { label: 'Terminé le', width: NARROW, means: 'Jour de la fin du suivi.', of: ({ endedAt }) => dayOf(endedAt) },
  {
    label: 'Rappelé',
    width: NARROW,
    means: 'La personne dit avoir été contactée ; vide sans avis.',
    of: ({ opinion }) => opinion && CALLED_BACK[opinion.calledBack].fr.toLowerCase(),
  },
  {
    label: 'Accueil utile',
    width: NARROW,
    means: 'La personne dit que l’accueil lui a été utile ; vide sans avis.',
    of: ({ opinion }) => opinion && USEFUL[opinion.useful].fr.toLowerCase(),
  },
  {
    label: 'Nouvelles',
    width: MIDDLE,
    means: 'Ce que le projet est devenu, demandé six mois après la fin du suivi.',
    of: ({ became }) => became && BECAME[became].fr,
  },
];
