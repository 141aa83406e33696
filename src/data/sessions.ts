import MongoStore from 'connect-mongo';
import type { Store as SessionStore } from 'express-session';
import type { Store } from './store.js';

/** Where sessions of staff are kept: a collection of the store, emptied of what has expired by its own index. */
export const sessionsOn = (store: Store): SessionStore =>
  MongoStore.create({ client: store.connection.getClient(), collectionName: 'sessions', stringify: false });
