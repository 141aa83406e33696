import { localHour } from '../domain/calendar/businessTime.js';
import { planLinkAgain } from '../domain/emails/planEmails.js';
import type { Parts } from './parts.js';

/** Projects of one address whose links are sent again, newest first; an older one is read of in its own e-mails. */
const AT_MOST = 5;
const ALWAYS = new Date(0);

/**
 * Owes new links to the holder of this address, one e-mail a project; asked ten times in an hour, they leave once. Says
 * nothing of whether there is any project: who asks must not learn it. A link sent again ends the older ones when it is sent
 * (services/composeEmail.ts), so that one that was lost on the way opens nothing any more.
 */
export const sendLinkAgain =
  ({ clock, deliveries, enqueue, projects }: Pick<Parts, 'clock' | 'deliveries' | 'enqueue' | 'projects'>) =>
  async (email: string): Promise<void> => {
    const at = clock();
    const found = await projects.byEmail(email, ALWAYS, AT_MOST);
    const occasion = localHour(at);
    const due = await deliveries.plan(
      found.flatMap((project) => planLinkAgain(project, { at, occasion })),
      at,
    );
    // Not waited for: while Redis is away it takes a second, which would tell that the address has a project.
    if (due.length > 0) void enqueue(due);
  };
