// The figures as built, in a process of its own: what is written to its input is counted under the time zone of TZ.
import { text } from 'node:stream/consumers';

const { DOMAIN, TZ } = process.env;
const load = (file) => import(`${DOMAIN}/${file}.js`);
const { cellsOf } = await load('statistics/cells');
const { projectFacts } = await load('statistics/facts');
const { comparedWith, endOfMonth } = await load('statistics/lookedAt');
const { endOf, parsePeriod, startOf } = await load('statistics/period');
const { loadTerritory } = await import(`${DOMAIN}/../data/territoryFiles.js`);

const dated = (_key, value) => (/^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? new Date(value) : value);
const { projects, events, asOf } = JSON.parse(await text(process.stdin), dated);
const territory = loadTerritory();
const rows = projects.map((project) =>
  projectFacts(
    project,
    events.filter((event) => event.project === project.id),
    territory,
  ),
);
const period = parsePeriod({}, asOf);
const counted = {
  rows,
  cells: cellsOf(rows, asOf),
  period,
  from: startOf(period),
  to: endOf(period),
  compared: comparedWith(period, asOf),
  yearEnd: endOfMonth('2026-12'),
};
process.stdout.write(JSON.stringify({ zone: TZ, hour: new Date('2026-01-01T00:00:00Z').getHours(), counted }));
