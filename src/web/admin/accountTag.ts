import { ACCOUNT_STATES, type AccountState, accountState } from '../../domain/accounts/accountState.js';

const TONES: Record<AccountState, string> = { 'in-use': 'done', awaited: 'soon', closed: 'neutral' };

/** How an account stands, as a label for lists and for its page. */
export const accountTag = (account: { active: boolean; isAwaited: boolean }) => {
  const state = accountState(account);
  return { label: ACCOUNT_STATES[state], tone: TONES[state] };
};
