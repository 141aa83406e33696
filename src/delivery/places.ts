/** Lets so many pieces of work be under way at once; others wait for their turn, first come, first served. */
export const places = (count: number) => {
  const waiting: (() => void)[] = [];
  let free = count;

  const take = async (): Promise<void> => {
    if (free === 0) await new Promise<void>((turn) => waiting.push(turn));
    else free -= 1;
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };

  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await take();
    try {
      return await work();
    } finally {
      leave();
    }
  };
};
export type InTurn = ReturnType<typeof places>;
