import type { EventType } from '../../../src/domain/referrals/referral.js';

/** What becomes of one project: the acts on it, in order, each by whom; `holder` writes on the follow-up page. */
export interface Step {
  act: 'take' | 'transfer' | 'decline' | 'close' | 'message';
  by: 'anne' | 'bruno' | 'holder';
}

const STORIES: Step[][] = [
  [
    { act: 'take', by: 'anne' },
    { act: 'close', by: 'anne' },
  ],
  [
    { act: 'message', by: 'holder' },
    { act: 'take', by: 'bruno' },
  ],
  [{ act: 'decline', by: 'anne' }],
  [
    { act: 'take', by: 'anne' },
    { act: 'transfer', by: 'anne' },
    { act: 'message', by: 'holder' },
    { act: 'close', by: 'bruno' },
  ],
];

export const storyOf = (number: number): Step[] => STORIES[number % STORIES.length] ?? [];

/** How many projects so many submissions and acts make. */
export const projectsFor = (deeds: number): number => {
  let left = deeds;
  let number = 0;
  for (; left > 0; number += 1) left -= 1 + storyOf(number).length;
  return number;
};

/** The event that each act leaves. */
export const LEAVES = {
  take: 'taken',
  transfer: 'transferred',
  decline: 'declined',
  close: 'closed',
  message: 'message-added',
} as const satisfies Record<Step['act'], EventType>;

export const addressOf = (number: number): string => `porteur-${number}@example.org`;
export const wordsOf = (number: number, position: number): string => `Précision ${position} du projet ${number}.`;
