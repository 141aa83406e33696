import { hashPassword } from '../../src/services/accounts/passwords.js';
import { type Browser, besiege, type Siege } from '../support/besiege.js';
import { hire, PASSWORD } from '../support/staff.js';

/**
 * OWASP A07 (2021): an answer takes as long for what exists as for what does not. Answers of both kinds are timed in turn, and
 * their order compared by the test of Mann and Whitney (normal approximation): |z| above 4 happens once in 16 000 by chance.
 */
const ROUNDS = 30;
const CHANCE = 4;

let siege: Siege;
beforeAll(async () => {
  siege = await besiege();
  // As the desk hashes them: those of tests take less time.
  for (const id of ['here', 'gone']) {
    await hire(siege.desk, id);
    await siege.desk.parts.accounts.setPassword(id, await hashPassword(PASSWORD), siege.desk.clock.now);
  }
  await siege.desk.parts.accounts.model.updateOne({ _id: 'gone' }, { $set: { active: false } });
});
afterAll(() => siege.stop());

type Ask = (round: number) => Promise<unknown>;

/** How long each takes, in milliseconds, asked in turn; who goes first changes. */
const timed = async (a: Ask, b: Ask): Promise<[number[], number[]]> => {
  const times: [number[], number[]] = [[], []];
  const time = async (which: 0 | 1, round: number): Promise<void> => {
    const start = performance.now();
    await (which === 0 ? a : b)(round);
    times[which].push(performance.now() - start);
  };
  for (let round = -3; round < ROUNDS; round += 1) {
    const first = round % 2 === 0 ? 0 : 1;
    await time(first, round);
    await time(first === 0 ? 1 : 0, round);
    if (round < 0) for (const list of times) list.splice(0);
  }
  return times;
};

/** By how many standard deviations the ranks of `a` are off those of chance. */
const offChance = ([a, b]: [number[], number[]]): number => {
  const wins = a.reduce((sum, x) => sum + b.filter((y) => y < x).length + b.filter((y) => y === x).length / 2, 0);
  const expected = (a.length * b.length) / 2;
  return Math.abs(wins - expected) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
};

/** Posts with a token that was fetched before: only the answer to the form is timed. */
const posting = async (path: string): Promise<(form: Record<string, string>) => Promise<unknown>> => {
  const visitor = siege.browser();
  const _csrf = visitor.tokenOf(await visitor.get(path));
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return (form) => visitor.send('POST', path, type, new URLSearchParams({ _csrf, ...form }).toString());
};

describe('the time that an answer takes', () => {
  it('does not tell whether an address has an account, nor whether it is closed, at sign-in', async () => {
    const post = await posting('/connexion');
    const wrong = (email: string) => (round: number) => post({ email, password: `not this one ${round}` });
    expect(offChance(await timed(wrong('here@example.org'), wrong('nobody@example.org')))).toBeLessThan(CHANCE);
    expect(offChance(await timed(wrong('gone@example.org'), wrong('nobody@example.org')))).toBeLessThan(CHANCE);
  });

  it('does not tell it where a link is asked for, nor whether an address has a project', async () => {
    const places = [
      ['/mot-de-passe-perdu', 'anne@example.org'],
      ['/connexion/lien', 'anne@example.org'],
      ['/lien-perdu', 'camille@example.org'],
    ] as const;
    // Side by side: each answer waits for a moment that is the same for all.
    const found = await Promise.all(
      places.map(async ([path, known]) => {
        const post = await posting(path);
        const ask = (email: string) => () => post({ email });
        return offChance(await timed(ask(known), ask('nobody@example.org')));
      }),
    );
    expect(Math.max(...found)).toBeLessThan(CHANCE);
  });

  it('does not tell whether another partner has a project', async () => {
    const chloe: Browser = await siege.signedIn('chloe');
    const open = (id: string) => () => chloe.get(`/dossiers/${id}`);
    const nothing = '0c9b2c1e-7a0f-4a53-9c55-5f0a52a0b4b1';
    expect(offChance(await timed(open(siege.id), open(nothing)))).toBeLessThan(CHANCE);
  });

  it('would show: a form that is refused at once is told apart', async () => {
    const post = await posting('/connexion');
    const checked = (round: number) => post({ email: 'here@example.org', password: `not this one ${round}` });
    const refused = () => post({ email: 'anne@example.org', password: '' });
    expect(offChance(await timed(checked, refused))).toBeGreaterThan(CHANCE);
  });
});
