import type { Parts } from '../parts.js';
import { changePassword } from './changePassword.js';
import { checkSecondFactor } from './checkSecondFactor.js';
import { nextFactor } from './nextFactor.js';
import {
  proposeSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  setSecondFactor,
} from './secondFactor.js';
import { accountOfSession, passwordStamp } from './sessionProof.js';
import { recordSignIn, recordSignOut, signIn } from './signIn.js';

/** Passwords and second factors of staff. */
export const signInServices = (parts: Parts) => ({
  accountOfSession: accountOfSession(parts),
  passwordStamp: passwordStamp(parts),
  signIn: signIn(parts),
  recordSignIn: recordSignIn(parts),
  recordSignOut: recordSignOut(parts),
  nextFactor: nextFactor(parts),
  checkSecondFactor: checkSecondFactor(parts),
  readSecondFactor: readSecondFactor(parts),
  proposeSecondFactor: proposeSecondFactor(parts),
  setSecondFactor: setSecondFactor(parts),
  renewRecoveryCodes: renewRecoveryCodes(parts),
  removeSecondFactor: removeSecondFactor(parts),
  changePassword: changePassword(parts),
});
