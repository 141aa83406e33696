import { connect } from 'node:net';

// One browser without JavaScript on a connection that it keeps, as cheap as can be: it must not be slower than what it measures.

/** What a project holder does, over and over: pages, the first steps of the questionnaire, the communes as they are typed. */
const VISIT = [
  ['GET', '/'],
  ['GET', '/css/desk.css'],
  ['GET', '/partenaires'],
  ['GET', '/projet/besoins'],
  ['POST', '/projet/besoins', 'needs=industry-of-the-future&needs=skills'],
  ['GET', '/projet/besoin-principal'],
  ['POST', '/projet/besoin-principal', 'mainNeed=industry-of-the-future'],
  ['GET', '/projet/avancement'],
  ['POST', '/projet/avancement', 'stage=industrialisation'],
  ['GET', '/communes?q=thi'],
];

const requestOf = (client, [method, path, form]) => {
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: localhost',
    `X-Forwarded-For: ${client.address}`,
    `Cookie: ${[...client.cookies].map((pair) => pair.join('=')).join('; ')}`,
  ];
  if (!form) return `${head.join('\r\n')}\r\n\r\n`;
  const body = `_csrf=${encodeURIComponent(client.token)}&${form}`;
  head.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`);
  return `${head.join('\r\n')}\r\n\r\n${body}`;
};

/** The whole answer, once it is there. Every answer of the visit says how long it is. */
const answerIn = (received) => {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = received.slice(0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  if (received.length < end + 4 + length) return null;
  return { status: Number(head.slice(9, 12)), head, body: received.slice(end + 4, end + 4 + length) };
};

const learn = (client, { head, body }) => {
  for (const [, name, value] of head.matchAll(/\r\nset-cookie: ([^=]+)=([^;\r]*)/gi)) client.cookies.set(name, value);
  client.token = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? client.token;
};

/**
 * A client that comes from an address of its own. `next(tell)` sends the next request of its visit, the same again when the last
 * one was refused; `tell({ status, head, milliseconds })` is called once, with status 0 when the connection broke.
 */
export const loadClient = (port, number) => {
  const client = {
    address: `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
    cookies: new Map(),
    token: '',
  };
  let socket = null;
  let step = 0;
  let received = '';
  let done = null;

  const finish = (answer) => {
    const tell = done;
    done = null;
    received = '';
    tell?.(answer);
  };
  const open = () => {
    const fresh = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
    fresh.on('data', (chunk) => {
      received += chunk;
      const answer = answerIn(received);
      if (!answer) return;
      learn(client, answer);
      if (/\r\nconnection: close/i.test(answer.head)) leave();
      // 403: the token went with a page that was refused; the visit begins again.
      if (answer.status < 400) step = (step + 1) % VISIT.length;
      else if (answer.status !== 503) step = 0;
      finish(answer);
    });
    fresh.on('error', () => undefined);
    fresh.on('close', () => {
      if (socket !== fresh) return;
      socket = null;
      finish({ status: 0, head: '' });
    });
    return fresh;
  };
  const leave = () => {
    const old = socket;
    socket = null;
    old?.end();
  };

  return {
    next(tell) {
      const begun = performance.now();
      done = (answer) => tell({ ...answer, milliseconds: performance.now() - begun });
      socket ??= open();
      socket.write(requestOf(client, VISIT[step]));
    },
    leave,
  };
};
