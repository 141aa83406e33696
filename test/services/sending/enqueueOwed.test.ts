import { aSubmission } from '../../support/aSubmission.js';
import { startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

const owedBy = async (redis: boolean) => {
  const desk = await startDesk({ at: MONDAY, redis });
  const { project } = await desk.services.submitProject({ visitor: 'v1', submission: aSubmission() });
  const owed = async () =>
    Object.fromEntries(
      (await desk.parts.deliveries.ofProject(project.id)).map(({ email, enqueuedAt }) => [email, enqueuedAt]),
    );
  return { desk, owed };
};

test('an e-mail remembers since when the queue holds it; one of later, that the queue does not', async () => {
  const { desk, owed } = await owedBy(true);
  expect(await owed()).toMatchObject({ 'holder-receipt': MONDAY, 'advisor-reminder': null });
  await desk.stop();
});

test('without Redis no e-mail is in the queue, and the project is there all the same', async () => {
  const { desk, owed } = await owedBy(false);
  expect(await owed()).toMatchObject({ 'holder-receipt': null });
  await desk.stop();
});
