import { randomUUID } from 'node:crypto';
import { completeAnswers } from '../support/answers.js';
import { type Answer, type Browser, besiege, type Siege } from '../support/besiege.js';

/** OWASP A03 (2021), A05 (2025): what is typed stays text, in queries, pages, headers, templates and e-mails. */
const MARKUP = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '<svg/onload=alert(1)>',
  '<svg><animate onbegin=alert(1) attributeName=x></svg>',
  '<body onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<math><mtext></p><img src=x onerror=alert(1)>',
  '" autofocus onfocus="alert(1)',
  "' onmouseover='alert(1)",
  '<a href="javascript:alert(1)">cliquez</a>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '\u003cscript\u003ealert(1)\u003c/script\u003e',
  '＜script＞alert(1)＜/script＞<b>',
  '<form action=https://evil.example.org><button>ok</button></form>',
  '<base href="https://evil.example.org/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example.org">',
  '<link rel=stylesheet href=//evil.example.org/x.css>',
];
const TEMPLATES = [
  '<%= process.env.SESSION_SECRETS %>',
  '<%- include("/etc/passwd") %>',
  '#{1301*1303}',
  '{{1301*1303}}',
  '$' + '{1301*1303}',
  '{{constructor.constructor("return process")()}}',
  '*{T(java.lang.Runtime).getRuntime().exec("id")}',
];
const QUERIES = [
  "' OR '1'='1",
  "'; DROP TABLE projects; --",
  '1; return true',
  "this.constructor.constructor('return process')()",
  '{"$gt":""}',
  '{"$where":"sleep(1000)"}',
  '[$ne]',
  '.*',
  '^(a+)+$',
  '(((((((((((a*)*)*)*)*)*)*)*)*)*)*)',
  '\\',
  '%00',
  '\u0000',
  '*)(uid=*))(|(uid=*',
];
const COMMANDS = ['; cat /etc/passwd', '| id', '`id`', '$(id)', '&& ping -c 1 127.0.0.1', '../../../../etc/passwd'];
const HEADERS = [
  'x\r\nSet-Cookie: injected=1',
  'x\nBcc: other@example.org',
  'x%0d%0aX-Injected: 1',
  '\u2028X-Injected: 1',
];
const PAYLOADS = [...MARKUP, ...TEMPLATES, ...QUERIES, ...COMMANDS, ...HEADERS];

/** Every second one: each meets half of the places, and each place half of them. */
const shareOf = (place: number): string[] => PAYLOADS.filter((_payload, i) => (i + place) % 2 === 0);

let siege: Siege;
let anne: Browser;
let marie: Browser;
/** Has answered everything. */
let halfway: Browser;

const withAnswers = async (): Promise<Browser> => {
  const visitor = siege.browser();
  await visitor.get('/projet/besoins');
  const secret =
    decodeURIComponent(visitor.cookies.get('visiteur') ?? '')
      .slice(2)
      .split('.')[0] ?? '';
  await siege.desk.parts.drafts.save(secret, completeAnswers(), new Date(), { language: 'fr' });
  return visitor;
};

beforeAll(async () => {
  siege = await besiege();
  anne = await siege.signedIn('anne');
  marie = await siege.signedIn('marie');
  halfway = await withAnswers();
});
afterAll(() => siege.stop());

