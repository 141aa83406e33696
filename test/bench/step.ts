import { alternate, type Benchmark } from './benchmark.js';
import { openBrowser } from './web/people.js';
import { answersPerSecond } from './web/requests.js';
import { withSides } from './web/sides.js';

const STEP = '/projet/besoins';
const ANSWER = 'needs=industry-of-the-future&needs=skills';

/** Answering a step, beside a bare Express with a session, Joi and one write. */
export const benchmark: Benchmark = () =>
  withSides(async ({ ours, startBare }) => {
    const browser = openBrowser(ours.base);
    await browser.post(STEP, { needs: ['industry-of-the-future', 'skills'] });
    const body = `_csrf=${encodeURIComponent(await browser.tokenOf(STEP))}&${ANSWER}`;
    const bare = await startBare();
    const other = openBrowser(bare.base);
    await other.ask('/step', { method: 'POST', body: new URLSearchParams(ANSWER) });
    return [
      await alternate(
        'step',
        'requests/s',
        answersPerSecond({
          url: `${ours.base}${STEP}`,
          status: 303,
          method: 'POST',
          headers: { cookie: browser.cookie() },
          body,
        }),
        answersPerSecond({
          url: `${bare.base}/step`,
          status: 303,
          method: 'POST',
          headers: { cookie: other.cookie() },
          body: ANSWER,
        }),
        { milliseconds: 3000 },
      ),
    ];
  });
