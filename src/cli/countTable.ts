/** Documents by collection, one a line, and how many in all. */
export const tableOf = (counts: Record<string, number>): string => {
  const rows = Object.entries(counts).filter(([, count]) => count > 0);
  const total = rows.reduce((sum, [, count]) => sum + count, 0);
  const lines = rows.map(([name, count]) => `${String(count).padStart(9)}  ${name}`);
  return [...lines, `Documents\u00a0: ${total}, dans ${rows.length} collections.`].join('\n');
};
