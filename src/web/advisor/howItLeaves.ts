import { getsEmails } from '../../domain/emails/saidAloud.js';
import { GROUPING_MINUTES } from '../../domain/emails/timing.js';
import type { Project } from '../../domain/referrals/referral.js';

const BY_MAIL = { question: 'La question part par e-mail.', message: 'Votre message part par e-mail.' };
const ALOUD = { question: 'posez-lui la question au téléphone.', message: 'dites-lui votre message au téléphone.' };

/** How what an advisor writes reaches the holder. */
export const howItLeaves = (project: Project, what: keyof typeof BY_MAIL): string => {
  if (getsEmails(project)) return BY_MAIL[what];
  const why = project.contact.email
    ? 'Son adresse e-mail ne reçoit pas nos messages'
    : 'Cette personne n’a pas d’e-mail';
  return `${why} : ${ALOUD[what]}`;
};

/** When the holder learns of an act: those that follow one another closely are told in one e-mail. */
export const toldSoon = (project: Project): string =>
  getsEmails(project)
    ? `La personne l’apprend par e-mail, dans ${GROUPING_MINUTES}\u00a0minutes.`
    : 'Aucun e-mail n’arrive à cette personne\u00a0: dites-le-lui au téléphone.';
