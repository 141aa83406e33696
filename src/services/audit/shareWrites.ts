/** As many as one write takes. */
const MOST = 1000;

interface Waiting<Item> {
  item: Item;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Lets items that come while a write is under way share the next one, in their order. Each promise settles with the write
 * that its item was in.
 */
export const shareWrites = <Item>(write: (items: Item[]) => Promise<void>) => {
  let waiting: Waiting<Item>[] = [];
  let isWriting = false;

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      const settle = await write(batch.map(({ item }) => item)).then(
        () => (each: Waiting<Item>) => each.done(),
        (error: unknown) => (each: Waiting<Item>) => each.failed(error),
      );
      batch.forEach(settle);
    }
    isWriting = false;
  };

  return (item: Item): Promise<void> =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed });
      if (isWriting) return;
      isWriting = true;
      queueMicrotask(writeAll);
    });
};
