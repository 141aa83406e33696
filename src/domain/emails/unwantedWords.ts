import type { WantedCondition } from './conditions.js';

/** Why an e-mail no longer had to leave, after "annulé : ", by the condition of the catalogue that had ceased to hold. */
const NO_LONGER = {
  'unless erased': 'les données de la personne sont effacées',
  'once erased': 'les données de la personne ne sont pas effacées',
  'unless withdrawn': 'la personne a retiré son projet',
  'while open': 'le suivi est terminé',
  'while waiting': 'le projet n’est plus à prendre',
  'while taken': 'le projet n’est plus en cours chez ce partenaire',
  'while nobody has it': 'une personne s’occupe déjà du projet',
  'while an answer is awaited': 'la réponse est arrivée, ou n’est plus attendue',
  'while not reached': 'la personne a été jointe, ou n’est plus à appeler',
  'while the appointment stands': 'le rendez-vous n’a plus lieu',
  'while no appointment stands': 'un autre rendez-vous est fixé',
  'while associated': 'le partenaire n’est plus associé',
  'once withdrawn': 'le projet n’est pas retiré',
  'while closed': 'le suivi a repris',
  'while closed in triage': 'le projet est reparti chez un partenaire',
  'while in triage': 'le projet n’est plus à orienter',
  'while no opinion is given': 'la personne a déjà donné son avis, n’en veut pas donner, ou le suivi a repris',
  'while nobody knows what became of it':
    'la personne a déjà donné des nouvelles, ne veut pas en donner, ou le suivi a repris',
  'while the address is refused': 'l’adresse est corrigée',
  'while the account is in use': 'le compte est fermé',
  'once the account is closed': 'le compte est de nouveau ouvert',
  'while the account’s address is refused': 'l’adresse du compte reçoit de nouveau',
  'while something waits': 'il n’y avait rien à dire',
  'while the report is to be issued': 'le rapport est déjà arrêté',
  'once the report is issued': 'le rapport n’existe plus, ou ce compte ne le lit plus',
  'while unsent': 'le projet est envoyé, ou abandonné',
} as const satisfies Record<WantedCondition, string>;

/** The other reasons that services keep with what they cancel. */
const OTHERWISE: Record<string, string> = {
  erased: 'les données de la personne sont effacées',
  'no address': 'la personne n’a pas d’adresse e-mail',
  'address refused': 'l’adresse ne reçoit pas nos messages',
  'no longer to be said': 'il n’y avait plus à le dire',
  'too many to this address': 'trop de messages à cette adresse le même jour',
  'told with another': 'un autre message en parle',
  'followed by another': 'un message plus récent le remplace',
  'left to the digest': 'c’est dans le résumé de qui préfère un seul message',
};

/** In words, why this was cancelled; what we have no words for is told as such. */
export const cancelledInWords = (because: string): string =>
  (NO_LONGER as Record<string, string>)[because] ?? OTHERWISE[because] ?? 'il n’était plus utile';
