import pino from 'pino';
import type { AuditAct } from '../../src/domain/audit/auditActs.js';
import { logger } from '../../src/logger.js';
import { verifyAudit } from '../../src/services/audit/verifyAudit.js';
import { type Browser, besiege, type Siege } from '../support/besiege.js';
import { PASSWORD } from '../support/staff.js';

/** OWASP A09: attacks leave a trace that their author can neither forge nor take away, and no trace holds a secret. */
const FORGED = [
  'x\n{"level":30,"msg":"signed in","account":"anne"}',
  'x\r\n2026-01-01 anne signed in',
  'x\u2028{"level":50}',
  '\u001b[2K\u001b[1Gforged',
  '$' + '{jndi:ldap://127.0.0.1/x}',
  '%0a%0dforged',
  '"},{"level":30,"msg":"forged"',
  'camille@example.org',
];

let siege: Siege;
let chloe: Browser;
const written: string[] = [];

beforeAll(async () => {
  const { [pino.symbols.streamSym]: stream } = logger as unknown as Record<symbol, { write(line: string): unknown }>;
  if (!stream) throw new Error('the logger writes nowhere');
  jest.spyOn(stream, 'write').mockImplementation((line) => written.push(line));
  siege = await besiege({ logLevel: 'info' });
  chloe = await siege.signedIn('chloe');
});
afterAll(async () => {
  logger.level = 'silent';
  jest.restoreAllMocks();
  await siege.stop();
});

const linesOf = (act: AuditAct): Promise<object[]> => siege.desk.parts.auditLines.model.find({ act }).lean();

it('every line of the log is one fact of ours, whatever is typed', async () => {
  for (const text of FORGED) {
    await siege.browser().post('/connexion', { email: text, password: text });
    await siege.browser().get(`/suivi/${encodeURIComponent(text)}?q=${encodeURIComponent(text)}`, {
      'user-agent': text.replace(/[^\x20-\x7e]/g, ''),
      referer: encodeURIComponent(text),
    });
    await chloe.get(`/dossiers?q=${encodeURIComponent(text)}`);
  }
  const lines = written.join('').split('\n').filter(Boolean);
  expect(lines.length).toBeGreaterThan(FORGED.length * 3);
  for (const line of lines) expect(Object.keys(JSON.parse(line))).toContain('level');
  const log = lines.join('\n');
  for (const secret of ['camille@', 'chloe@', PASSWORD, siege.token, 'Camille', 'coutellerie'])
    expect(log.includes(secret) ? secret : '').toBe('');
});

it('wrong attempts and refused pages are in the audit log, without what was typed', async () => {
  await siege.browser().post('/connexion', { email: 'lea@example.org', password: 'a wrong guess of mine' });
  for (const address of ['/pilotage', `/pilotage/projets/${siege.project}`, '/exploitation', '/equipe'])
    expect((await chloe.get(address)).status).toBe(403);
  expect((await linesOf('sign-in-refused')).length).toBeGreaterThan(0);
  expect((await linesOf('access-refused')).length).toBeGreaterThanOrEqual(4);
  const log = JSON.stringify(await siege.desk.parts.auditLines.model.find().lean());
  for (const typed of ['a wrong guess of mine', 'lea@example.org', 'jndi', 'Camille', siege.project, siege.token])
    expect(log.includes(typed) ? typed : '').toBe('');
});

it('a line that is taken away or changed shows', async () => {
  const verify = verifyAudit({ ...siege.desk.parts, secrets: [] });
  expect((await verify()).fault).toBeNull();
  const { model } = siege.desk.parts.auditLines;
  expect((await model.updateOne({ act: 'access-refused' }, { $set: { actor: 'unknown' } })).modifiedCount).toBe(1);
  expect((await verify()).fault).not.toBeNull();
});
