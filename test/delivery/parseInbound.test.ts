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
