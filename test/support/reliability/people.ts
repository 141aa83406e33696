import type { Store } from '../../../src/data/store.js';
import { paths } from '../../../src/paths.js';
import { CUTLER, fillIn } from '../fillIn.js';
import { PASSWORD } from '../staff.js';
import { type Page, type Visitor, visit } from '../visit.js';
import { addressOf, type Step, storyOf, wordsOf } from './stories.js';

type Ask = Parameters<typeof visit>[2];

/** What people have seen done, by the number of their project. */
export interface Seen {
  references: Map<number, string>;
  /** How many submissions and acts. */
  deeds: number;
}

/** Reads the store that may just be away: again until it answers. */
const read = async <Found>(look: () => Promise<Found | null | undefined>): Promise<Found> => {
  for (const limit = performance.now() + 60_000; ; ) {
    const found = await look().catch(() => null);
    if (found) return found;
    if (performance.now() > limit) throw new Error('the store does not come back, or has not what was acknowledged');
    await new Promise((over) => setTimeout(over, 100));
  }
};

const FORMS = {
  take: { at: paths.take, fields: {}, done: 'prise-en-charge' },
  decline: { at: paths.decline, fields: { reason: 'other-need' }, done: 'refus' },
  transfer: { at: paths.transfer, fields: { to: 'bruno' }, done: 'confie' },
  close: { at: paths.close, fields: { outcome: 'helped', help: 'advice', words: 'Bonne suite.' }, done: 'cloture' },
} as const;

const seen = (page: Page, sign: string): void => {
  if (page.status !== 200 || !page.url.includes(sign))
    throw new Error(`not done (${sign}): ${page.url} ${page.status}: ${page.text.slice(0, 300)}`);
};

/** Each project's holder, of another network, and the two advisors of TILTAM: they send and act, and note what they have seen done. */
export const peopleOn = async (base: string, ask: Ask, store: Store) => {
  const noted: Seen = { references: new Map(), deeds: 0 };
  const signedIn = async (id: string): Promise<Visitor> => {
    const visitor = visit(base, {}, ask);
    await visitor.send(await visitor.open('/connexion'), { email: `${id}@example.org`, password: PASSWORD });
    return visitor;
  };
  const staff = { anne: await signedIn('anne'), bruno: await signedIn('bruno') };

  const submit = async (number: number, holder: Visitor): Promise<string> => {
    const contact = { ...CUTLER['contact'], email: addressOf(number) };
    const receipt = await holder.send(await fillIn(holder, { ...CUTLER, contact }), {});
    seen(receipt, '/suivi/');
    noted.references.set(number, receipt.html.querySelector('.reference strong')?.textContent ?? '');
    return new URL(receipt.url).pathname;
  };

  const referralOf = async (number: number): Promise<string> => {
    const reference = noted.references.get(number) ?? '';
    const project = await read(() => store.projects.model.findOne({ reference }).lean<{ _id: string }>().exec());
    // The receipt is shown once the referral is there: it does not wait for the sweep.
    const about = { project: project._id };
    return (await read(() => store.referrals.model.findOne(about).lean<{ _id: string }>().exec()))._id;
  };

  const act = async ({ act: kind, by }: Step, referral: string): Promise<void> => {
    if (kind === 'message' || by === 'holder') return;
    const { at, fields, done } = FORMS[kind];
    const form = await staff[by].open(at(referral));
    seen(await staff[by].send(form, fields, at(referral)), `fait=${done}`);
  };

  return {
    noted,
    /** The whole story of one project, until all of it has been seen done. */
    async live(number: number): Promise<void> {
      const network = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
      const holder = visit(base, { 'x-forwarded-for': network }, ask);
      const follow = await submit(number, holder);
      noted.deeds += 1;
      const referral = await referralOf(number);
      for (const [position, step] of storyOf(number).entries()) {
        if (step.act === 'message') {
          const form = await holder.open(`${follow}/message`);
          seen(await holder.send(form, { text: wordsOf(number, position) }, '/message'), 'fait=message');
        } else await act(step, referral);
        noted.deeds += 1;
      }
    },
  };
};
