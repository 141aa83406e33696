import type { Severity } from '../services/verify/invariant.js';
import { INVARIANT_IDS, INVARIANTS, type InvariantId, invariantOf } from '../services/verify/invariants.js';
import { type Finding, type Verified, verifyStore } from '../services/verify/verifyStore.js';
import { BadUsage, type Command } from './command.js';
import { readOptions } from './readOptions.js';

/** Findings said one by one; the others are only counted. */
const SAID = 50;
/** Seconds after which a finding is looked at again. */
const PAUSE = { usual: 2, most: 60 };

const SEVERITIES: Record<Severity, string> = {
  loss: 'quelqu’un attend',
  wrong: 'contradiction',
  remains: 'à effacer',
};

const OPTIONS = {
  repair: { type: 'boolean' },
  json: { type: 'boolean' },
  pause: { type: 'string' },
  only: { type: 'string' },
} as const;

const read = (args: string[]) => readOptions({ args, options: OPTIONS }).values;

const pauseOf = (given: string | undefined): number => {
  const seconds = given === undefined ? PAUSE.usual : Number(given);
  if (!(seconds >= 0 && seconds <= PAUSE.most)) throw new BadUsage(`--pause\u00a0: de 0 à ${PAUSE.most} secondes`);
  return seconds * 1000;
};

const isRule = (name: string): name is InvariantId => Object.hasOwn(INVARIANTS, name);

const rulesOf = (given: string | undefined): InvariantId[] | undefined => {
  const names = given?.split(',');
  const unknown = names?.find((name) => !isRule(name));
  if (unknown !== undefined) throw new BadUsage(`--only\u00a0: «\u00a0${unknown}\u00a0» n’est pas une règle`);
  return names?.filter(isRule);
};

const endOf = (id: InvariantId, repair: boolean): string => {
  const step = invariantOf(id).repair;
  if (!step) return 'une personne décide';
  return repair ? 'la réparation n’a pas suffi' : `--repair\u00a0: ${step.by}`;
};

const countsOf = (findings: Finding[], repair: boolean): string[] =>
  INVARIANT_IDS.flatMap((id) => {
    const count = findings.filter(({ invariant }) => invariant === id).length;
    const { label, severity } = invariantOf(id);
    return count > 0 ? [`${label}\u00a0: ${count} (${SEVERITIES[severity]}\u00a0; ${endOf(id, repair)})`] : [];
  });

const inWords = ({ projects, findings, hasMore, repaired }: Verified, rules: number): string => {
  const put = Object.entries(repaired ?? {}).map(
    ([id, count]) => `Réparé\u00a0: ${count}, ${invariantOf(id as InvariantId).repair?.by}.`,
  );
  const seen = `Règles vérifiées\u00a0: ${rules}, projets\u00a0: ${projects}.`;
  if (findings.length === 0) return [...put, `${seen} Aucune différence.`].join('\n');
  const said = findings.slice(0, SAID).map(({ invariant, id, what }) => `${invariant}  ${id}  ${what}`);
  const more = hasMore ? ['Il y en a d’autres\u00a0: recommencez après la réparation de celles-ci.'] : [];
  return [...put, ...said, '', ...countsOf(findings, repaired !== undefined), ...more, seen].join('\n');
};

const asJson = ({ findings, ...rest }: Verified): string => {
  const rows = findings.map(({ invariant, id, what }) => {
    const { label, severity, repair } = invariantOf(invariant);
    return { invariant, label, severity, repairable: repair !== null, id, what };
  });
  return JSON.stringify({ clean: findings.length === 0, ...rest, findings: rows }, null, 2);
};

/**
 * `desk verify [--repair] [--json] [--only RULE,…] [--pause S]`: holds the store against every rule that it keeps, figures and
 * the audit log among them, while the desk runs. Exit code 1 when something is left.
 */
export const verify: Command = async (args, desk) => {
  const { repair = false, json = false, pause, only } = read(args);
  const options = { repair, pause: pauseOf(pause), only: rulesOf(only) };
  const verified = await desk.withStore((parts) => {
    const endSessions = async (id: string): Promise<void> => void (await parts.sessions.endAll(id, parts.clock()));
    // The sweep tells the queue what is owed then.
    return verifyStore({ ...parts, endSessions, enqueue: async () => false })(options);
  });
  desk.print(json ? asJson(verified) : inWords(verified, (options.only ?? INVARIANT_IDS).length));
  const left = verified.findings.length;
  if (left > 0) throw new Error(`Ce qui n’est pas comme il faut\u00a0: ${left}.`);
};
