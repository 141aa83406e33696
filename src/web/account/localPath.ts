/** The address of a page of this site, as given in a link; null for whatever could lead to another site. */
export const localPath = (address: string): string | null => {
  if (!/^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(address)) return null;
  const { origin, pathname, search } = new URL(address, 'http://here.invalid');
  return origin === 'http://here.invalid' && !pathname.startsWith('//') ? pathname + search : null;
};
