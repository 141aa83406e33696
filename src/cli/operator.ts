import type { Account } from '../domain/referrals/access.js';

/** Whoever runs the command line holds the keys of the store: for the rules, the rights of a manager, and no account. */
export const OPERATOR: Account = {
  id: 'command-line',
  name: 'Ligne de commande',
  email: '',
  role: 'manager',
  partner: null,
};
