import { rankOf } from '../../../domain/referrals/projectState.js';
import type { ProjectEvent } from '../../../domain/referrals/referral.js';
import type { Fault, Invariant } from '../invariant.js';
import type { HeldReferral } from '../projectFile.js';

/** The holder's own end changes the referral without a fact of it: the project has that fact. */
const changesOf = (referral: HeldReferral): number => referral.version - (referral.state === 'withdrawn' ? 1 : 0);

const numbersOf = (referral: HeldReferral, events: ProjectEvent[]): Fault[] => {
  const { id, sequence } = referral;
  const first = rankOf({ sequence, version: 0 });
  const told = events.flatMap((event) => (event.referral === id && event.rank ? [event.rank - first] : []));
  const missing = Array.from({ length: changesOf(referral) }, (_, place) => place + 1).filter(
    (number) => !told.includes(number),
  );
  const twice = told.filter((number, place) => told.indexOf(number) !== place);
  const more = told.filter((number) => number > changesOf(referral));
  return [
    ...(missing.length > 0 ? [{ id, what: `faits manquants\u00a0: ${missing.join(', ')}` }] : []),
    ...(twice.length > 0 ? [{ id, what: `deux faits pour un même changement\u00a0: ${twice.join(', ')}` }] : []),
    ...(more.length > 0 ? [{ id, what: `faits de trop\u00a0: ${more.join(', ')}` }] : []),
  ];
};

export const storyWhole: Invariant = {
  label: 'Chaque changement a son fait, une fois, à sa place',
  severity: 'wrong',
  repair: null,
  inFile: ({ project, mains, events }) => {
    const sent = events.filter(({ type }) => type === 'submitted').length;
    const faults = mains.flatMap((referral) => numbersOf(referral, events));
    return sent === 1 ? faults : [{ id: project.id, what: `envoyé ${sent} fois d’après ses faits` }, ...faults];
  },
};
