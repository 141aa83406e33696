import type { AuditNote } from '../../../src/domain/audit/auditActs.js';
import type { Account } from '../../../src/domain/referrals/access.js';
import { isPassword } from '../../../src/services/accounts/passwords.js';
import { sealWith } from '../../../src/services/accounts/secretSeal.js';
import { addStaff, PASSWORD, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import { telephone } from '../../support/telephone.js';

const FROM = { address: '192.0.2.1', browser: 'a browser' };
const anne = staffMember('anne');
const marie = staffMember('marie');

let desk: Desk;
let services: ReturnType<Desk['with']>;
const noted: AuditNote[] = [];
const ended: string[] = [];

beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-24T09:30:00Z') });
  await addStaff(desk);
  services = desk.with({
    note: async (note) => void noted.push(note),
    endSessions: async (account) => void ended.push(account),
  });
});
afterAll(() => desk.stop());
beforeEach(async () => {
  noted.length = 0;
  ended.length = 0;
  desk.clock.now = new Date(desk.clock.now.getTime() + 600_000);
  await desk.parts.accounts.model.updateMany({}, { $set: { secondFactor: null } });
});

const protect = async (account: Account) => {
  const { sealed, secret } = services.proposeSecondFactor(account, undefined);
  const phone = telephone(desk, secret);
  const done = await services.setSecondFactor(account, { sealed, code: phone.code() }, FROM);
  if ('wrong' in done) throw new Error('not set up');
  return { phone, codes: done.codes, secret };
};
const isRight = (account: Account, code: string) => services.checkSecondFactor(account, 'code', code, FROM);
const isRecovery = (account: Account, code: string) => services.checkSecondFactor(account, 'recovery', code, FROM);
const acts = (): string[] => noted.map(({ act }) => act);

describe('setting up a second factor', () => {
  it('is confirmed by a first code, gives ten codes once, and signs out everywhere', async () => {
    const { codes } = await protect(anne);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/);
    expect(acts()).toEqual(['second-factor-set']);
    expect(ended).toEqual(['anne']);
    expect(await services.readSecondFactor(anne)).toMatchObject({ isSet: true, codesLeft: 10 });
  });

  it('asks again when the code is wrong, or the secret was proposed to somebody else', async () => {
    const { sealed, secret } = services.proposeSecondFactor(anne, undefined);
    const code = telephone(desk, secret).code();
    const set = (account: Account, given: string) => services.setSecondFactor(account, { sealed, code: given }, FROM);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect(await set(anne, wrong)).toEqual({ wrong: 'code' });
    expect(await set(marie, code)).toEqual({ wrong: 'code' });
    expect(await services.readSecondFactor(anne)).toMatchObject({ isSet: false });
  });

  it('shows the same secret again when the page is shown again', () => {
    const first = services.proposeSecondFactor(anne, undefined);
    expect(services.proposeSecondFactor(anne, first.sealed)).toEqual(first);
    expect(services.proposeSecondFactor(marie, first.sealed).secret).not.toBe(first.secret);
  });

  it('keeps neither the secret nor the codes as they are', async () => {
    const { codes, secret } = await protect(anne);
    const kept = JSON.stringify(await desk.parts.accounts.model.findOne({ _id: 'anne' }).lean());
    for (const hidden of [secret, ...codes]) expect(kept).not.toContain(hidden);
  });

  it('still opens after the secrets of the settings were replaced, as long as the old one is kept beside', async () => {
    const { phone } = await protect(anne);
    const [old = ''] = desk.config.sessionSecrets;
    const rightUnder = (secrets: string[]) =>
      desk.with({ secretSeal: sealWith(secrets) }).checkSecondFactor(anne, 'code', phone.nextCode(), FROM);
    expect(await rightUnder(['another secret'])).toBe(false);
    expect(await rightUnder(['another secret', old])).toBe(true);
    expect(await rightUnder(['another secret'])).toBe(true);
  });

  it('on another telephone needs a code of the first, or a recovery code', async () => {
    const { phone, codes } = await protect(anne);
    const other = services.proposeSecondFactor(anne, undefined);
    const change = (earlier: string) =>
      services.setSecondFactor(
        anne,
        { sealed: other.sealed, code: telephone(desk, other.secret).code(), earlier },
        FROM,
      );
    expect(await change('')).toEqual({ wrong: 'earlier' });
    expect(await change('000000')).toEqual({ wrong: 'earlier' });
    expect(await change(codes[0] ?? '')).toHaveProperty('codes');
    expect(await isRight(anne, phone.nextCode())).toBe(false);
    expect(await isRight(anne, telephone(desk, other.secret).code())).toBe(true);
    expect(await isRecovery(anne, codes[1] ?? '')).toBe(false);
  });
});

