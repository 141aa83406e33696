/** Milliseconds for one answer, and before trying again. */
const PATIENCE = 15_000;
const PAUSE = 150;

/**
 * Sends a request as somebody does who will not give up: the same one again, to the next of these web processes, while nothing answers
 * or the answer is a 5xx. Throws when that does not help within two minutes.
 */
export const askAgain = (bases: string[]) => {
  let turn = 0;
  let again = 0;
  const ask = async (url: URL, options: RequestInit): Promise<Response> => {
    const limit = performance.now() + 120_000;
    for (;;) {
      const { pathname, search } = url;
      const base = bases[turn % bases.length];
      try {
        const answer = await fetch(`${base}${pathname}${search}`, {
          ...options,
          signal: AbortSignal.timeout(PATIENCE),
        });
        // Whole, or it is as if nothing had come.
        await answer.clone().arrayBuffer();
        if (answer.status < 500) return answer;
        if (performance.now() > limit) throw new Error(`${pathname} answers ${answer.status} for two minutes`);
      } catch (error) {
        if (performance.now() > limit) throw error;
      }
      turn += 1;
      again += 1;
      await new Promise((over) => setTimeout(over, PAUSE));
    }
  };
  return { ask, again: (): number => again };
};
