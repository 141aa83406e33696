import { dayInWords, timeInWords } from '../../domain/calendar/words.js';
import { isHolders, tellHolder } from '../../domain/referrals/holderStory.js';
import type { ProjectEvent } from '../../domain/referrals/referral.js';
import type { Language } from '../../domain/territory/language.js';
import type { Territory } from '../../domain/territory/territory.js';

/** "mardi 8 décembre, 14 h 30", "Tuesday 8 December, 2.30 pm" */
export const writtenMoment = (at: Date, language: Language): string =>
  `${dayInWords(at, undefined, language)}, ${timeInWords(at, language)}`;

/** The story of a project as its holder reads it: ready for views/components/timeline.ejs. */
export const ownStory = (
  events: ProjectEvent[],
  reader: { language: Language; territory: Pick<Territory, 'partner'> },
) =>
  events
    .filter(isHolders)
    .map((event) => ({ when: writtenMoment(event.at, reader.language), text: tellHolder(event, reader) }));
