import mongoose from 'mongoose';
import { startTestStore } from '../../support/startStore.js';

let store: Awaited<ReturnType<typeof startTestStore>>;
let connection: mongoose.Connection;

beforeAll(async () => {
  store = await startTestStore();
  connection = await mongoose.createConnection(store.uri).asPromise();
});

afterAll(async () => {
  await connection.close();
  await store.stop();
});

const schema = new mongoose.Schema(
  {
    name: { type: String, required: true, unique: true },
    stage: String,
    tags: [String],
    version: { type: Number, default: 0 },
    history: [{ at: Date, what: String }],
  },
  { timestamps: true },
);

test('a document is created, found, changed and deleted through Mongoose', async () => {
  const Project = connection.model('Project', schema);
  await Project.init();
  const created = await Project.create({ name: 'Atelier', stage: 'idea', tags: ['bois'] });
  const found = await Project.findById(created._id).lean();
  expect(found).toMatchObject({ name: 'Atelier', stage: 'idea', tags: ['bois'], version: 0 });
  created.stage = 'launch';
  created.tags.push('neuf');
  await created.save();
  expect(await Project.findOne({ tags: 'neuf' }).lean()).toMatchObject({ stage: 'launch', tags: ['bois', 'neuf'] });
  const updated = await Project.findOneAndUpdate(
    { name: 'Atelier', version: 0 },
    { $inc: { version: 1 } },
    { returnDocument: 'after' },
  );
  expect(updated!.version).toBe(1);
  expect(await Project.countDocuments({ stage: 'launch' })).toBe(1);
  expect(await Project.estimatedDocumentCount()).toBe(1);
  await Project.deleteOne({ name: 'Atelier' });
  expect(await Project.exists({ name: 'Atelier' })).toBeNull();
});
