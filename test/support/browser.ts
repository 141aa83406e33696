import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PROGRAMS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Chromium as the machine has it, without any of its own calls to the network; `more`: flags that one caller needs. */
export const startBrowser = (more: string[] = []): Promise<Browser> => {
  const executablePath = PROGRAMS.find((program) => existsSync(program));
  if (!executablePath) throw new Error('no Chromium: npm test installs Debian’s, elsewhere install one');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
};

/** The widths at which every page is looked at. */
export const WIDTHS = {
  phone: { width: 360, height: 780 },
  tablet: { width: 768, height: 1024 },
  desk: { width: 1280, height: 900 },
} as const;
