import { AsyncResource } from 'node:async_hooks';

/**
 * Does the same for many, a group after the other: those of a group begin in the same turn, so that what they ask of the
 * store at the same step leaves together. What comes while `groups` are under way waits and makes the next one, of
 * `atMost`; what comes while there is room begins at once. Each stays in the request that it was asked for (logger.ts).
 */
export const inGroups = <Given, Result>(
  work: (given: Given) => Promise<Result>,
  { groups, atMost }: { groups: number; atMost: number },
): ((given: Given) => Promise<Result>) => {
  const waiting: (() => Promise<unknown>)[] = [];
  let underWay = 0;

  const next = async (): Promise<void> => {
    if (underWay >= groups || waiting.length === 0) return;
    underWay += 1;
    await Promise.allSettled(waiting.splice(0, atMost).map((begin) => begin()));
    underWay -= 1;
    void next();
  };

  return (given) =>
    new Promise((resolve, reject) => {
      waiting.push(AsyncResource.bind(() => work(given).then(resolve, reject)));
      // Those that come in the same turn begin together too.
      queueMicrotask(next);
    });
};
