import { HOLDER_ACTS, MESSAGES_A_DAY, MESSAGES_MAX, messagesOfDay } from '../domain/referrals/holderActs.js';
import type { Project } from '../domain/referrals/referral.js';
import { holderEvent, type OpenParts, type OwnProject, openForAct, tooLate } from './openOwnProject.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

export type MessageParts = Pick<Parts, 'clock' | 'newId' | 'projects'> & { settleProject: Settle['settleProject'] };

export type MessageAnswer = 'added' | 'too many today' | 'too many';

/** Milliseconds within which the same words are the same message, sent twice. */
const SENT_TWICE = 15 * 60_000;

/** How often to look again when two messages arrive together. */
const TRIES = 5;

/** What a holder says. `id`: the same for what is the same. */
interface Said {
  id: string;
  text: string;
}

const isThereAlready = ({ messages }: Project, { id, text }: Said, now: Date): boolean => {
  const last = messages.at(-1);
  const isSaidAgain = last?.text === text && now.getTime() - last.at.getTime() < SENT_TWICE;
  return isSaidAgain || messages.some((message) => message.id === id);
};

/**
 * Keeps what a holder says with the project that `open` gives, however it came: kept once, and told to whoever has the
 * project in hand. Throws Conflict when the project takes no message any more, and what `open` throws.
 */
export const keepMessage = (parts: MessageParts) => {
  const { clock, newId, projects, settleProject } = parts;

  return async (open: () => Promise<OwnProject>, said: Said): Promise<MessageAnswer> => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const own = await open();
      const { project } = own;
      const at = clock();
      if (isThereAlready(project, said, at)) return 'added';
      if (project.messages.length >= MESSAGES_MAX) return 'too many';
      if (messagesOfDay(project.messages, at) >= MESSAGES_A_DAY) return 'too many today';
      const message = { ...said, at };
      const event = holderEvent(own, { id: newId(), type: 'message-added', at, note: message.id });
      const guard = { states: HOLDER_ACTS.addMessage, fewerMessagesThan: project.messages.length + 1 };
      if (!(await projects.writeForHolder(project.id, guard, { event, message }))) continue;
      await settleProject(project.id);
      return 'added';
    }
    throw tooLate();
  };
};

/**
 * Adds what the holder writes after sending, on the follow-up page. In: the secret of the link, and a text of at most
 * MESSAGE_MAX characters. Sent twice, it is kept once. Throws Conflict when the project takes no message any more.
 */
export const addMessage =
  (parts: MessageParts & OpenParts) =>
  (token: string, text: string): Promise<MessageAnswer> =>
    keepMessage(parts)(() => openForAct(parts)(token, 'addMessage'), { id: parts.newId(), text });
