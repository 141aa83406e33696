import { parseArgs } from 'node:util';
import type { RulesetFault } from '../domain/routing/validateRuleset.js';
import { Conflict, Invalid } from '../errors.js';
import { activeRuleset } from '../services/rules/activeRuleset.js';
import { type Checks, checkRuleset } from '../services/rules/checkDraft.js';
import { currentDraft } from '../services/rules/currentDraft.js';
import { rulesetNamed, type VersionName } from '../services/rules/diffVersions.js';
import { importDraft } from '../services/rules/startDraft.js';
import { BadUsage, type Command, type Desk } from './command.js';
import { OPERATOR } from './operator.js';
import { readVersionNumber } from './versionNumber.js';
import type { StoreParts } from './withStore.js';

/** `desk rules check [VERSION] [--json] | export [VERSION] | import FILE`; VERSION: draft, active or a number. */
export const rules: Command = async ([what, ...args], desk) => {
  if (what === 'check') return check(args, desk);
  if (what === 'export') return exportRules(args, desk);
  if (what === 'import') return importRules(args, desk);
  throw new BadUsage('choisissez check, export ou import');
};

const readArguments = (args: string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length < 2) return { json: values.json ?? false, name: positionals[0] };
  } catch {
    throw new BadUsage('cette option n’existe pas');
  }
  throw new BadUsage('donnez une seule version');
};

/** The version that was asked for; without any, the draft when there is one, otherwise the active one. */
const chosenName = async (parts: StoreParts, typed: string | undefined): Promise<VersionName> => {
  const active = async (): Promise<number> => (await activeRuleset(parts)()).number;
  if (typed === undefined) return (await currentDraft(parts)()) ? 'draft' : active();
  if (typed === 'active') return active();
  return typed === 'draft' ? 'draft' : readVersionNumber(typed);
};

const check = async (args: string[], desk: Desk): Promise<void> => {
  const { json, name } = readArguments(args);
  const { checked, checks } = await desk.withStore(async (parts) => {
    const checked = await chosenName(parts, name);
    const today = await activeRuleset(parts)();
    return { checked, checks: await checkRuleset(parts, await rulesetNamed(parts)(checked), today.ruleset) };
  });
  desk.print(json ? JSON.stringify(checks, null, 2) : checksInWords(checked, checks));
  if (!checks.mayPublish) throw new Invalid('Ces règles ne peuvent pas être publiées telles quelles.');
};

const LEVELS = { error: 'À corriger', warning: 'À justifier', info: 'À savoir' } as const;

const checksInWords = (checked: VersionName, { faults, findings, missed }: Checks): string => {
  const lines = [
    ...faultLines(faults),
    ...findings.map(({ level, rule, text }) => `${LEVELS[level]}${rule ? ` (${rule})` : ''}\u00a0: ${text}`),
    ...missed.map(({ id, title, found, regresses }) => {
      const where = found.main ?? found.outcome;
      return `${regresses ? 'À corriger' : 'À savoir'}\u00a0: l’exemple ${id} «\u00a0${title}\u00a0» irait à ${where}.`;
    }),
  ];
  const name = checked === 'draft' ? 'Brouillon' : `Version ${checked}`;
  return lines.length === 0 ? `${name}\u00a0: rien à signaler.` : [`${name}\u00a0:`, ...lines].join('\n');
};

const faultLines = (faults: RulesetFault[]): string[] =>
  faults.map(({ rule, path, message }) => `${rule ?? 'règles'}, ${path}\u00a0: ${message}`);

const exportRules = async (args: string[], desk: Desk): Promise<void> => {
  const { name } = readArguments(args);
  const ruleset = await desk.withStore(async (parts) => rulesetNamed(parts)(await chosenName(parts, name)));
  desk.print(JSON.stringify(ruleset, null, 2));
};

const importRules = async ([file, ...more]: string[], desk: Desk): Promise<void> => {
  if (file === undefined || more.length > 0) throw new BadUsage('donnez un fichier, ou - pour l’entrée standard');
  const value = parse(await desk.readInput(file), file);
  const outcome = await desk.withStore((parts) =>
    importDraft({ ...parts, activeRuleset: activeRuleset(parts) })(OPERATOR, value),
  );
  if (outcome.kind === 'refused') throw new Invalid(faultLines(outcome.faults).join('\n'));
  if (outcome.kind === 'changed') throw new Conflict('Le brouillon vient de changer. Recommencez.');
  desk.print('Ces règles sont maintenant le brouillon. Relisez-le et publiez-le depuis la page des règles.');
};

const parse = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Invalid(`${file}\u00a0: ce fichier n’est pas du JSON lisible.`);
  }
};
