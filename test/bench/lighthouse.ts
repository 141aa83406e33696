import type { AddressInfo } from 'node:net';
import type { Result } from 'lighthouse';
import { startBrowser } from '../support/browser.js';
import { freePort } from '../support/freePort.js';
import { startDesk } from '../support/startDesk.js';
import type { Benchmark, Row } from './benchmark.js';

const PAGES = { home: '/', step: '/projet/besoins' } as const;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** What each category must reach, of 100; and what a page may weigh with all that it loads, in bytes transferred. */
const POINTS = 99;
const HEAVIEST = 60_000;

const row = (name: string, ours: number, floor: number, unit: string): Row => {
  const ratio = ours / floor;
  return { name, ours, floor, unit, ratio, low: ratio, high: ratio };
};

interface NetworkRequest {
  url: string;
  transferSize: number;
}

const requestsOf = ({ audits }: Result): NetworkRequest[] => {
  const { details } = audits['network-requests'] ?? {};
  return details?.type === 'table' ? (details.items as unknown as NetworkRequest[]) : [];
};

const rowsOf = (name: string, result: Result, base: string): Row[] => {
  const requests = requestsOf(result);
  const foreign = requests.filter(({ url }) => !url.startsWith(base) && !url.startsWith('data:'));
  if (foreign.length > 0) throw new Error(`${name} asks another origin: ${foreign.map(({ url }) => url).join(', ')}`);
  const weight = requests.reduce((sum, { transferSize }) => sum + transferSize, 0);
  const points = CATEGORIES.map((id) =>
    row(`${name}, ${id}`, Math.round((result.categories[id]?.score ?? 0) * 100), POINTS, 'points'),
  );
  return [...points, row(`${name}, everything`, weight, HEAVIEST, 'bytes')];
};

/**
 * Lighthouse (its phone, its slow network) on the home page and on a step, in Chromium: its four categories, and what the
 * page weighs. Throws when a page asks another origin for anything, or does not reach what it must.
 */
export const benchmark: Benchmark = async () => {
  const { default: lighthouse } = await import('lighthouse');
  const desk = await startDesk();
  const server = desk.app.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const port = await freePort();
  const browser = await startBrowser([`--remote-debugging-port=${port}`]);
  try {
    const rows: Row[] = [];
    for (const [name, path] of Object.entries(PAGES)) {
      const run = await lighthouse(base + path, { port, onlyCategories: [...CATEGORIES], logLevel: 'error' });
      if (!run) throw new Error(`Lighthouse gave nothing for ${path}`);
      rows.push(...rowsOf(name, run.lhr, base));
    }
    const failed = rows.filter(({ ratio, unit }) => (unit === 'bytes' ? ratio > 1 : ratio < 1));
    if (failed.length > 0) throw new Error(failed.map(({ name, ours, unit }) => `${name}: ${ours} ${unit}`).join('; '));
    return rows;
  } finally {
    await browser.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await desk.stop();
  }
};
