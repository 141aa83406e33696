import type { Territory } from '../../../domain/territory/territory.js';
import { frenchTypography } from '../../../domain/territory/typography.js';
import { paths } from '../../../paths.js';
import type { Checks } from '../../../services/rules/checkDraft.js';
import { partnerInWords } from '../../projectWords.js';
import { countInWords } from './draftCard.js';

type Finding = Checks['findings'][number];

const LEVELS: { level: Finding['level']; title: string; help: string; tone: string }[] = [
  {
    level: 'error',
    title: 'À corriger',
    help: 'La publication est refusée tant que ces points restent.',
    tone: 'late',
  },
  {
    level: 'warning',
    title: 'À regarder',
    help: 'Corrigez, ou dites à la publication pourquoi c’est voulu.',
    tone: 'soon',
  },
  { level: 'info', title: 'À savoir', help: 'Rien à faire.', tone: 'info' },
];

/** The words of cases.json for each outcome, as a person says them. */
const OUTCOMES: Record<string, string> = {
  orientation: 'un partenaire',
  'a-qualifier': 'une personne choisit',
  'hors-perimetre': 'hors du territoire',
  rejet: 'écarté',
};

const findingModel = ({ id, text, exact, examples = [], rule }: Finding, isInDraft: (rule: string) => boolean) => ({
  id,
  text: frenchTypography(text),
  scope: exact ? 'Toutes les réponses possibles ont été essayées.' : 'Vu sur un échantillon de réponses.',
  examples: examples.map(frenchTypography),
  edit: rule && isInDraft(rule) ? paths.rulesEdit(rule) : null,
});

const destination = ({ outcome, main }: { outcome: string; main: string | null }, territory: Territory): string =>
  main === null ? (OUTCOMES[outcome] ?? outcome) : partnerInWords(main, territory);

/** What the checks found, in words and by level: ready for views/manager/rules/findings.ejs. */
export const checksModel = (checks: Checks, territory: Territory, isInDraft: (rule: string) => boolean) => {
  const { faults, findings, missed } = checks;
  const regressions = missed.filter(({ regresses }) => regresses).length;
  return {
    mayPublish: checks.mayPublish,
    faults: faults.map(({ rule, message }) => ({
      text: frenchTypography(`${rule ? `« ${rule} » : ` : ''}${message}.`),
      edit: rule && isInDraft(rule) ? paths.rulesEdit(rule) : null,
    })),
    levels: LEVELS.map(({ level, ...words }) => {
      const own = findings.filter((one) => one.level === level);
      return { ...words, level, count: own.length, findings: own.map((one) => findingModel(one, isInDraft)) };
    }),
    regressions: regressions === 0 ? null : countInWords(regressions, 'cas', 'cas'),
    missed: missed.map((one) => ({
      title: frenchTypography(one.title),
      expected: destination(one.expected, territory),
      found: destination(one.found, territory),
      tag: one.regresses ? { label: 'Régression', tone: 'late' } : { label: 'Déjà ainsi', tone: 'neutral' },
    })),
  };
};
