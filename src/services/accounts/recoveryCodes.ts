import { randomBytes, randomInt } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import type { RecoveryCodes } from '../../data/accountRecord.js';

/** So many at a time, as most services give. */
const HOW_MANY = 10;
/** No letters or figures that are mistaken for one another: the codes are copied by hand. Ten of them are 49 bits. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

const newCode = (): string => {
  const half = (): string => Array.from({ length: 5 }, () => CLEAR[randomInt(CLEAR.length)]).join('');
  return `${half()}-${half()}`;
};

/** Without what people type between the signs. */
const plainCode = (typed: string): string => typed.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Slow on purpose (Argon2id): what the store holds does not let the codes be tried one by one. */
export const hashOfCode = async (typed: string, salt: string): Promise<string> =>
  (await hashRaw(plainCode(typed), { salt: Buffer.from(salt, 'base64url') })).toString('base64url');

/** New codes for when the telephone is lost, to be shown once, and what the store keeps of them. */
export const makeRecoveryCodes = async (): Promise<{ codes: string[]; kept: RecoveryCodes }> => {
  const salt = randomBytes(16).toString('base64url');
  const codes = Array.from({ length: HOW_MANY }, newCode);
  const hashes = await Promise.all(codes.map((code) => hashOfCode(code, salt)));
  return { codes, kept: { salt, hashes } };
};
