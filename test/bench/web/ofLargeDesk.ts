import type { StaffName } from '../../support/staff.js';
import { alternate, type Benchmark } from '../benchmark.js';
import { largeDesk } from './large.js';
import { signedIn } from './people.js';
import { answersPerSecond } from './requests.js';

/** A page of the large desk as one person reads it, requests a second, beside the bare server's page of the same name and size. */
export const ofLargeDesk =
  (name: string, { who, place }: { who: StaffName; place: string }): Benchmark =>
  async () => {
    const sides = await largeDesk();
    const reader = await signedIn(sides, who);
    const bare = await sides.startBare({ [name]: await reader.sizeOf(place) });
    return [
      await alternate(
        name,
        'requests/s',
        answersPerSecond({ url: `${sides.ours.base}${place}`, status: 200, headers: { cookie: reader.cookie() } }),
        answersPerSecond({ url: `${bare.base}/${name}`, status: 200 }),
        { milliseconds: 3000 },
      ),
    ];
  };
