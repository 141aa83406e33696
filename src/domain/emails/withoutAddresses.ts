/** Servers quote the address that they take or refuse; what we keep names nobody. */
export const withoutAddresses = (text: string): string => text.replace(/[^\s<>"']+@[^\s<>"']+/g, '(address)');
