import { alternate, type Benchmark } from './benchmark.js';
import { openBrowser } from './web/people.js';
import { answersPerSecond } from './web/requests.js';
import { withSides } from './web/sides.js';

/** The home page, requests a second, beside a bare Express that serves an EJS page of the same size. */
export const benchmark: Benchmark = () =>
  withSides(async ({ ours, startBare }) => {
    const bare = await startBare({ page: await openBrowser(ours.base).sizeOf('/') });
    return [
      await alternate(
        'page',
        'requests/s',
        answersPerSecond({ url: `${ours.base}/`, status: 200 }),
        answersPerSecond({ url: `${bare.base}/page`, status: 200 }),
        { milliseconds: 3000 },
      ),
    ];
  });
