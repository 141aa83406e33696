// A process of its own that sends requests to a port of this machine and says what came of them. Its parent sends one message,
// { port, seconds, clients } or { port, seconds, rate }, and gets one back.
import { createHistogram } from 'node:perf_hooks';
import { loadClient } from './loadClient.mjs';

/** At the same time, at most: so many people who all wait for an answer. */
const MOST_CLIENTS = 1500;

const tally = () => {
  const accepted = createHistogram();
  const shed = createHistogram();
  const statuses = {};
  let withoutHint = 0;
  return {
    note({ status, head, milliseconds }) {
      statuses[status] = (statuses[status] ?? 0) + 1;
      (status === 503 ? shed : accepted).record(Math.max(1, Math.round(milliseconds * 1000)));
      if (status === 503 && !/\r\nretry-after: \d+/i.test(head)) withoutHint += 1;
    },
    result: () => {
      const of = (histogram) => ({
        count: histogram.count,
        p50: histogram.percentile(50) / 1000,
        p95: histogram.percentile(95) / 1000,
        p99: histogram.percentile(99) / 1000,
      });
      return { statuses, withoutHint, accepted: of(accepted), shed: of(shed) };
    },
  };
};

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Each client sends its next request as soon as it has the answer: what the desk can do. */
const asQuickAsItGoes = async ({ port, seconds, clients }) => {
  const { note, result } = tally();
  const until = performance.now() + seconds * 1000;
  const everybody = Array.from({ length: clients }, (_, i) => loadClient(port, i + 1));
  const visit = (client) =>
    new Promise((left) => {
      const told = (answer) => {
        note(answer);
        if (performance.now() < until) client.next(told);
        else left(client.leave());
      };
      client.next(told);
    });
  await Promise.all(everybody.map(visit));
  return result();
};

/** So many requests a second whatever becomes of them, as people come: whoever waits is not asked to send the next one. */
const soManyASecond = async ({ port, seconds, rate }) => {
  const { note, result } = tally();
  const free = [];
  let clients = 0;
  let sent = 0;
  let answered = 0;
  let unsent = 0;
  const begun = performance.now();
  const send = () => {
    if (free.length === 0 && clients === MOST_CLIENTS) {
      unsent += 1;
      return;
    }
    if (free.length === 0) {
      clients += 1;
      free.push(loadClient(port, clients));
    }
    const client = free.shift();
    sent += 1;
    client.next((answer) => {
      answered += 1;
      note(answer);
      free.push(client);
    });
  };
  while (performance.now() - begun < seconds * 1000) {
    const due = ((performance.now() - begun) / 1000) * rate;
    while (sent + unsent < due) send();
    await wait(5);
  }
  for (let waited = 0; answered < sent && waited < 10_000; waited += 20) await wait(20);
  for (const client of free) client.leave();
  return { ...result(), sent, unsent, unanswered: sent - answered, clients };
};

process.once('message', async (order) => {
  process.send(order.rate ? await soManyASecond(order) : await asQuickAsItGoes(order));
  process.disconnect();
});
