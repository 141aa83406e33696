import { CUTLER, fillIn, sendProject } from '../../support/fillIn.js';
import { type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ limits: true });
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

/** All of one e-mail, and so different from one another that none is taken for the same project. */
const project = (word: string): typeof CUTLER => ({
  ...CUTLER,
  projet: { title: `Un projet ${word}`, summary: `${`${word} `.repeat(20)}pour notre atelier.` },
});

it('the second click on the last project allowed shows its receipt too; one more project waits', async () => {
  for (const word of ['eau', 'bois', 'verre', 'laine']) await sendProject(door.visitor(), project(word));
  const visitor = door.visitor();
  const check = await fillIn(visitor, project('papier'));
  const receipts = await Promise.all([visitor.send(check, {}), visitor.send(check, {}), visitor.send(check, {})]);
  expect(receipts.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await desk.parts.projects.model.countDocuments()).toBe(5);

  const refused = await visitor.send(await fillIn(visitor, project('cuir')), {});
  expect(refused.status).toBe(429);
  expect(await desk.parts.projects.model.countDocuments()).toBe(5);
});

it('who is refused and tries again leaves the others of the same address their places', async () => {
  const visitor = door.visitor();
  const check = await fillIn(visitor, project('liège'));
  for (let i = 0; i < 6; i += 1) expect((await visitor.send(check, {})).status).toBe(429);
  const contact = { ...CUTLER['contact'], email: 'voisine@example.org' };
  const neighbour = await sendProject(door.visitor(), { ...project('résine'), contact });
  expect(neighbour.url).toContain('/suivi/');
});
