import { getsEmails } from '../../domain/emails/saidAloud.js';
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
