import { CUTLER } from '../../support/fillIn.js';
import { addStaff, type Door, openDoor, type StaffName } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, mailbox: true });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});

const ON_PAGE: Record<string, string[]> = {
  besoin: ['besoins'],
  situation: ['besoin-principal', 'avancement', 'vous', 'lieu'],
  projet: ['activite', 'projet', 'entreprise', 'deja-en-contact'],
  contact: ['contact'],
};
const BY_PHONE = { name: 'Paul M.', phone: '04 73 80 00 01', consent: 'yes', how: 'said' };

const pageAt = ({ url }: Page): string => new URL(url).pathname.split('/').at(-1) ?? '';

/** Types a project from its first page to "check before sending". */
const typeIn = async (visitor: Visitor, contact: object = BY_PHONE, channel = 'telephone'): Promise<Page> => {
  let page = await visitor.send(await visitor.open('/guichet'), { channel }, '/guichet');
  for (let turn = 0; turn < 4; turn += 1) {
    const slug = pageAt(page);
    const answers = (ON_PAGE[slug] ?? []).map((step) => (step === 'contact' ? contact : CUTLER[step]));
    page = await visitor.send(page, Object.assign({}, ...answers));
  }
  return page;
};

const enter = async (who: StaffName, contact: object = BY_PHONE): Promise<{ page: Page; id: string; me: Visitor }> => {
  const me = await door.signedIn(who);
  const page = await me.send(await typeIn(me, contact), {});
  return { me, page, id: pageAt(page) };
};
const projectOf = async (id: string) => {
  const project = await desk.parts.projects.byId(id);
  if (!project) throw new Error(`no project ${id}`);
  return project;
};
const sendMail = async (project: string): Promise<string[]> => {
  const owed = await desk.parts.deliveries.ofProject(project);
  const sent = [];
  for (const { id } of owed) sent.push(await desk.services.sendDelivery(id));
  return sent;
};

describe('entering a project for somebody', () => {
  it.each(['anne', 'lea', 'marie'] as const)('goes from the first question to the receipt for %s', async (who) => {
    const { page, id } = await enter(who);
    expect(page.text).toContain('TILTAM');
    expect(page.text).toContain('Une personne vous appelle avant mercredi 25 novembre');
    const project = await projectOf(id);
    expect(project.reference).toMatch(/^26-/);
    expect(page.text).toContain(project.reference);
    expect(project).toMatchObject({ channel: 'telephone', contact: { email: null, phone: '04 73 80 00 01' } });
    expect(project.consent).toMatchObject({ by: who, how: 'said', at: MONDAY });
    const [submitted, referred] = await desk.parts.events.ofProject(id);
    expect(submitted).toMatchObject({ type: 'submitted', actor: { role: expect.any(String), account: who } });
    expect(referred).toMatchObject({ type: 'referred', actor: { role: 'system' }, partner: 'ti-tiltam' });
  });
});
