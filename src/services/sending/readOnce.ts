import type { Parts } from '../parts.js';

type Read = Pick<Parts, 'accounts' | 'events' | 'partnerSettings'>;

const once = <Key, Answer>(ask: (key: Key) => Promise<Answer>): ((key: Key) => Promise<Answer>) => {
  const answers = new Map<Key, Promise<Answer>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
};

/** The parts, for one attempt to send one e-mail: what several of its steps look up, they look up once. */
export const readOnce = <Given extends Read>(parts: Given): Given => ({
  ...parts,
  accounts: { ...parts.accounts, readersAt: once(parts.accounts.readersAt) },
  events: { ...parts.events, ofProject: once(parts.events.ofProject) },
  partnerSettings: { ...parts.partnerSettings, read: once(parts.partnerSettings.read) },
});
