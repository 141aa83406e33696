import { alternate, type Benchmark } from './benchmark.js';
import { largeDesk } from './web/large.js';
import { signedIn } from './web/people.js';
import { answersPerSecond } from './web/requests.js';

/** An advisor's queue, 25 projects a page, among a million, beside a bare Express with one indexed find of 25 and EJS. */
export const benchmark: Benchmark = async () => {
  const sides = await largeDesk();
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
};
