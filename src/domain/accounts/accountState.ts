/** How an account stands. `awaited`: invited, and no password chosen yet. */
export const ACCOUNT_STATES = {
  'in-use': 'en service',
  awaited: 'invitation envoyée',
  closed: 'fermé',
} as const;
export type AccountState = keyof typeof ACCOUNT_STATES;

/** The state of an account as the store has it. */
export const accountState = ({ active, isAwaited }: { active: boolean; isAwaited: boolean }): AccountState => {
  if (!active) return 'closed';
  return isAwaited ? 'awaited' : 'in-use';
};
