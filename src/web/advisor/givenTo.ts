import { assignmentInWords } from '../../domain/referrals/assignmentInWords.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Reading } from './whatNext.js';

/** For whom a project that nobody has taken is meant, and why; null once it is taken or over. */
export const givenTo = ({ advisor, people, referral }: ReferralSheet, reading: Reading): string | null => {
  if (referral.state !== 'waiting') return null;
  if (referral.assignee === null) return 'Confié à personne\u00a0: toute l’équipe peut prendre ce projet.';
  const name = advisor?.id === reading.reader.id ? 'vous' : (advisor?.name ?? 'une personne qui n’a plus de compte');
  const why = assignmentInWords(referral.assignedBecause, { ...reading, about: referral.about, people });
  const words = why ? `Confié à ${name}\u00a0: ${why}` : `Confié à ${name}`;
  return words.endsWith('.') ? words : `${words}.`;
};
