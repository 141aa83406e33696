import type { Words } from '../../domain/territory/language.js';
import type { FollowedProject } from '../../services/followProject.js';
import { asSubject } from './partnerWords.js';

/** What the follow-up page says first. */
export interface Answer {
  heading: Words;
  sentence: Words;
}

export type Answering = (followed: FollowedProject, now: Date) => Answer;

/** The partner, at the beginning of a sentence. */
export const partnerAsSubject = ({ partner }: FollowedProject): Words =>
  partner ? { fr: asSubject(partner), en: asSubject(partner, 'en') } : { fr: 'Un partenaire', en: 'A partner' };
