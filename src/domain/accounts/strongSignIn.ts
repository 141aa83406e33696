/**
 * When a provider of sign-ins has asked for two things of different kinds, it says so in one of two ways, and we do not ask for
 * a second factor again. Anything not listed here counts as a first factor alone.
 */

/** How somebody signed in, by `amr` (RFC 8176): these two say "several factors" by themselves. */
const SEVERAL = ['mfa', 'mca'];
/** Otherwise one of each kind: what one knows, and what one has. */
const KNOWN = ['pwd', 'pin', 'kba'];
const HELD = ['otp', 'hwk', 'swk', 'sc', 'totp', 'pop'];

/** How much the provider vouches for, by `acr`: eIDAS substantial and high, ProConnect with two factors, REFEDS. */
const LEVELS = [
  'eidas2',
  'eidas3',
  'https://proconnect.gouv.fr/assurance/self-asserted-2fa',
  'https://proconnect.gouv.fr/assurance/consistency-checked-2fa',
  'https://refeds.org/profile/mfa',
];

const listed = (claim: unknown): string[] =>
  Array.isArray(claim) ? claim.filter((value): value is string => typeof value === 'string') : [];

/** Whether these claims of an ID token stand for two factors. */
export const isStrongSignIn = ({ amr, acr }: { amr?: unknown; acr?: unknown }): boolean => {
  const methods = listed(amr);
  const has = (kind: string[]): boolean => methods.some((method) => kind.includes(method));
  return has(SEVERAL) || (has(KNOWN) && has(HELD)) || (typeof acr === 'string' && LEVELS.includes(acr));
};
