import { alternate, type Benchmark } from './benchmark.js';
import { largeDesk } from './web/large.js';
import { signedIn } from './web/people.js';
import { answersPerSecond } from './web/requests.js';

/** The managers' figures over a million projects, beside a bare Express with one indexed read of the same counts and EJS. */
export const benchmark: Benchmark = async () => {
  const sides = await largeDesk();
  const marie = await signedIn(sides, 'marie');
  const bare = await sides.startBare({ dashboard: await marie.sizeOf('/pilotage') });
  return [
    await alternate(
      'dashboard',
      'requests/s',
      answersPerSecond({ url: `${sides.ours.base}/pilotage`, status: 200, headers: { cookie: marie.cookie() } }),
      answersPerSecond({ url: `${bare.base}/dashboard`, status: 200 }),
      { milliseconds: 3000 },
    ),
  ];
};
