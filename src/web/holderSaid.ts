import { dayInWords, timeInWords } from '../domain/calendar/words.js';
import { CALLED_BACK, USEFUL } from '../domain/referrals/opinion.js';
import type { Project } from '../domain/referrals/referral.js';

/** What staff read in the place of a title once a project is erased. */
const ERASED = 'Données effacées';

/** The title of a project on the pages of staff. */
export const titleOf = ({
  facts,
  erasedAt,
}: { facts: Pick<Project['facts'], 'title'> } & Pick<Project, 'erasedAt'>): string => (erasedAt ? ERASED : facts.title);

/** What the holder said after sending: messages as written, and the opinion. Ready for views/components/holderSaid.ejs. */
export const holderSaid = ({ messages, survey }: Project, now: Date) => ({
  messages: messages.map(({ at, text }) => ({ when: `${dayInWords(at, now)}, ${timeInWords(at)}`, text })),
  opinion: survey
    ? [
        { question: 'A été contactée', answer: CALLED_BACK[survey.calledBack].fr },
        { question: 'A trouvé l’accompagnement utile', answer: USEFUL[survey.useful].fr },
      ]
    : [],
});
