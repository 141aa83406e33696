import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { axeFaults } from './axeFaults.js';
import { WIDTHS } from './browser.js';

/** Beyond that many pixels only the top of a page is kept. */
const LONGEST_PICTURE = 6000;

/**
 * Looks at a page as its readers do: no fault that axe can see, nothing wider than the screen at any width. With
 * SCREENSHOTS=folder, keeps a picture of it at each. Leaves the page at the width that it had.
 */
export const lookAt = async (page: Page, name: string): Promise<void> => {
  await page.waitForLoadState();
  const before = page.viewportSize();
  expect((await axeFaults(page)).map((fault) => `${name} ${fault}`)).toEqual([]);
  const folder = process.env['SCREENSHOTS'];
  if (folder) mkdirSync(folder, { recursive: true });
  for (const [size, viewport] of Object.entries(WIDTHS)) {
    await page.setViewportSize(viewport);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(`${name} ${size} ${overflow}`).toBe(`${name} ${size} 0`);
    const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
    const fullPage = height < LONGEST_PICTURE;
    if (folder) await page.screenshot({ path: path.join(folder, `${name}-${size}.png`), fullPage });
  }
  if (before) await page.setViewportSize(before);
};
