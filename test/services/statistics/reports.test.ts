import type { OutgoingEmail } from '../../../src/delivery/transport.js';
import type { WriteReport } from '../../../src/services/statistics/issueReport.js';
import { arrivals } from '../../support/arrivals.js';
import { addStaff, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const [anne, lea, paul] = [staffMember('anne'), staffMember('lea'), staffMember('paul')];
const [marie, odile, admin] = [staffMember('marie'), staffMember('odile'), staffMember('admin')];
const PDF = Buffer.from('%PDF-1.7 made for this test');
const written: WriteReport = async ({ content }) => `<h1>${content.period.label}</h1>`;

let desk: Desk;
let services: Desk['services'];
let printed: string[];
const left: OutgoingEmail[] = [];
let taken: string;
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-07-06T09:30:00+02:00'), mailbox: true });
  printed = [];
  services = desk.with({
    enqueue: async () => true,
    transport: {
      send: async (email) => {
        left.push(email);
        return desk.parts.transport.send(email);
      },
    },
    printPdf: async (html) => {
      printed.push(html);
      return PDF;
    },
  });
  await addStaff(desk);
  const { arrives } = arrivals(desk);
  taken = (await arrives()).id;
  await arrives();
  at('2026-07-07T10:30:00+02:00');
  await services.takeReferral({ id: taken, version: 1, by: anne });
});
afterAll(() => desk.stop());

const at = (time: string): void => {
  desk.clock.now = new Date(time);
};
const issue = (by = marie, quarter = '2026-T3') => services.issueReport(by, quarter, written);
const owed = async (email: string): Promise<string[]> => {
  const all = await desk.parts.deliveries.model
    .find({ email } as object)
    .lean<{ key: string; about: { id: string } }[]>();
  return all.map(({ about }) => about.id).sort();
};

