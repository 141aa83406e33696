/** In characters. Whether a password is also hard to guess is judged by services/accounts/passwords.ts. */
export const PASSWORD_LENGTH = { shortest: 12, longest: 200 };
