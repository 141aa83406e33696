import autocannon from 'autocannon';
import { SERVER_LIMITS } from '../../../src/boundedServer.js';
import type { Side as Measured } from '../benchmark.js';

const CONNECTIONS = 10;
/** A connection ends after so many, and autocannon would go on: it is told to open another one, as browsers do. On both sides. */
const REQUESTS_A_CONNECTION = SERVER_LIMITS.maxRequestsPerSocket;

export interface Asked {
  url: string;
  /** The status that every answer must have. */
  status: number;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Answers a second to the same request, over ten connections that stay open as long as the server lets them. Throws when one is not what it should be. */
export const answersPerSecond =
  ({ url, status, method = 'GET', headers = {}, body }: Asked): Measured =>
  async (milliseconds) => {
    const sent = body === undefined ? headers : { ...FORM, ...headers };
    const result = await autocannon({
      url,
      method,
      headers: sent,
      ...(body !== undefined && { body }),
      connections: CONNECTIONS,
      reconnectRate: REQUESTS_A_CONNECTION,
      duration: milliseconds / 1000,
    });
    return judged(result, status);
  };

/** Answers a second to requests that are each sent once, over ten connections that stay open. */
export const onceEach = async (
  url: string,
  status: number,
  requests: { headers: Record<string, string>; body: string }[],
): Promise<number> => {
  let connection = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    amount: requests.length,
    // It looks so often, in milliseconds, whether all are answered, and ends then.
    sampleInt: 10,
    setupClient: (client) => {
      const own = requests.filter((_, place) => place % CONNECTIONS === connection);
      connection += 1;
      client.setRequests(own.map(({ headers, body }) => ({ method: 'POST', headers: { ...FORM, ...headers }, body })));
    },
  });
  return judged(result, status);
};

const judged = (result: autocannon.Result, status: number): number => {
  const { errors, timeouts } = result;
  const counts = Object.entries(result.statusCodeStats ?? {}) as [string, { count: number }][];
  const others = counts.filter(([code]) => Number(code) !== status);
  const expected = counts.find(([code]) => Number(code) === status)?.[1].count ?? 0;
  if (errors + timeouts > 0 || others.length > 0 || expected === 0)
    throw new Error(
      `${result.url}: ${errors} errors, ${timeouts} time-outs, ${JSON.stringify(result.statusCodeStats ?? {})}`,
    );
  const took = (new Date(result.finish).getTime() - new Date(result.start).getTime()) / 1000;
  return expected / took;
};