describe('a report', () => {
  it('cannot be issued before its quarter is over, but can be read over', async () => {
    at('2026-09-30T23:59:00+02:00');
    await expect(issue()).rejects.toMatchObject({ status: 422 });
    const draft = await services.draftReport(marie, '2026-T3');
    expect(draft).toMatchObject({ isOver: false, issued: null, content: { isUnderWay: true } });
    expect(await services.listReports(marie)).toMatchObject({
      issued: [],
      toIssue: [],
      underWay: { quarter: '2026-T3' },
    });
    await expect(services.draftReport(marie, '2026-T4')).rejects.toMatchObject({ status: 404 });
    await expect(services.readReport(marie, '2026-T3')).rejects.toMatchObject({ status: 404 });
  });

  it('is announced to managers on the first business morning of the next quarter', async () => {
    at('2026-10-01T08:29:00+02:00');
    await services.timetable.runDue();
    // The second quarter, before the first project, has no report.
    expect(await owed('manager-report-ready')).toEqual([]);
    at('2026-10-01T08:31:00+02:00');
    await services.timetable.runDue();
    await services.timetable.runDue();
    expect(await owed('manager-report-ready')).toEqual(['marie']);
    expect((await services.listReports(marie)).toIssue).toEqual([{ quarter: '2026-T3', label: '3e trimestre 2026' }]);
  });

  it('is not issued while figures are being counted anew', async () => {
    const { marks } = desk.parts;
    await marks.write('figures held until', new Date(desk.clock.now.getTime() + 60_000).toISOString());
    await expect(issue()).rejects.toThrow('sont en train d’être comptés');
    expect((await services.listReports(marie)).issued).toEqual([]);
    await marks.write('figures held until', desk.clock.now.toISOString());
  });

  it('is issued by managers alone, and once: the second one learns by whom and when', async () => {
    for (const other of [anne, lea, odile, admin]) await expect(issue(other)).rejects.toMatchObject({ status: 403 });
    const [first, second] = await Promise.allSettled([issue(), issue()]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    const late = [first, second].find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(late.reason).toMatchObject({ status: 409 });
    await expect(issue()).rejects.toThrow('a déjà été arrêté par Marie R., le 1er\u00a0octobre 2026');
    expect((await services.listReports(odile)).issued).toEqual([
      { id: '2026-T3', label: '3e trimestre 2026', issuedAt: desk.clock.now, by: { id: 'marie', name: 'Marie R.' } },
    ]);
  });

  it('is told, with the file, to managers, the committee and the leads whose partner is in it', async () => {
    expect(await owed('report-issued')).toEqual(['lea', 'marie', 'odile', 'paul']);
    at('2026-10-01T09:00:00+02:00');
    for (const id of await desk.parts.deliveries.due(desk.clock.now, 100)) await services.sendDelivery(id);
    const toOdile = desk.mailbox?.messages().findLast(({ to }) => JSON.stringify(to).includes('odile@'));
    expect(toOdile?.subject).toContain('rapport du trimestre');
    expect(toOdile?.text).toContain('/pilotage/rapports/2026-T3');
    expect(toOdile?.text).toContain('le fichier PDF joint');
    expect(toOdile?.headers['content-type']).toContain('multipart/mixed');
    const filesOf = (name: string): (string | boolean)[] =>
      left
        .filter(({ to }) => to[0]?.address === `${name}@example.org`)
        .flatMap(({ attachments = [] }) => attachments.flatMap((file) => [file.name, file.content.equals(PDF)]));
    expect(filesOf('odile')).toEqual(['rapport-2026-T3.pdf', true]);
    // Of the leads' own parts, no file is made yet: they have the link.
    expect(filesOf('lea')).toEqual([]);
    // The reminder that it may be issued was still owed: it is not any more.
    const reminder = await desk.parts.deliveries.model.findOne({ email: 'manager-report-ready' }).lean<{
      cancelledBecause: string;
    }>();
    expect(reminder?.cancelledBecause).toBe('while the report is to be issued');
  });

  it('stays what it was, whatever happens then', async () => {
    const before = await services.readReport(odile, '2026-T3');
    at('2026-10-20T10:00:00+02:00');
    await services.closeReferral(
      { id: taken, version: 2, by: anne },
      { outcome: 'helped', help: 'advice', words: null },
    );
    await services.refreshFacts();
    at('2027-02-01T10:00:00+01:00');
    await services.refreshFacts();
    expect(await services.readReport(odile, '2026-T3')).toEqual(before);
    const again = await services.draftReport(marie, '2026-T3');
    expect(again.content).not.toEqual(before.content);
    await expect(issue()).rejects.toMatchObject({ status: 409 });
  });

  it('is read whole by managers and the committee, and by leads as far as their partner goes', async () => {
    for (const reader of [marie, odile]) {
      const { content } = await services.readReport(reader, '2026-T3');
      expect(content.groups.length).toBeGreaterThan(0);
      expect(content.partners.length).toBeGreaterThan(1);
    }
    const own = await services.readReport(lea, '2026-T3');
    expect(own).toMatchObject({
      id: { partner: 'ti-tiltam' },
      content: { groups: [], tables: [], rules: [], flows: {} },
    });
    expect(own.content.partners.map(({ id }) => id)).toEqual(['ti-tiltam']);
    await expect(services.readReport(paul, '2026-T3-ti-tiltam')).rejects.toMatchObject({ status: 403 });
    for (const other of [anne, admin]) {
      await expect(services.readReport(other, '2026-T3')).rejects.toMatchObject({ status: 403 });
      await expect(services.listReports(other)).rejects.toMatchObject({ status: 403 });
    }
  });

  it('is printed once, and kept: leads have a file of their own part', async () => {
    expect(printed).toEqual(['<h1>3e trimestre 2026</h1>']);
    const { pdf, name } = await services.readReportPdf(odile, '2026-T3', written);
    expect([name, pdf?.equals(PDF)]).toEqual(['rapport-2026-T3.pdf', true]);
    expect(printed).toHaveLength(1);
    for (const _ of ['first', 'again']) {
      const own = await services.readReportPdf(lea, '2026-T3', written);
      expect(own.name).toBe('rapport-2026-T3-ti-tiltam.pdf');
    }
    expect(printed).toHaveLength(2);
  });

  it('left unannounced by a process that stopped is announced by the sweep', async () => {
    await desk.parts.deliveries.model.deleteMany({ email: 'report-issued' });
    await desk.parts.reports.model.updateOne({ _id: '2026-T3' }, { $set: { announcedAt: null } });
    await services.sweep();
    expect(await owed('report-issued')).toEqual(['lea', 'marie', 'odile', 'paul']);
  });
});
