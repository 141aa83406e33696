import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { PASSWORD_LENGTH } from '../../domain/accounts/passwordLength.js';
import type { Territory } from '../../domain/territory/territory.js';

/** Argon2id with the library's defaults: 19 MiB, two passes (OWASP's minimum for Argon2id). */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** For an account whose person has still to choose one: nobody knows this password. */
export const hashOfNobodysPassword = (): Promise<string> => hashPassword(randomBytes(32).toString('base64url'));

/** Compared when the address is unknown, so that the time taken tells nothing. */
const nobody = hashPassword('nobody has this password');

/**
 * Whether this is the password of that hash. Null, of an account that does not exist, and '', of one in a copy for
 * demonstrations, take as long and are never right.
 */
export const isPassword = async (passwordHash: string | null, password: string): Promise<boolean> => {
  const matches = await verify(passwordHash || (await nobody), password);
  return matches && Boolean(passwordHash);
};

/** Of four: a search by machine takes more than 10^8 attempts (zxcvbn, Wheeler, USENIX Security 2016). */
const STRONG_ENOUGH = 3;
/** Judged by its beginning, which is enough: nothing else runs meanwhile, and the time grows with the square of the length. */
const JUDGED = 32;

/** What everybody would think of first, beside the names of the territory. */
const OURS = ['innovation', 'porte'];

let judge: Promise<ZxcvbnFactory> | undefined;

/** The words and names that people choose, in French and in general: a megabyte, read when it is first needed. */
const openJudge = async (): Promise<ZxcvbnFactory> => {
  const [core, common, french] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-fr'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...french.dictionary },
    graphs: common.adjacencyGraphs,
  });
};

interface Person {
  name: string;
  email: string;
}

const wordsOf = ({ name, email }: Person): string[] =>
  `${name} ${email}`
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);

/** Without the words of the own name and address: what is left must do by itself. */
const beside = (password: string, words: string[]): string =>
  words.reduce((left, word) => left.replaceAll(word, ''), password.toLowerCase());

const ADVICE = 'Quelques mots qui ne vont pas ensemble conviennent mieux.';
const TOO_EASY = `Ce mot de passe se devine vite\u00a0: il suit une forme courante. ${ADVICE}`;
const TOO_PERSONAL = `Ce mot de passe contient votre nom, votre adresse ou un nom d’ici, et trop peu d’autre chose. ${ADVICE}`;

/**
 * Why this password will not do for this person, in a sentence to show beside the field; null when it will. Looks at its
 * length, at what machines try first, and at what others know of the person and of the territory.
 */
export const weaknessOf = async (
  password: string,
  person: Person,
  { words }: Pick<Territory, 'words'>,
): Promise<string | null> => {
  if (password.length < PASSWORD_LENGTH.shortest)
    return `Choisissez un mot de passe d’au moins ${PASSWORD_LENGTH.shortest}\u00a0caractères.`;
  if (password.length > PASSWORD_LENGTH.longest)
    return `Choisissez un mot de passe de ${PASSWORD_LENGTH.longest}\u00a0caractères au plus.`;
  judge ??= openJudge();
  const known = [...wordsOf(person), ...words.passwordWords, ...OURS];
  const rest = beside(password, known);
  const zxcvbn = await judge;
  const judged = zxcvbn.check(password.slice(0, JUDGED), known);
  if (judged.score < STRONG_ENOUGH) return rest.length < password.length ? TOO_PERSONAL : TOO_EASY;
  if (rest.length < password.length && zxcvbn.check(rest.slice(0, JUDGED)).score < STRONG_ENOUGH) return TOO_PERSONAL;
  return null;
};
