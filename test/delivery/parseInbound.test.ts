import { htmlAsText } from '../../src/delivery/htmlAsText.js';
import { parseInbound } from '../../src/delivery/parseInbound.js';
import { eximBounce, gmailReply, outlookReply, postfixBounce, vacation } from '../support/inboundMail.js';

const TO = 'reponses+0c9b2c1e-7a0f-4a53-9c55-5f0a52a0b4b1@example.org';

describe('a raw message', () => {
  it('gives who wrote, to whom, what it answers, and its text', async () => {
    const mail = await parseInbound(gmailReply({ to: TO }));
    expect(mail).toMatchObject({
      from: 'camille@example.org',
      messageId: '<CAx1@mail.example.com>',
      recipients: [TO],
      references: ['<whatever@desk.example.org>'],
      subject: 'Re: Votre projet « Atelier »',
      attachments: 0,
      report: null,
    });
    expect(mail.text).toContain('Je suis libre jeudi après 14 h. Le devis est à 12 000 €.');
  });

  it('in HTML alone gives its words, and counts files, not the logo of a signature', async () => {
    const mail = await parseInbound(outlookReply({ to: TO.toUpperCase() }));
    expect(mail.recipients).toEqual([TO]);
    expect(mail.text).toContain('Oui, c’est un atelier d’été\u00a0: 40 places.\n\n- deux salles\n- un four\n');
    expect(mail.text).not.toContain('margin');
    expect(mail.attachments).toBe(1);
  });

  it.each([
    ['Postfix', postfixBounce({ to: TO, returned: '<d1@desk.example.org>' }), '5.1.1'],
    ['Exim', eximBounce({ to: TO, returned: '<d1@desk.example.org>' }), '5.0.0'],
  ])('of %s says which address refused, and what came back', async (_server, raw, status) => {
    expect((await parseInbound(raw)).report).toEqual({
      recipients: [
        { action: 'failed', status, addresses: ['camille@example.org'], diagnostic: expect.stringMatching(/^550 /) },
      ],
      returned: '<d1@desk.example.org>',
    });
  });

  it('as long as mail servers allow is read as far as people write', async () => {
    const text = Buffer.from('From: a@example.com\r\nContent-Type: text/plain\r\n\r\nBonjour.\r\n');
    const since = performance.now();
    const mail = await parseInbound(Buffer.concat([text, Buffer.alloc(10 * 1024 * 1024, 'x\r\n')]));
    expect(mail.text.slice(0, 12)).toBe('Bonjour.\nx\nx');
    expect(mail.text.length).toBeLessThan(200_001);
    expect(performance.now() - since).toBeLessThan(15_000);
  });

  it('that is no report has none', async () => {
    expect((await parseInbound(vacation(TO, 'exchange'))).report).toBeNull();
    expect(await parseInbound(Buffer.from('nothing of a message'))).toMatchObject({ from: '', messageId: null });
  });
});

describe('a message that was written to do harm', () => {
  const HEAD = 'From: a@example.com\r\nMessage-ID: <1@example.com>\r\n';
  const filled = (piece: string): string => piece.repeat(Math.floor((512 * 1024) / piece.length));
  const REPORT = `${HEAD}Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n`;

  it.each([
    ['one header over and over', `${filled('a:\r\n')}\r\nx`],
    ['one header over and over, as many as are read', `${'a:\r\n'.repeat(30_000)}\r\nx`],
    ['groups within groups of addresses', `To: ${filled('a:')}\r\n\r\nx`],
    ['thousands of parts', `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${filled('--b\r\n\r\nx\r\n')}`],
    ['quotes within quotes', `${HEAD}Content-Type: text/html\r\n\r\n${filled('<blockquote>x<br>')}`],
    ['lines that flow', `${HEAD}Content-Type: text/plain; format=flowed\r\n\r\n${filled('a \r\n')}`],
    ['empty lines', `${REPORT}${filled('\n \n')}`],
    ['base64 that is none', `${HEAD}Content-Transfer-Encoding: base64\r\n\r\n${filled('=A')}`],
    [
      'thousands of recipients',
      REPORT + filled('Action: failed\r\nStatus: 5.1.1\r\nFinal-Recipient: rfc822;a@b\r\n\r\n'),
    ],
  ])('of %s keeps nobody waiting', async (_what, raw) => {
    const since = performance.now();
    await parseInbound(Buffer.from(raw)).catch(() => null);
    expect(performance.now() - since).toBeLessThan(6000);
  });

  it('names no more than anybody looks up', async () => {
    const ids = Array.from({ length: 3000 }, (_, i) => `<${i}@example.com>`).join(' ');
    const { references } = await parseInbound(Buffer.from(`${HEAD}References: ${ids}\r\nIn-Reply-To: <x@y>\r\n\r\nx`));
    expect(references.slice(0, 2)).toEqual(['<x@y>', '<2999@example.com>']);
    expect(references.length).toBeLessThan(30);
    const block = 'Final-Recipient: rfc822;a@b, c@d\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n';
    const { report } = await parseInbound(Buffer.from(`${REPORT}${block.repeat(500)}--b--`));
    expect(report?.recipients.length).toBeLessThan(30);
    expect(report?.recipients[0]?.addresses).toEqual(['a@b']);
  });

  it('has no address longer than addresses are', async () => {
    const mail = await parseInbound(Buffer.from(`From: ${'a'.repeat(5000)}@example.com\r\n\r\nx`));
    expect(mail.from).toBe('');
  });

  it('shows no sign that turns the words around it, nor begins a line in its subject', async () => {
    const subject = 'Subject: =?utf-8?Q?Un=0D=0ABcc:_deux=E2=80=AE?=';
    const text = 'Un\u202edeux\u0000\u001b[31m trois\u2066\r\nquatre';
    const mail = await parseInbound(
      Buffer.from(`${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`),
    );
    expect(mail.subject).toBe('Un Bcc: deux');
    expect(mail.text).toBe('Undeux[31m trois\nquatre');
  });
});

describe('words of HTML', () => {
  it.each([
    ['<p>Un</p><p>Deux</p>', 'Un\n\nDeux'],
    ['Un<br>deux<br/>trois', 'Un\ndeux\ntrois'],
    ['<div>Un</div><blockquote>Deux<br>trois</blockquote>Quatre', 'Un\n> Deux\n> trois\nQuatre'],
    ['<script>alert(1)</script><style>p{}</style>Un<!-- deux -->', 'Un'],
    ['3 &lt; 4 &amp; 5 &#x20AC; &eacute;&unknown;', '3 < 4 & 5 € é&unknown;'],
    ['un <b', 'un <b'],
    ['<table><tr><td>Un</td><td>deux</td></tr><tr><td>trois</td></tr></table>', 'Un deux\ntrois'],
  ])('%s', (html, text) => {
    expect(htmlAsText(html)).toBe(text);
  });

  it('stay about as long as they were, however deep the quotes', () => {
    const html = '<blockquote>'.repeat(8000) + '<br>'.repeat(25_000);
    expect(htmlAsText(html).length).toBeLessThan(2_000_000);
  });

  it('are found in no time, whatever it is', () => {
    for (const html of [
      '<a'.repeat(100_000),
      '<!--'.repeat(50_000),
      '<blockquote>'.repeat(15_000),
      '&#'.repeat(100_000),
    ]) {
      const since = performance.now();
      htmlAsText(html);
      expect(performance.now() - since).toBeLessThan(1500);
    }
  });
});
