import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where libfaketime is. Throws when it is not: `npm test` installs Debian's. */
const libraryOf = (): string => {
  const found = ['/usr/lib', '/usr/lib64']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...readdirSync(folder).map((inner) => path.join(folder, inner))])
    .map((folder) => path.join(folder, 'faketime/libfaketime.so.1'))
    .find((file) => existsSync(file));
  if (!found)
    throw new Error(
      'libfaketime is missing. Debian, Ubuntu: apt-get install libfaketime; Fedora: dnf install libfaketime',
    );
  return found;
};

/** How long, in seconds, a process goes by what it has read in the file. */
const KEEPS = 1;

/**
 * A clock for processes, which goes on as the machine's does and differs from it by what is written in a file; it begins at `start`. `env`: what makes a
 * process go by it; what measures how long things take (timers) stays as it is.
 */
export const fakeClock = async (file: string, start: Date) => {
  const library = libraryOf();
  let ahead = 0;
  const moveBy = async (milliseconds: number): Promise<void> => {
    ahead += milliseconds;
    const seconds = Math.round(ahead / 1000);
    await writeFile(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  };
  await moveBy(start.getTime() - Date.now());
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: String(KEEPS),
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    } as NodeJS.ProcessEnv,
    now: (): Date => new Date(Date.now() + ahead),
    /** Settles when every process goes by it. */
    async move(milliseconds: number): Promise<void> {
      await moveBy(milliseconds);
      await new Promise((over) => setTimeout(over, KEEPS * 2000 + 200));
    },
  };
};
export type FakeClock = Awaited<ReturnType<typeof fakeClock>>;
