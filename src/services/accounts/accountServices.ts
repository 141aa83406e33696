import type { Parts } from '../parts.js';
import { askAccountLink, choosePassword, readAccountLink, signInByLink } from './accountLinks.js';
import { closeAccount, type DepartureParts, reopenAccount } from './closeAccount.js';
import { changeAccount, invite, inviteAgain, resetSecondFactor } from './manageAccounts.js';
import { chooseOwnEmails, readOwnEmails, sayAddressWorks } from './ownEmails.js';
import { endOtherSessions, endOwnSession, readOwnSessions } from './ownSessions.js';
import { listAccounts, readAccount } from './readAccounts.js';
import { signInByProvider } from './signInByProvider.js';
import { signInServices } from './signInServices.js';
import { readUnsubscribe, unsubscribe } from './unsubscribe.js';

/** How staff sign in, what each settles for the own account, and what is done to accounts by those who manage them. */
export const accountServices = (parts: Parts & DepartureParts) => ({
  signInByProvider: signInByProvider(parts),
  singleSignOn: parts.singleSignOn,
  ...signInServices(parts),
  askAccountLink: askAccountLink(parts),
  readAccountLink: readAccountLink(parts),
  signInByLink: signInByLink(parts),
  choosePassword: choosePassword(parts),
  readOwnEmails: readOwnEmails(parts),
  chooseOwnEmails: chooseOwnEmails(parts),
  sayAddressWorks: sayAddressWorks(parts),
  readUnsubscribe: readUnsubscribe(parts),
  unsubscribe: unsubscribe(parts),
  readOwnSessions: readOwnSessions(parts),
  endOwnSession: endOwnSession(parts),
  endOtherSessions: endOtherSessions(parts),
  listAccounts: listAccounts(parts),
  readAccount: readAccount(parts),
  invite: invite(parts),
  inviteAgain: inviteAgain(parts),
  changeAccount: changeAccount(parts),
  closeAccount: closeAccount(parts),
  reopenAccount: reopenAccount(parts),
  resetSecondFactor: resetSecondFactor(parts),
});
