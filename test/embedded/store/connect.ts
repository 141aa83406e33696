import mongoose from 'mongoose';
import { startTestStore } from '../../support/startStore.js';

/** A store of its own and a Mongoose connection to it, for one test file. */
export async function connectToTestStore(now?: () => Date) {
  const store = await startTestStore(now);
  const connection = await mongoose.createConnection(store.uri).asPromise();
  return {
    uri: store.uri,
    sweep: store.sweep,
    connection,
    collection: (name: string) => connection.db!.collection(name),
    close: async () => {
      await connection.close();
      await store.stop();
    },
  };
}