/** Nothing of it runs, nothing of it became a header, and nothing broke. */
const faultOf = ({ status, headers, body }: Answer, payload: string): string | null => {
  if (status >= 500 || status === 0) return `answered ${status}`;
  if (/[<>"']/.test(payload) && body.includes(payload)) return 'is in the page as it was typed';
  if (
    /<script(?! src="\/|\s+type="module" src="\/)[\s>]/i.test(body) ||
    /\son\w+=alert/i.test(body.replace(/&[#\w]+;[^<]*/g, ''))
  )
    return 'runs';
  if (headers['x-injected'] || (headers['set-cookie'] ?? []).some((line) => line.startsWith('injected')))
    return 'became a header';
  if (/evil\.example\.org/.test(headers.location ?? '') && !(headers.location ?? '').startsWith('/'))
    return 'leads away';
  if (/root:x:0|uid=0\(root\)|a secret for tests only|1695203/.test(body)) return 'was carried out';
  return null;
};

const inQuery = (payload: string): string => encodeURIComponent(payload);

describe('what is typed', () => {
  const places: Record<string, (payload: string) => Promise<Answer>> = {
    'the search of the queue': (text) => anne.get(`/dossiers?q=${inQuery(text)}`),
    'a filter of the queue': (text) => anne.get(`/dossiers?besoin=${inQuery(text)}&panier=${inQuery(text)}`),
    'the place in a list': (text) => anne.get(`/dossiers?apres=${inQuery(text)}`),
    'the period of the figures': (text) => marie.get(`/pilotage?periode=${inQuery(text)}&partenaire=${inQuery(text)}`),
    'the name of a figure': (text) => marie.get(`/pilotage/chiffres/${inQuery(text)}`),
    'a place of the questionnaire': (text) => siege.browser().get(`/projet/${inQuery(text)}`),
    'a search of communes': (text) => siege.browser().get(`/communes?q=${inQuery(text)}`),
    'an entry link': (text) => siege.browser().get(`/?via=${inQuery(text)}`),
    'the page to come back to': (text) => siege.browser().get(`/connexion?suite=${inQuery(text)}`),
    'the secret of a link': (text) => siege.browser().get(`/suivi/${inQuery(text)}`),
    'a referral': (text) => anne.get(`/dossiers/${inQuery(text)}`),
    'signing in': (text) => siege.browser().post('/connexion', { email: text, password: text, suite: text }),
    'a lost link': (text) => siege.browser().post('/lien-perdu', { email: text }),
    'a step of the questionnaire': (text) => halfway.post('/projet/projet', { title: text, summary: text, link: text }),
    'the answers read over': async (text) => {
      await halfway.post('/projet/projet', {
        title: `Un projet ${text}`,
        summary: `Un résumé assez long ${text}`,
        link: '',
      });
      return halfway.get('/projet/verification');
    },
    'a saved view': (text) => anne.post('/dossiers/vues', { name: text, adresse: text }, '/dossiers'),
  };

  it.each(Object.entries(places).map(([place, send], number) => [place, send, number] as const))(
    'stays text: %s',
    async (_place, send, number) => {
      const faults: string[] = [];
      for (const payload of shareOf(number)) {
        const fault = faultOf(await send(payload), payload);
        if (fault) faults.push(`${payload} ${fault}`);
      }
      expect(faults).toEqual([]);
    },
    120_000,
  );

  it('stays text where others read it: a message of the holder, a note of an advisor', async () => {
    const faults: string[] = [];
    const holder = siege.browser();
    const address = `/suivi/${siege.token}`;
    for (const payload of shareOf(0).filter((text) => text.trim().length > 1)) {
      const sent = await holder.post(`${address}/message`, { text: payload }, address);
      const noted = await anne.post(
        `/dossiers/${siege.id}/notes`,
        { note: payload, once: randomUUID() },
        `/dossiers/${siege.id}`,
      );
      for (const answer of [sent, noted]) {
        const fault = faultOf(answer, payload);
        if (fault) faults.push(`${payload} ${fault}`);
      }
    }
    for (const page of [await holder.get(address), await anne.get(`/dossiers/${siege.id}`)]) {
      expect(page.status).toBe(200);
      for (const payload of MARKUP) {
        const fault = faultOf(page, payload);
        if (fault) faults.push(`read again: ${payload} ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    expect((await anne.get(`/dossiers/${siege.id}`)).body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

describe('operators of the store', () => {
  const SHAPES = ['[$ne]', '[$gt]', '[$regex]', '[$where]', '[$in][]', '[]', '[0]', '.$ne', '[$exists]', '[__proto__]'];

  it('sign nobody in', async () => {
    for (const shape of SHAPES) {
      const visitor = siege.browser();
      const form = `email${encodeURIComponent(shape)}=x&password${encodeURIComponent(shape)}=x`;
      expect((await visitor.post('/connexion', form)).status).toBe(422);
      expect((await visitor.get('/dossiers')).status).toBe(303);
    }
  });

  it('find nothing that was not asked for', async () => {
    for (const shape of SHAPES) {
      const { status, body } = await anne.get(`/dossiers?q${encodeURIComponent(shape)}=zzz`);
      expect(status).toBe(200);
      expect(body).not.toContain('Cast to');
      expect((await siege.browser().get(`/suivi/x?token${encodeURIComponent(shape)}=1`)).status).toBe(404);
    }
  });
});

it('met no answer of the kind 5xx', () => {
  expect(siege.statuses.length).toBeGreaterThan(400);
  expect(siege.statuses.filter((line) => /^5/.test(line))).toEqual([]);
});
