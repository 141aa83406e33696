import { readFileSync } from 'node:fs';
import { buffer, text } from 'node:stream/consumers';
import { readConfig } from '../config.js';
import { loadRules, loadTerritory } from '../data/territoryFiles.js';
import { Invalid, KnownError } from '../errors.js';
import { BadUsage, type Command, type Desk, TryLater } from './command.js';

/**
 * Entry of `npm run desk -- COMMAND`. Each command is one file, loaded only when it is called, so that a command that
 * needs no store opens none. Exit codes: 0 done; 1 a fault of ours; 2 something to correct in what was asked or given;
 * 75 to be tried again later (EX_TEMPFAIL of sysexits.h, which mail servers know).
 */
interface Row {
  usage: string;
  what: string;
  load: () => Promise<Command>;
}

const COMMANDS: Record<string, Row> = {
  route: {
    usage: 'route FICHIER [--ruleset N] [--json] [--trace]',
    what: 'Dit à quel partenaire iraient les demandes d’un fichier JSON (- pour l’entrée standard)',
    load: async () => (await import('./route.js')).route,
  },
  rules: {
    usage: 'rules check [VERSION] [--json] | export [VERSION] | import FICHIER',
    what: 'Vérifie, écrit ou reprend des règles (VERSION\u00a0: draft, active ou un numéro)',
    load: async () => (await import('./rules.js')).rules,
  },
  replay: {
    usage: 'replay --from DATE --to DATE [--ruleset N] [--json]',
    what: 'Rejoue le brouillon des règles sur les projets passés',
    load: async () => (await import('./replay.js')).replay,
  },
  users: {
    usage:
      'users invite ADRESSE --name "NOM" --role advisor|lead|manager|observer|admin [--partner ID] [--link] | list | close ADRESSE',
    what: 'Invite une personne à choisir un mot de passe (--link\u00a0: montre le lien), dit qui a un compte, ou en ferme un',
    load: async () => (await import('./users.js')).users,
  },
  inbound: {
    usage: 'inbound < MESSAGE',
    what: 'Reçoit un e-mail brut\u00a0: réponse, échec de remise ou réponse automatique',
    load: async () => (await import('./inbound.js')).inbound,
  },
  demo: {
    usage: 'demo remove|load',
    what: 'Retire la démonstration, et elle seule, ou la refait jusqu’à hier',
    load: async () => (await import('./demo.js')).demo,
  },
  anonymise: {
    usage: 'anonymise --to ADRESSE | --data DOSSIER',
    what: 'Copie la base dans une autre, vide, où les personnes et les textes sont inventés',
    load: async () => (await import('./anonymise.js')).anonymise,
  },
  statistics: {
    usage: 'statistics rebuild',
    what: 'Recompte tous les chiffres du pilotage d’après les faits',
    load: async () => (await import('./statistics.js')).statistics,
  },
  audit: {
    usage: 'audit verify',
    what: 'Vérifie que rien n’a été changé ni retiré dans le journal',
    load: async () => (await import('./audit.js')).audit,
  },
  store: {
    usage: 'store [--port N] [--data DOSSIER]',
    what: 'Sert la base embarquée seule, pour y regarder avec mongosh, jusqu’à SIGTERM',
    load: async () => (await import('./store.js')).store,
  },
  backup: {
    usage: 'backup FICHIER',
    what: 'Écrit tout ce que contient la base dans un fichier, pendant que la plateforme tourne',
    load: async () => (await import('./backup.js')).backup,
  },
  restore: {
    usage: 'restore FICHIER [--replace]',
    what: 'Reprend une sauvegarde dans une base vide, ou que --replace vide d’abord',
    load: async () => (await import('./restore.js')).restore,
  },
  config: {
    usage: 'config',
    what: 'Écrit chaque réglage, ce qu’il fait et sa valeur par défaut, comme un fichier à remplir',
    load: async () => (await import('./config.js')).config,
  },
  migrate: {
    usage: 'migrate',
    what: 'Met la base à jour pour cette version de la plateforme, avant de la démarrer',
    load: async () => (await import('./migrate.js')).migrate,
  },
  shard: {
    usage: 'shard [--run]',
    what: 'Écrit les commandes qui répartissent la base sur un cluster MongoDB, ou (--run) les lui donne',
    load: async () => (await import('./shard.js')).shard,
  },
  verify: {
    usage: 'verify [--repair] [--json] [--only RÈGLE,…] [--pause S]',
    what: 'Vérifie que tout se tient dans la base, et répare ce qui peut l’être (1 : il reste quelque chose)',
    load: async () => (await import('./verify.js')).verify,
  },
};

const MAY_WORK_LATER = 75;

const desk: Desk = {
  warn: (output) => void process.stderr.write(`${output}\n`),
  print: (output) => void process.stdout.write(`${output}\n`),
  readBytes: () => buffer(process.stdin),
  readInput: async (file) => (file === '-' ? text(process.stdin) : readFile(file)),
  settings: () => readConfig(),
  directory: () => loadTerritory(readConfig().territoryDir),
  withStore: async (work, options) => (await import('./withStore.js')).withStore(readConfig(), work, options),
  routeFile: async (input, file, number) => {
    const { routeFile } = await import('../services/routeFile.js');
    if (number === null) {
      const { territoryDir } = readConfig();
      return routeFile(input, file, { ruleset: loadRules(territoryDir), territory: loadTerritory(territoryDir) });
    }
    const { rulesetNumbered } = await import('../services/rules/activeRuleset.js');
    return desk.withStore(async (parts) => {
      const { ruleset } = await rulesetNumbered(parts)(number);
      return routeFile(input, file, { ...parts, ruleset });
    });
  },
};

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Invalid(`${file}\u00a0: ce fichier n’existe pas ou ne peut pas être lu.`);
  }
}

function help(): string {
  const rows = Object.values(COMMANDS);
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  const lines = rows.map(({ usage, what }) => `  ${usage.padEnd(width)}   ${what}`);
  return [
    'Porte d’entrée innovation, en ligne de commande',
    '',
    'npm run --silent desk -- COMMANDE',
    '',
    ...lines,
  ].join('\n');
}

/** Runs what the arguments ask for, and gives the exit code. Errors go to standard error, one sentence each. */
async function run([name, ...args]: string[]): Promise<number> {
  const warn = (message: string): boolean => process.stderr.write(`${message}\n`);
  if (name === '--help' || name === '-h' || args.includes('--help')) {
    desk.print(help());
    return 0;
  }
  const command = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  if (command === undefined) {
    warn(name === undefined ? help() : `La commande «\u00a0${name}\u00a0» n’existe pas.\n\n${help()}`);
    return 2;
  }
  try {
    await (await command.load())(args, desk);
    return 0;
  } catch (error) {
    if (error instanceof BadUsage) warn(`${error.message}\nUsage\u00a0: ${command.usage}`);
    else warn(error instanceof Error ? error.message : String(error));
    if (error instanceof TryLater) return MAY_WORK_LATER;
    return error instanceof BadUsage || error instanceof KnownError ? 2 : 1;
  }
}

void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
