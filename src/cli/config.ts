import { listSettings, type Setting } from '../settings.js';
import { BadUsage, type Command } from './command.js';

const HEAD = `# Every setting, with its default, as \`npm run --silent desk -- config\` writes it. Copy to .env and run
# \`node --env-file=.env dist/src/server.js\` (or \`set -a; . ./.env\` before \`npm start\`); nothing reads this file by itself.
# \`npm start\` needs none of them; the web and worker processes of the Procfile need MONGODB_URL, REDIS_URL, SMTP_URL and
# SESSION_SECRETS.`;

const inLines = ({ name, byDefault, says }: Setting): string =>
  [...says.split('\n').map((line) => `# ${line}`), `${name}=${byDefault ?? ''}`].join('\n');

/** `desk config`: writes every setting with its meaning and its default, as a file of settings to fill in. */
export const config: Command = async (args, desk) => {
  if (args.length > 0) throw new BadUsage('cette commande ne prend rien');
  desk.print([HEAD, ...listSettings().map(inLines)].join('\n\n'));
};
