/** Of the driver (mongodb) and of Mongoose: nobody answers at the store's address, or not in time. */
const NAMES =
  /^(PoolClearedOnNetworkError|Mongo(ose)?(Network\w*|ServerSelection|PoolCleared\w*|PoolClosed|ServerClosed|TopologyClosed|NotConnected|WaitQueueTimeout|ClientClosed|OperationTimeout)Error)$/;

/** Of the operating system, when a connection breaks while it is written to. */
const BROKEN = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);

/**
 * Answers of a server that stops, starts or hands over to another, forgot a cursor, or has no room left (SERVER's error_codes.yml):
 * trying again later helps, changing the request does not.
 */
const PASSING = new Set([6, 7, 43, 50, 89, 91, 189, 237, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031]);

/** Whether an error of a call of the store says that the store is away, rather than that the call was wrong. */
export const isStoreOutage = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { name, message, code, cause, errorResponse } = error as Error & { code?: unknown; errorResponse?: unknown };
  if (NAMES.test(name) || BROKEN.has(String(code)) || (name.startsWith('Mongo') && PASSING.has(Number(code))))
    return true;
  if (name === 'MongooseError' && /buffering timed out|initial connection/.test(message)) return true;
  // Of many writes at once, the driver tells in the second what cut them.
  return /^This socket has been ended/.test(message) || isStoreOutage(cause) || isStoreOutage(errorResponse);
};
