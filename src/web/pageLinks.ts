/** Which page an address asks for, from 1. */
export const pageOf = (query: unknown): number => Math.max(1, Math.trunc(Number(query)) || 1);

/** Links to the pages before and after for views/components/pagination.ejs; null when one page holds everything. */
export const pageLinks = (page: number, last: number, addressOf: (page: number) => string) => {
  const at = (number: number): string | null => (number >= 1 && number <= last ? addressOf(number) : null);
  return last === 1 ? null : { previous: at(page - 1), next: at(page + 1), text: `Page ${page} sur ${last}` };
};
