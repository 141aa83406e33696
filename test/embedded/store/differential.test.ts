import { compareWithModel } from '../differential/compareWithModel.js';

/** `npm run bench -- store-model` does 20 000. */
test('1 500 random writes and queries are answered as an array read from end to end would answer', async () => {
  const { finds, explained, indexed, refused } = await compareWithModel(1500, 9);
  expect(finds).toBeGreaterThan(500);
  expect(indexed).toBeGreaterThan(explained / 3);
  expect(refused).toBeGreaterThan(5);
});