describe('a code of the telephone', () => {
  it('is right once, with or without spaces', async () => {
    const { phone } = await protect(anne);
    const code = phone.nextCode();
    expect(await isRight(anne, `${code.slice(0, 3)} ${code.slice(3)}`)).toBe(true);
    expect(await isRight(anne, code)).toBe(false);
    expect(noted.at(-1)).toEqual({
      act: 'sign-in-refused',
      actor: 'unknown',
      about: { kind: 'account', id: 'anne' },
      detail: { factor: 'code' },
    });
  });

  it('is right once when it is sent ten times at once', async () => {
    const { phone } = await protect(anne);
    const code = phone.nextCode();
    const answers = await Promise.all(Array.from({ length: 10 }, () => isRight(anne, code)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it.each([
    [-90, false],
    [-30, true],
    [0, true],
    [30, true],
    [90, false],
  ])('of a telephone whose clock is %s seconds off is right: %s', async (seconds, expected) => {
    const { secret } = await protect(anne);
    desk.clock.now = new Date(desk.clock.now.getTime() + 300_000);
    const there = { clock: { now: new Date(desk.clock.now.getTime() + seconds * 1000) } } as Desk;
    expect(await isRight(anne, telephone(there, secret).code())).toBe(expected);
  });

  it('older than one that was used is refused, though its time is not over', async () => {
    const { phone } = await protect(anne);
    const older = phone.nextCode();
    expect(await isRight(anne, phone.nextCode())).toBe(true);
    expect(await isRight(anne, older)).toBe(false);
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('is not %j', async (typed) => {
    await protect(anne);
    expect(await isRight(anne, typed)).toBe(false);
  });
});

describe('a recovery code', () => {
  it('is right once, however it is typed, and says how many are left', async () => {
    const { codes } = await protect(anne);
    const [code = ''] = codes;
    expect(await isRecovery(anne, ` ${code.toUpperCase().replace('-', ' ')}`)).toBe(true);
    expect(noted.at(-1)).toMatchObject({ act: 'recovery-code-used', detail: { left: 9 } });
    expect(await isRecovery(anne, code)).toBe(false);
    expect(await services.readSecondFactor(anne)).toMatchObject({ codesLeft: 9 });
  });

  it('is right once when it is sent five times at once', async () => {
    const { codes } = await protect(anne);
    const answers = await Promise.all(Array.from({ length: 5 }, () => isRecovery(anne, codes[0] ?? '')));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('is no longer right once there are new ones', async () => {
    const { phone, codes } = await protect(anne);
    expect(await services.renewRecoveryCodes(anne, '000 000', FROM)).toEqual({ wrong: 'code' });
    const renewed = await services.renewRecoveryCodes(anne, phone.nextCode(), FROM);
    expect(acts()).toContain('recovery-codes-made');
    expect(await isRecovery(anne, codes[0] ?? '')).toBe(false);
    expect(await isRecovery(anne, 'wrong' in renewed ? '' : (renewed.codes[0] ?? ''))).toBe(true);
  });
});

describe('taking the second factor away', () => {
  it('needs the password and a code', async () => {
    const { phone } = await protect(anne);
    const remove = (password: string, code: string) => services.removeSecondFactor(anne, { password, code }, FROM);
    expect(await remove('wrong', phone.nextCode())).toEqual({ wrong: 'password' });
    expect(await remove(PASSWORD, '')).toEqual({ wrong: 'code' });
    expect(await remove(PASSWORD, phone.nextCode())).toBe('done');
    expect(acts()).toContain('second-factor-removed');
    expect(await services.nextFactor(anne)).toBe('none');
  });

  it('is refused where the role demands one', async () => {
    await desk.parts.accounts.model.updateOne({ _id: 'marie' }, { $set: { demo: false } });
    expect(await services.nextFactor(marie)).toBe('protect');
    const { phone } = await protect(marie);
    expect(await services.nextFactor(marie)).toBe('code');
    const remove = services.removeSecondFactor(marie, { password: PASSWORD, code: phone.nextCode() }, FROM);
    await expect(remove).rejects.toThrow('Votre rôle demande la double authentification');
    await desk.parts.accounts.model.updateOne({ _id: 'marie' }, { $set: { demo: true } });
  });
});

describe('changing the password', () => {
  const change = (before: string, password: string) => services.changePassword(anne, { before, password }, FROM);

  it('needs the one before, and a good one after', async () => {
    expect(await change('wrong', 'quatre mots sans aucun lien')).toHaveProperty('before');
    expect(await change(PASSWORD, PASSWORD)).toHaveProperty('password');
    expect(await change(PASSWORD, 'motdepasse1234')).toHaveProperty('password');
    expect(acts()).toEqual([]);
    expect(await change(PASSWORD, 'quatre mots sans aucun lien')).toBe('done');
    expect(acts()).toEqual(['password-changed']);
    expect(ended).toEqual(['anne']);
    const security = await desk.parts.accounts.securityOf('anne');
    expect(security?.passwordChangedAt).toEqual(desk.clock.now);
    expect(await isPassword(security?.passwordHash ?? null, 'quatre mots sans aucun lien')).toBe(true);
  });
});
