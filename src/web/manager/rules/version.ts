import type { Request, Response } from 'express';
import type { Territory } from '../../../domain/territory/territory.js';
import { NotFound } from '../../../errors.js';
import { paths } from '../../../paths.js';
import type { PublishedRuleset } from '../../../services/rules/activeRuleset.js';
import type { RulesSheet } from '../../../services/rules/readRules.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { type PageModel, renderPage } from '../../renderPage.js';
import { rulesetModel } from './ruleRows.js';
import { publishedInWords } from './versionWords.js';

/** The number of a version in an address. Throws NotFound. */
export const numberOf = (text: unknown): number => {
  if (typeof text !== 'string' || !/^[1-9]\d{0,6}$/.test(text)) throw new NotFound('Cette version n’existe pas.');
  return Number(text);
};

const versionPage = (version: PublishedRuleset, { active, people }: RulesSheet, territory: Territory): PageModel => {
  const isInForce = version.number === active.number;
  return {
    title: `Version ${version.number} des règles`,
    tag: isInForce ? { label: 'En vigueur', tone: 'done' } : { label: 'Remplacée', tone: 'neutral' },
    published: publishedInWords(version, people),
    note: version.note,
    overrides: version.overrides,
    rollBack: isInForce ? null : paths.rulesRollBack(version.number),
    difference: isInForce ? null : `${paths.rulesDifference()}?de=${active.number}&a=${version.number}`,
    ...rulesetModel(version.ruleset, territory),
  };
};

/** One published version, as it decided then. */
export const versionScreen = ({
  readRules,
  readVersion,
  territory,
}: Pick<Services, 'readRules' | 'readVersion' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const version = await readVersion(reader, numberOf(req.params['number']));
    await renderPage(res, 'manager/rules/version', versionPage(version, await readRules(reader), territory));
  },
});
