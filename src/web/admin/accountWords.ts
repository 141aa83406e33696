import type { AccountState } from '../../services/accounts/manageAccounts.js';

export const STATE_WORDS: Record<AccountState, string> = {
  'in-use': 'en service',
  awaited: 'invitation envoyée',
  closed: 'fermé',
};
const TONES: Record<AccountState, string> = { 'in-use': 'done', awaited: 'soon', closed: 'neutral' };

/** How an account stands, for lists and its page. */
export const stateOfAccount = ({ active, isAwaited }: { active: boolean; isAwaited: boolean }): AccountState =>
  active ? (isAwaited ? 'awaited' : 'in-use') : 'closed';

export const accountTag = (account: { active: boolean; isAwaited: boolean }) => {
  const state = stateOfAccount(account);
  return { label: STATE_WORDS[state], tone: TONES[state] };
};
