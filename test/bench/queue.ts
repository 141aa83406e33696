import { alternate, type Benchmark } from './benchmark.js';
import { fillReferrals } from './web/filled.js';
import { signedIn } from './web/people.js';
import { answersPerSecond } from './web/requests.js';
import { withSides } from './web/sides.js';

const REFERRALS = Number(process.env['REFERRALS'] ?? 1_000_000);

/** An advisor's queue, 25 projects a page, among a million, beside a bare Express with one indexed find of 25 and EJS. */
export const benchmark: Benchmark = () =>
  withSides(async (sides) => {
    await fillReferrals(sides, REFERRALS);
    const anne = await signedIn(sides, 'anne');
    const bare = await sides.startBare({ queue: await anne.sizeOf('/dossiers') });
    return [
      await alternate(
        'queue',
        'requests/s',
        answersPerSecond({ url: `${sides.ours.base}/dossiers`, status: 200, headers: { cookie: anne.cookie() } }),
        answersPerSecond({ url: `${bare.base}/queue`, status: 200 }),
        { milliseconds: 3000 },
      ),
    ];
  });
