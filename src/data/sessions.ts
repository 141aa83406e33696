import MongoStore from 'connect-mongo';
import type { Store as SessionStore } from 'express-session';
import type { Store } from './store.js';

const COLLECTION = 'sessions';

/** Where sessions of staff are kept: a collection of the store, emptied of what has expired by its own index. */
export const sessionsOn = (store: Store): SessionStore =>
  MongoStore.create({ client: store.connection.getClient(), collectionName: COLLECTION, stringify: false });

/** Signs an account out everywhere. */
export const endSessionsOn =
  ({ connection }: Pick<Store, 'connection'>) =>
  async (account: string): Promise<void> => {
    await connection.collection(COLLECTION).deleteMany({ 'session.account': account });
  };
