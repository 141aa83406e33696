import type { Queue } from 'bullmq';
import ejs from 'ejs';
import type { RequestHandler } from 'express';
import { paths } from '../paths.js';
import type { OpenQueues } from './openQueues.js';

type Rendered = (error: Error | null, html?: string) => void;

/** Its page asks another host for a typeface, and carries styles that our policy refuses: both are left out. */
const ofOurHostAlone = (html: string): string =>
  html
    .replace(/<link\b[^>]*\bhref="https?:[^>]*>/g, '')
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/(<[a-z]+\b[^>]*?) style="[^"]*"/g, '$1');

const page = (file: string, model: object, rendered: Rendered): void => {
  ejs.renderFile(file, model).then(
    (html) => rendered(null, ofOurHostAlone(html)),
    (error: Error) => rendered(error),
  );
};

/** Loaded when somebody looks: hardly anybody does. */
const boardOf = async (queues: Queue[]): Promise<RequestHandler> => {
  const [{ createBullBoard }, { BullMQAdapter }, { ExpressAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/express'),
  ]);
  const server = new ExpressAdapter();
  server.setBasePath(paths.queues());
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: server,
    options: {
      uiConfig: {
        boardTitle: 'Files d’attente',
        locale: { lng: 'fr-FR' },
        miscLinks: [{ text: 'Exploitation', url: paths.operations() }],
        hideDocsLink: true,
        hideRedisDetails: true,
      },
    },
  });
  const app = server.getRouter();
  app.disable('x-powered-by');
  app.engine('ejs', page);
  return app;
};

/**
 * Bull Board over our queues, to look at and change nothing: what is done about e-mails is done on the operations page,
 * and recorded in the store. Its jobs hold ids. Null while Redis is away.
 */
export const queueBoard = ({ open }: Pick<OpenQueues, 'open'>) => {
  let built: { queues: Queue[]; board: RequestHandler } | null = null;
  return async (): Promise<RequestHandler | null> => {
    const queues = await open();
    if (!queues) return null;
    if (built?.queues !== queues) built = { queues, board: await boardOf(queues) };
    return built.board;
  };
};
export type QueueBoard = ReturnType<typeof queueBoard>;
