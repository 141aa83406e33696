import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { logger } from '../logger.js';
import { selfContained } from './ownPage.js';

const run = promisify(execFile);

/** Browsers that print, by the names that systems give them. */
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Milliseconds for one document. */
const PATIENCE = 40_000;

/** Without calls of its own, without the network, and without anything kept. */
const flags = (folder: string): string[] => [
  '--headless',
  '--disable-gpu',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-default-browser-check',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  `--user-data-dir=${path.join(folder, 'profile')}`,
  // Chromium refuses to run as root otherwise.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Where this machine has a browser that prints; null when it has none in these folders. */
export const printingBrowser = (folders: string[]): string | null =>
  PROGRAMS.flatMap((name) => folders.filter(Boolean).map((folder) => path.join(folder, name))).find((file) =>
    existsSync(file),
  ) ?? null;

const printWith = async (browser: string, html: string, folders: string[]): Promise<Buffer> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'print-'));
  const [page, pdf] = [path.join(folder, 'page.html'), path.join(folder, 'page.pdf')];
  try {
    await writeFile(page, html, { mode: 0o600 });
    const printing = ['--no-pdf-header-footer', '--generate-pdf-document-outline', '--export-tagged-pdf'];
    const args = [...flags(folder), ...printing, `--print-to-pdf=${pdf}`, pathToFileURL(page).href];
    const env = { PATH: folders.join(path.delimiter), HOME: folder, LANG: 'fr_FR.UTF-8' };
    await run(browser, args, { timeout: PATIENCE, killSignal: 'SIGKILL', env });
    return await readFile(pdf);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
};

/**
 * Prints pages of ours to PDF (tagged, with an outline) by the browser of this machine. Gives null when there is none, or
 * when it does not print in time. One document at a time: each takes as much memory as a person's browser.
 */
export const pdfPrinter = ({ folders, publicFolder }: { folders: string[]; publicFolder: string }) => {
  let last: Promise<unknown> = Promise.resolve();

  return (html: string): Promise<Buffer | null> => {
    const browser = printingBrowser(folders);
    if (!browser) return Promise.resolve(null);
    const printed = last.then(() => printWith(browser, selfContained(html, publicFolder), folders));
    last = printed.catch(() => undefined);
    return printed.catch((error: unknown) => {
      logger.warn({ err: error }, 'a page could not be printed to PDF');
      return null;
    });
  };
};
export type PrintPdf = ReturnType<typeof pdfPrinter>;
