/** What is in a set, and what takes it out again: once, however often it is called. */
export interface Member<Item> {
  item: Item;
  leave: () => void;
}

/** A set whose members come and go all the time, such as the requests under way. */
export interface ChangingSet<Item> {
  add: (item: Item) => Member<Item>;
  readonly size: number;
  /** Those that are in it now, in no order. */
  members: () => Member<Item>[];
}

/**
 * An array, where Set or Map would do but for this: V8 gives those a new table every few members that come and go, and the old
 * table leads to the new one. Once one of them has grown old, all that follow are kept, with the members that they had, until the
 * next full collection: a tenth of what requests made, and more.
 */
export const changingSet = <Item>(): ChangingSet<Item> => {
  const places: (Member<Item> & { at: number })[] = [];
  const takeOut = (at: number): void => {
    const last = places.pop();
    if (!last || last.at === at) return;
    places[at] = last;
    last.at = at;
  };
  return {
    add(item) {
      const leave = (): void => {
        if (place.at < 0) return;
        takeOut(place.at);
        place.at = -1;
      };
      const place = { item, at: places.length, leave };
      places.push(place);
      return place;
    },
    get size() {
      return places.length;
    },
    members: () => [...places],
  };
};
