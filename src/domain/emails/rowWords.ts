import { EMAILS, type EmailId, rowOf } from './catalogue.js';
import type { PlanCondition, WantedCondition } from './conditions.js';
import type { EmailRow } from './emailRow.js';
import { GROUPING_MINUTES } from './timing.js';

/** The columns of the catalogue in words, so that anybody can read a row aloud: "Quand… : 2 jours ouvrés après, tant que…". */

/** What sets an e-mail off: other events have no words. */
type Trigger = (typeof EMAILS)[EmailId]['triggers'][number];

/** After "Quand". */
const TRIGGERS: Record<Trigger, string> = {
  submitted: 'le projet est envoyé',
  referred: 'un partenaire reçoit le projet',
  taken: 'une personne prend le projet en charge',
  transferred: 'le projet est confié à une autre personne du partenaire',
  declined: 'le partenaire refuse le projet',
  rerouted: 'le partenaire confie le projet à un autre',
  expired: 'personne n’a pris le projet à temps',
  'call-logged': 'un appel est noté',
  booked: 'un rendez-vous change',
  written: 'le partenaire lui écrit',
  'detail-asked': 'le partenaire demande une précision',
  'brought-in': 'un autre partenaire est associé',
  shared: 'un partenaire écrit un message partagé',
  closed: 'le partenaire termine le suivi',
  'closed-in-triage': 'le pilotage termine le suivi',
  reopened: 'le suivi reprend',
  'message-added': 'la personne écrit un message',
  'contact-corrected': 'la personne corrige ses coordonnées',
  'nobody-called': 'la personne dit que personne ne l’a appelée',
  withdrawn: 'la personne retire son projet',
  erased: 'la personne fait effacer ses données',
  'address-refused': 'l’adresse de la personne refuse un message',
  'resume asked': 'la personne demande à reprendre plus tard',
  'draft left': 'la personne laisse ses réponses sans les envoyer',
  'link lost': 'la personne demande à nouveau son lien',
  'erasure asked': 'la personne fait effacer ses données',
  'business morning': 'un jour ouvré commence',
  'week begins': 'la semaine commence',
  'quarter begins': 'un trimestre commence',
  'report issued': 'un rapport est arrêté',
  'export made': 'un fichier demandé est prêt',
  'account opened': 'un compte est ouvert',
  'sign-in link asked': 'un lien pour se connecter est demandé',
  'password lost': 'un mot de passe est perdu',
  'password changed': 'un mot de passe est changé',
  'second factor changed': 'une double authentification est mise en place, refaite ou retirée',
  'account closed': 'un compte est fermé',
  'colleague’s address refused': 'l’adresse d’une personne de l’équipe refuse un message',
};

/** After the event. */
const WHEN: Record<PlanCondition, string> = {
  always: '',
  routed: 'si les règles lui trouvent un partenaire',
  'to triage': 'si une personne doit choisir le partenaire',
  'out of territory': 'si sa commune est hors du territoire',
  rejected: 'si la demande ne semble pas décrire un projet',
  'by a person': 'si le pilotage a choisi ce partenaire',
  'sent on by a partner': 'si un autre partenaire le lui confie',
  'needs a person': 'si une personne doit choisir le partenaire',
  'at a partner': 'si un partenaire a le projet',
  'at no partner': 'si aucun partenaire n’a le projet',
  'while in hand': 's’il était déjà pris en charge',
  'to somebody else': 'si quelqu’un d’autre en décide',
  'nobody is there': 'si personne n’est là pour le prendre',
  'no answer': 's’il est resté sans réponse',
  'an appointment is set': 's’il est fixé ou déplacé',
  'an appointment is lost': 'si le rendez-vous prévu n’a plus lieu',
  'not taken yet': 'si personne n’a pris le projet en charge',
  'leaves a partner': 'si un partenaire l’avait',
};

/** Asked again just before it leaves. */
const STILL: Record<WantedCondition, string> = {
  'unless erased': 'sauf si les données sont effacées',
  'once erased': 'une fois les données effacées',
  'unless withdrawn': 'sauf si le projet est retiré',
  'while open': 'tant que le suivi dure',
  'while waiting': 'tant que personne n’a pris le projet en charge',
  'while taken': 'tant que le projet est pris en charge',
  'while nobody has it': 'tant que personne ne s’en occupe',
  'while an answer is awaited': 'tant que la réponse est attendue',
  'while not reached': 'tant que la personne n’est pas jointe',
  'while the appointment stands': 'tant que le rendez-vous tient',
  'while no appointment stands': 'sauf si un autre rendez-vous est fixé',
  'while associated': 'tant que ce partenaire est associé',
  'once withdrawn': 'tant que le projet est retiré',
  'while closed': 'sauf si le suivi reprend',
  'while closed in triage': 'sauf si le projet est confié à un partenaire',
  'while in triage': 'tant que le projet est à orienter',
  'while no opinion is given': 'sauf si la personne a donné son avis, ou n’en veut pas donner',
  'while nobody knows what became of it': 'sauf si la personne a donné des nouvelles, ou n’en veut pas donner',
  'while the address is refused': 'tant que l’adresse n’est pas corrigée',
  'while the account is in use': 'tant que le compte est ouvert',
  'once the account is closed': 'si le compte est encore fermé',
  'while the account’s address is refused': 'tant que l’adresse n’est pas corrigée',
  'while something waits': 'si quelque chose attend',
  'while the report is to be issued': 'tant que le rapport n’est pas arrêté',
  'once the report is issued': 'si ce compte peut le lire',
  'while unsent': 'tant que rien n’est envoyé',
};

const days = (count: number): string => (count === 1 ? 'un jour ouvré' : `${count}\u00a0jours ouvrés`);

const delayInWords = ({ delay, group }: EmailRow): string => {
  if (delay === 'at once') return group ? `${GROUPING_MINUTES}\u00a0minutes après` : 'aussitôt';
  if (delay === 'once the promise is missed') return 'le matin qui suit la date promise, si elle est passée';
  return 'months' in delay ? `${delay.months}\u00a0mois après` : `${days(delay.businessDays)} après`;
};

/** What few rows have: a sentence each. */
const moreInWords = (row: EmailRow): string[] => {
  const { again, pace, group, clock, quietFor, calendar, unsubscribe } = row;
  return [
    again ? `Puis tous les ${days(again.businessDays)}.` : '',
    quietFor ? 'Tout acte sur le projet le repousse d’autant.' : '',
    clock ? 'Le délai s’arrête en attendant une réponse de la personne, et les jours où le partenaire est fermé.' : '',
    pace ? 'Au plus une fois par jour ouvré.' : '',
    group ? 'Plusieurs nouvelles rapprochées font un seul message.' : '',
    calendar ? 'Avec un fichier pour l’agenda.' : '',
    unsubscribe ? 'Un lien permet de ne plus en recevoir.' : '',
    'preference' in row ? 'Qui préfère un résumé l’y trouve.' : '',
    'atAnyHour' in row ? 'Part à toute heure.' : '',
  ].filter(Boolean);
};

/** When an e-mail leaves, from its row alone: a sentence or a few. */
export const leavesWhen = (id: EmailId): string => {
  const row = rowOf(id);
  const triggers: readonly Trigger[] = EMAILS[id].triggers;
  const events = triggers.map((trigger) => TRIGGERS[trigger]).join(', ou quand ');
  const event = [`Quand ${events}`, WHEN[row.when]].filter(Boolean).join(', ');
  return [`${event}\u00a0: ${delayInWords(row)}, ${STILL[row.stillWanted]}.`, ...moreInWords(row)].join(' ');
};
