/** Raw messages as mail programs and mail servers write them, shortened. Lines end as on the wire. */
interface Wire {
  /** Address of ours that it is sent to. */
  to: string;
  from?: string;
  /** Without angle brackets. */
  messageId?: string;
}

const wire = (lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');

/** UTF-8, as mail programs write it in seven bits. */
const quoted = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      const isPlain = (byte >= 32 && byte < 127 && sign !== '=') || sign === '\n';
      return isPlain ? sign : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('')
    .replaceAll('\n', '\r\n');

/** Gmail: both parts, the quote behind an attribution that is broken over two lines. */
export const gmailReply = ({ to, from = 'camille@example.org', messageId = 'CAx1@mail.example.com' }: Wire): Buffer =>
  wire([
    'Return-Path: <camille@example.org>',
    `Delivered-To: ${to}`,
    'Received: from mail-wr1-f50.example.com (mail-wr1-f50.example.com [192.0.2.50])',
    '        by mx.example.org with ESMTPS id 4Xk2; Mon, 23 Nov 2026 10:12:04 +0100 (CET)',
    'MIME-Version: 1.0',
    'In-Reply-To: <whatever@desk.example.org>',
    `From: Camille R <${from}>`,
    'Date: Mon, 23 Nov 2026 10:12:03 +0100',
    `Message-ID: <${messageId}>`,
    'Subject: =?UTF-8?Q?Re=3A_Votre_projet_=C2=AB_Atelier_=C2=BB?=',
    `To: =?UTF-8?Q?Porte_d=E2=80=99entr=C3=A9e_innovation?= <${to}>`,
    'Content-Type: multipart/alternative; boundary="000000000000a1b2"',
    '',
    '--000000000000a1b2',
    'Content-Type: text/plain; charset="UTF-8"',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quoted(
      [
        'Bonjour,',
        '',
        'Je suis libre jeudi après 14 h. Le devis est à 12 000 €.',
        '',
        'Le lun. 23 nov. 2026 à 09:31, Porte d’entrée innovation <',
        'reponses@example.org> a écrit :',
        '',
        '> Votre projet est pris en charge.',
        '>',
        '> Suivre mon projet : https://desk.example.org/suivi/secret',
        '',
      ].join('\n'),
    ),
    '--000000000000a1b2',
    'Content-Type: text/html; charset="UTF-8"',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quoted('<div dir="ltr">Bonjour,<div>Je suis libre jeudi.</div></div>'),
    '--000000000000a1b2--',
    '',
  ]);

/** Outlook: HTML alone, what it answers under a block of headers, one file and the logo of a signature. */
export const outlookReply = ({ to, from = 'camille@example.org', messageId = 'PR3P19@eurprd.example' }: Wire): Buffer =>
  wire([
    `From: Camille R <${from}>`,
    `To: "Porte d'entree innovation" <${to}>`,
    'Subject: =?iso-8859-1?Q?RE=A0:_Votre_projet?=',
    'Thread-Topic: Votre projet',
    `Message-ID: <${messageId}>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="_004_"',
    '',
    '--_004_',
    'Content-Type: multipart/related; boundary="_005_"',
    '',
    '--_005_',
    'Content-Type: text/html; charset="iso-8859-1"',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<html><head><style>P {margin:0}</style></head><body><div class=3D"WordSection1">=',
    '',
    '<p class=3D"MsoNormal">Bonjour,</p><p>Oui, c&#8217;est un atelier d&rsquo;=E9t=E9&nbsp;: <b>40 places</b>.</p>',
    '<ul><li>deux salles</li><li>un four</li></ul>',
    '<p class=3D"MsoNormal"><img src=3D"cid:logo1"></p>',
    '<div style=3D"border-top:solid #E1E1E1 1.0pt"><p><b>De&nbsp;:</b> Porte d&rsquo;entr=E9e<br>',
    '<b>Envoy=E9&nbsp;:</b> lundi 23 novembre 2026 09:31<br><b>=C0&nbsp;:</b> Camille R<br>',
    '<b>Objet&nbsp;:</b> Votre projet</p></div><p>Votre projet est pris en charge.</p></div></body></html>',
    '--_005_',
    'Content-Type: image/png; name="logo.png"',
    'Content-Disposition: inline; filename="logo.png"',
    'Content-ID: <logo1>',
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgo=',
    '--_005_--',
    '--_004_',
    'Content-Type: application/pdf; name="devis.pdf"',
    'Content-Disposition: attachment; filename="devis.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    'JVBERi0xLjQ=',
    '--_004_--',
    '',
  ]);

/** A plain text message of whoever, with whatever headers. */
export const plainMail = (
  { to, from = 'camille@example.org', messageId = 'plain@example.com' }: Wire,
  {
    headers = [],
    subject = 'Re: Votre projet',
    text = 'Bonjour.',
  }: { headers?: string[]; subject?: string; text?: string } = {},
): Buffer =>
  wire([
    ...headers,
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    ...(messageId ? [`Message-ID: <${messageId}>`] : []),
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quoted(text),
    '',
  ]);

interface Bounce {
  /** Where it comes back: the Return-Path of what could not be delivered. */
  to: string;
  /** Who did not get it. */
  recipient?: string;
  /** With angle brackets: of what could not be delivered. */
  returned?: string;
  status?: string;
  action?: string;
  messageId?: string;
}

/** Postfix: a report of three parts, the message itself returned. */
export const postfixBounce = ({
  to,
  recipient = 'camille@example.org',
  returned = '<unknown@desk.example.org>',
  status = '5.1.1',
  action = 'failed',
  messageId = '4Xk2.bounce@mx.example.net',
}: Bounce): Buffer =>
  wire([
    'Return-Path: <>',
    `Delivered-To: ${to}`,
    'Date: Mon, 23 Nov 2026 09:31:12 +0100 (CET)',
    'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    `To: ${to}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="4Xk2.1700000000/mx.example.net"',
    `Message-Id: <${messageId}>`,
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--4Xk2.1700000000/mx.example.net',
    'Content-Description: Notification',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system at host mx.example.net.',
    '',
    `<${recipient}>: host mail.example.org said: 550 5.1.1 <${recipient}>: Recipient address rejected`,
    '',
    '--4Xk2.1700000000/mx.example.net',
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    'X-Postfix-Queue-ID: 4Xk2',
    'Arrival-Date: Mon, 23 Nov 2026 09:31:10 +0100 (CET)',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822;${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    'Remote-MTA: dns; mail.example.org',
    `Diagnostic-Code: smtp; ${status.startsWith('5') ? 550 : 450} ${status} <${recipient}>: Recipient`,
    '    address rejected: User unknown',
    '',
    '--4Xk2.1700000000/mx.example.net',
    'Content-Description: Undelivered Message',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${returned}`,
    'From: "Porte" <no-reply@desk.example.org>',
    `To: ${recipient}`,
    'Subject: Votre projet',
    'Auto-Submitted: auto-generated',
    '',
    'Bonjour,',
    '',
    '--4Xk2.1700000000/mx.example.net--',
    '',
  ]);

/** Exim: only the headers come back, and no Original-Recipient. */
export const eximBounce = ({
  to,
  recipient = 'camille@example.org',
  returned = '<unknown@desk.example.org>',
}: Bounce) =>
  wire([
    'Return-path: <>',
    `Envelope-to: ${to}`,
    'X-Failed-Recipients: camille@example.org',
    'Auto-Submitted: auto-replied',
    'From: Mail Delivery System <Mailer-Daemon@exim.example.net>',
    `To: ${to}`,
    'Content-Type: multipart/report; report-type=delivery-status; boundary=1700-eximdsn-42',
    'MIME-Version: 1.0',
    'Subject: Mail delivery failed: returning message to sender',
    'Message-Id: <E1tEx-0001@exim.example.net>',
    '',
    '--1700-eximdsn-42',
    'Content-type: text/plain; charset=us-ascii',
    '',
    'This message was created automatically by mail delivery software.',
    '',
    '--1700-eximdsn-42',
    'Content-type: message/delivery-status',
    '',
    'Reporting-MTA: dns; exim.example.net',
    '',
    'Action: failed',
    `Final-Recipient: rfc822;${recipient}`,
    'Status: 5.0.0',
    'Remote-MTA: dns; mail.example.org',
    'Diagnostic-Code: smtp; 550 No such user here',
    '',
    '--1700-eximdsn-42',
    'Content-type: text/rfc822-headers',
    '',
    'Received: from desk by exim.example.net with esmtps',
    `Message-ID: ${returned}`,
    'Subject: Votre projet',
    '',
    '',
    '--1700-eximdsn-42--',
    '',
  ]);

/** An absence, as Exchange and as Sieve (RFC 5230) announce it. */
export const vacation = (to: string, program: 'exchange' | 'sieve'): Buffer =>
  plainMail(
    { to, messageId: `vacation.${program}@example.org` },
    program === 'exchange'
      ? {
          headers: [
            'Auto-Submitted: auto-generated',
            'X-Auto-Response-Suppress: All',
            'X-MS-Exchange-Inbox-Rules-Loop: c@e.org',
          ],
          subject: '=?utf-8?Q?R=C3=A9ponse_automatique_:_Votre_projet?=',
          text: 'Je suis absente jusqu’au 30 novembre.',
        }
      : {
          headers: ['Return-Path: <>', 'Auto-Submitted: auto-replied (vacation)', 'Precedence: bulk'],
          text: 'Absente.',
        },
  );
