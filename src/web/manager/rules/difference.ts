import type { Request, Response } from 'express';
import type { RuleChange } from '../../../domain/routing/diffRulesets.js';
import { capital, frenchTypography } from '../../../domain/territory/typography.js';
import { paths } from '../../../paths.js';
import type { VersionName } from '../../../services/rules/diffVersions.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { renderPage } from '../../renderPage.js';
import { numberOf } from './version.js';

const KINDS: Record<RuleChange['kind'], { label: string; tone: string }> = {
  added: { label: 'Ajoutée', tone: 'done' },
  removed: { label: 'Retirée', tone: 'late' },
  changed: { label: 'Modifiée', tone: 'soon' },
  moved: { label: 'Déplacée', tone: 'info' },
};

/** What differs from one ruleset to another, ready for views/manager/rules/changes.ejs. */
export const changesModel = (changes: RuleChange[]) =>
  changes.map(({ label, kind, table, what }) => ({
    label: capital(frenchTypography(label)),
    tag: table === 'settings' ? { label: 'Réglage', tone: 'soon' } : KINDS[kind],
    rows: what.map((one) => ({
      what: capital(one.what),
      before: one.before && frenchTypography(one.before),
      after: one.after && frenchTypography(one.after),
    })),
  }));

const DRAFT = 'brouillon';

/** Two versions beside each other, or the draft beside a version. The address says which; by default, what the draft changes. */
export const differenceScreen = ({ diffVersions, readRules }: Pick<Services, 'diffVersions' | 'readRules'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const { active, draft, history } = await readRules(reader);
    const asked = (name: string, fallback: string): string =>
      typeof req.query[name] === 'string' && req.query[name] !== '' ? req.query[name] : fallback;
    const [from, to] = [asked('de', String(active.number)), asked('a', draft ? DRAFT : String(active.number))];
    const named = (code: string): VersionName => (code === DRAFT ? 'draft' : numberOf(code));
    const choices = [
      ...(draft ? [{ value: DRAFT, label: 'Le brouillon' }] : []),
      ...history.map(({ number }) => ({
        value: String(number),
        label: number === active.number ? `Version ${number} (en vigueur)` : `Version ${number}`,
      })),
    ];
    const nameOf = (code: string): string => choices.find(({ value }) => value === code)?.label ?? code;
    await renderPage(res, 'manager/rules/difference', {
      title: 'Différences entre deux versions',
      action: paths.rulesDifference(),
      choosers: [
        { name: 'de', label: 'De', choices: choices.map((one) => ({ ...one, isChosen: one.value === from })) },
        { name: 'a', label: 'À', choices: choices.map((one) => ({ ...one, isChosen: one.value === to })) },
      ],
      from: nameOf(from),
      to: nameOf(to),
      changes: changesModel(await diffVersions(reader, named(from), named(to))),
      back:
        to === DRAFT
          ? { href: paths.rulesDraft(), label: 'Revenir au brouillon' }
          : { href: paths.rules(), label: 'Règles en vigueur' },
    });
  },
});
