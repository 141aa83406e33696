import { CUTLER } from '../support/fillIn.js';
import { alternate, type Benchmark } from './benchmark.js';
import { openBrowser } from './web/people.js';
import { answersPerSecond } from './web/requests.js';
import { withSides } from './web/sides.js';

const STEP = '/projet/avancement';

/** A step of a questionnaire under way, beside a bare Express with a signed cookie, one read and an EJS page of the same size. */
export const benchmark: Benchmark = () =>
  withSides(async ({ ours, startBare }) => {
    const browser = openBrowser(ours.base);
    for (const step of ['besoins', 'besoin-principal', 'avancement'])
      await browser.post(`/projet/${step}`, CUTLER[step] ?? {});
    const bare = await startBare({ 'step-page': await browser.sizeOf(STEP) });
    const headers = { cookie: browser.cookie() };
    return [
      await alternate(
        'step-page',
        'requests/s',
        answersPerSecond({ url: `${ours.base}${STEP}`, status: 200, headers }),
        answersPerSecond({ url: `${bare.base}/step-page`, status: 200, headers }),
        { milliseconds: 3000 },
      ),
    ];
  });
