import { isStrongSignIn } from '../../../src/domain/accounts/strongSignIn.js';

it.each<[object, boolean]>([
  [{ amr: ['pwd', 'otp'] }, true],
  [{ amr: ['pwd', 'hwk'] }, true],
  [{ amr: ['mfa'] }, true],
  [{ acr: 'eidas2' }, true],
  [{ acr: 'https://proconnect.gouv.fr/assurance/consistency-checked-2fa' }, true],
  [{ amr: ['pwd'] }, false],
  [{ amr: ['otp'] }, false],
  [{ amr: ['pwd', 'pin'] }, false],
  [{ amr: 'mfa' }, false],
  [{ amr: [{ mfa: true }], acr: ['eidas2'] }, false],
  [{ acr: 'eidas1' }, false],
  [{ acr: 'https://proconnect.gouv.fr/assurance/self-asserted' }, false],
  [{}, false],
])('%j stands for two factors: %s', (claims, expected) => {
  expect(isStrongSignIn(claims)).toBe(expected);
});
