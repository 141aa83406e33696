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

const GONE = -1;

/**
 * An array, where Set or Map would do but for this: V8 gives those a new table every few members that come and go, and the old
 * table leads to the new one. Once one of them has grown old, all that follow are kept, with the members that they had, until the
 * next full collection: a tenth of what requests made, and more.
 */
export const changingSet = <Item>(): ChangingSet<Item> => {
  const there: (Member<Item> & { place: number })[] = [];
  const takeOut = (place: number): void => {
    const last = there.pop();
    if (!last || last.place === place) return;
    there[place] = last;
    last.place = place;
  };
  return {
    add(item) {
      const leave = (): void => {
        if (member.place === GONE) return;
        takeOut(member.place);
        member.place = GONE;
      };
      const member = { item, place: there.length, leave };
      there.push(member);
      return member;
    },
    get size() {
      return there.length;
    },
    members: () => [...there],
  };
};
