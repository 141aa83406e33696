import { type Result, source } from 'axe-core';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/**
 * What axe finds wrong with a page, each as the rule and the first place; empty when nothing is. `all`: also what is good
 * practice and no fault of WCAG. Run in the page itself, which takes a quarter of the time of a page of its own.
 */
export const axeFaults = async (page: Page, { all = false } = {}): Promise<string[]> => {
  const options = { resultTypes: ['violations'], ...(!all && { runOnly: RULES }) };
  // Its style sheet too.
  await page.waitForLoadState('load');
  const isThere = await page.evaluate('Boolean(window.axe)');
  if (!isThere) await page.evaluate(`(() => { ${source} })()`);
  const run = `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`;
  const violations = (await page.evaluate(run)) as Result[];
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};
