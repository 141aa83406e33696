import { median } from '../benchmark.js';
import { fillCounts, fillReferrals } from '../web/filled.js';
import { type Browser, signedIn } from '../web/people.js';
import type { Sides } from '../web/sides.js';

/** A page whose time is measured as the desk grows, and what it is measured on. */
export interface GrownPage {
  place: string;
  who: 'anne' | 'marie';
  fill: (sides: Sides, count: number) => Promise<void>;
}
export const QUEUE: GrownPage = { place: '/dossiers', who: 'anne', fill: fillReferrals };
export const SEARCH: GrownPage = { place: '/dossiers?q=rare', who: 'anne', fill: fillReferrals };
export const DASHBOARD: GrownPage = { place: '/pilotage', who: 'marie', fill: fillCounts };

const ASKED = 40;

/** Milliseconds for a page, asked again and again by one person. */
export const timeOf = async (browser: Browser, place: string): Promise<number> => {
  const times: number[] = [];
  for (let turn = 0; turn < ASKED; turn += 1) {
    const begun = performance.now();
    await browser.sizeOf(place);
    times.push(performance.now() - begun);
  }
  return median(times);
};

/** Whoever reads a page, signed in. */
export const readerOf = (sides: Sides, { who }: GrownPage): Promise<Browser> => signedIn(sides, who);
