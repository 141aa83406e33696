import { HOLDER_ACTS, MESSAGES_A_DAY, MESSAGES_MAX, messagesOfDay } from '../domain/referrals/holderActs.js';
import type { Project } from '../domain/referrals/referral.js';
import { holderEvent, type OpenParts, openForAct, tooLate } from './openOwnProject.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = OpenParts & Pick<Parts, 'newId'> & { settleProject: Settle['settleProject'] };

export type MessageAnswer = 'added' | 'too many today' | 'too many';

/** Milliseconds within which the same words are the same message, sent twice. */
const SENT_TWICE = 15 * 60_000;

/** How often to look again when two messages arrive together. */
const TRIES = 5;

const isThereAlready = ({ messages }: Project, text: string, now: Date): boolean => {
  const last = messages.at(-1);
  return last?.text === text && now.getTime() - last.at.getTime() < SENT_TWICE;
};

/**
 * Adds what the holder writes after sending, for whoever has the project in hand. In: the secret of the link, and a text of
 * at most MESSAGE_MAX characters. Sent twice, it is kept once. Throws Conflict when the project takes no message any more.
 */
export const addMessage = (parts: Needs) => {
  const { clock, newId, projects, settleProject } = parts;

  return async (token: string, text: string): Promise<MessageAnswer> => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const own = await openForAct(parts)(token, 'addMessage');
      const { project } = own;
      const at = clock();
      if (isThereAlready(project, text, at)) return 'added';
      if (project.messages.length >= MESSAGES_MAX) return 'too many';
      if (messagesOfDay(project.messages, at) >= MESSAGES_A_DAY) return 'too many today';
      const message = { id: newId(), at, text };
      const event = holderEvent(own, { id: newId(), type: 'message-added', at, note: message.id });
      const guard = { states: HOLDER_ACTS.addMessage, fewerMessagesThan: project.messages.length + 1 };
      if (!(await projects.writeForHolder(project.id, guard, { event, message }))) continue;
      await settleProject(project.id);
      return 'added';
    }
    throw tooLate();
  };
};
