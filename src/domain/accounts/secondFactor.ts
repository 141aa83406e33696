import type { Role } from '../referrals/access.js';

/**
 * Who must show a second factor (a code made by the own telephone) beside the password: whoever sees every project, or opens
 * accounts. The others may.
 */
export const SECOND_FACTOR: Record<Role, 'compulsory' | 'optional'> = {
  advisor: 'optional',
  lead: 'optional',
  manager: 'compulsory',
  observer: 'optional',
  admin: 'compulsory',
};

/** Accounts of the demonstration hold made-up projects, and are tried by people who only have their password. */
export const mustHaveSecondFactor = ({ role, demo }: { role: Role; demo: boolean }): boolean =>
  SECOND_FACTOR[role] === 'compulsory' && !demo;

/** What stands between the first factor and the desk: a code, setting the second factor up, or nothing. */
export type NextFactor = 'code' | 'protect' | 'none';

/** `isSet`: the account has a second factor. */
export const nextFactorOf = (account: { role: Role; demo: boolean; isSet: boolean }): NextFactor => {
  if (account.isSet) return 'code';
  return mustHaveSecondFactor(account) ? 'protect' : 'none';
};
