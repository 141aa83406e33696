// A process that migrates, as built, slowly enough to be killed in the middle: tells its parent after the second batch.
import { migrationsOn } from '../../dist/src/data/migrations/migrate.js';
import { openStore } from '../../dist/src/data/store.js';

const [rows, atATime] = [Number(process.env.ROWS), Number(process.env.AT_A_TIME)];
const countRows = {
  id: '0001-countRows',
  run: async ({ connection, place, keepPlace }) => {
    for (let from = Number(place ?? 0); from < rows; from += atATime) {
      await connection
        .collection('rows')
        .updateMany({ _id: { $gte: from, $lt: from + atATime } }, { $inc: { seen: 1 } });
      await keepPlace(String(from + atATime));
      if (from > 0) process.send('in the middle');
      await new Promise((slowly) => setTimeout(slowly, 50));
    }
  },
};

const { connection } = await openStore(process.env.MONGODB_URL);
process.on('disconnect', () => process.exit(0));
await migrationsOn(connection, [countRows]).migrate();
