// Exports ROWS made-up projects in FORMAT, as built, through the whole stream to nowhere, in a process of its own. Prints what it took.
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';

const [dist, format, count] = process.argv.slice(2);
const built = (file) => import(pathToFileURL(path.join(dist, file)).href);
const { exportSheets } = await built('src/services/statistics/exports/exportSheets.js');
const { bytesOf } = await built('src/services/statistics/exports/exportFile.js');
const { fileWriters } = await built('src/delivery/fileWriters.js');
const { loadTerritory } = await built('src/data/territoryFiles.js');

const rows = Number(count);
const territory = loadTerritory();
const HOUR = 3_600_000;
const START = Date.parse('2026-01-05T08:00:00Z');
const pick = (list, salt) => list[(Math.imul(salt, 2_654_435_761) >>> 8) % list.length];
const NEEDS = ['water', 'energy', 'business-creation', 'industry-of-the-future', null];
const STAGES = ['idea', 'creation', 'growth', null];
const at = (index, hours) => new Date(START + ((index % 8000) + hours) * HOUR);

const factsOf = (index) => {
  const partner = pick(territory.partners, index).id;
  const epci = pick(territory.epcis, index + 1);
  return {
    id: String(index),
    reference: `P${String(index).padStart(7, '0')}`,
    day: at(index, 0).toISOString().slice(0, 10),
    month: at(index, 0).toISOString().slice(0, 7),
    decision: 'routed',
    rule: 'metropole-creation',
    sentBy: 'rules',
    isOverridden: index % 9 === 0,
    partners: [partner],
    firstPartner: partner,
    currentPartner: partner,
    declinedBy: index % 7 === 0 ? [partner] : [],
    declineReasons: index % 7 === 0 ? ['other-need'] : [],
    reroutedBy: [],
    mainNeed: pick(NEEDS, index + 2),
    axis: 'water',
    epci: epci.siren,
    territoireIndustrie: epci.territoireIndustrie,
    department: epci.department,
    stage: pick(STAGES, index + 3),
    channel: index % 3 === 0 ? 'guichet' : null,
    state: 'helped',
    isOpen: false,
    sentAt: at(index, 0),
    dueBy: at(index, 50),
    takenAt: at(index, 9),
    hoursToTake: index % 40,
    takenWithin2: true,
    takenWithin5: true,
    closedAt: at(index, 300),
    outcome: 'helped',
    endedAt: at(index, 300),
    opinion: index % 5 === 0 ? { calledBack: 'yes', useful: 'partly' } : null,
    became: index % 11 === 0 ? 'launched' : null,
    associated: [],
  };
};

/** As many at a time as are read from the store's cursor. */
const BATCH = 25;
async function* stream() {
  for (let from = 0; from < rows; from += BATCH)
    yield Array.from({ length: Math.min(BATCH, rows - from) }, (_, place) => factsOf(from + place));
}
const parts = {
  territory,
  channels: { all: async () => [] },
  marks: { read: async () => null },
  projectFacts: { stream, count: async () => rows },
  clock: () => new Date('2026-12-31T12:00:00Z'),
};
const manager = { id: 'm', name: 'M', email: 'm@example.org', role: 'manager', partner: null };
const period = { code: '2026', label: 'année 2026', first: '2026-01-01', last: '2026-12-31' };
let bytes = 0;
const nowhere = new Writable({
  write(chunk, _encoding, done) {
    bytes += chunk.length;
    done();
  },
});

const began = performance.now();
const { sheets } = await exportSheets(parts)(manager, { what: 'projects', format, period, filters: {} });
await pipeline(Readable.from(bytesOf(fileWriters, sheets, format)), nowhere);
const seconds = (performance.now() - began) / 1000;
// Kilobytes, on Linux and macOS both (libuv).
const { user, system } = process.cpuUsage();
const peak = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ rows, bytes, seconds, cpu: (user + system) / 1e6, peak }));
