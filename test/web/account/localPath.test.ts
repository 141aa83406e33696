import { localPath } from '../../../src/web/account/localPath.js';

const HERE = 'http://here.invalid';

it.each([
  ['/dossiers', '/dossiers'],
  ['/dossiers?q=a&page=2', '/dossiers?q=a&page=2'],
  ['/dossiers/../equipe', '/equipe'],
  ['/pilotage?suite=//elsewhere.example.org', '/pilotage?suite=//elsewhere.example.org'],
])('%s leads to a page of ours', (address, expected) => {
  expect(localPath(address)).toBe(expected);
});

const ELSEWHERE = [
  ...[
    '',
    ' ',
    'dossiers',
    '?q=a',
    '#a',
    'https://elsewhere.example.org',
    'HTTPS://elsewhere.example.org',
    '//elsewhere.example.org',
  ],
  ...['///elsewhere.example.org', '////elsewhere.example.org', '/\\elsewhere.example.org', '\\\\elsewhere.example.org'],
  ...[
    '/\\/elsewhere.example.org',
    '\\/elsewhere.example.org',
    '/\t/elsewhere.example.org',
    '/\n/elsewhere.example.org',
  ],
  ...[
    '/\r\n/elsewhere.example.org',
    '\t//elsewhere.example.org',
    '\u0000//elsewhere.example.org',
    ' //elsewhere.example.org',
  ],
  ...[
    '/ /elsewhere.example.org',
    'http:elsewhere.example.org',
    'https:/elsewhere.example.org',
    'https:\\\\elsewhere.example.org',
  ],
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
  ],
  ...[
    'vbscript:x',
    'file:///etc/passwd',
    'mailto:a@example.org',
    'ftp://elsewhere.example.org',
    '@elsewhere.example.org',
  ],
  ...[
    'user:pass@elsewhere.example.org',
    '.elsewhere.example.org',
    '/..//elsewhere.example.org',
    '/.//elsewhere.example.org',
  ],
  ...['/a/..//elsewhere.example.org', '/%2e%2e//elsewhere.example.org', '/\u00a0/elsewhere.example.org'],
  ...[
    '/dossiers\r\nSet-Cookie: session=x',
    '/dossiers\u2028',
    '/\u0085/elsewhere.example.org',
    '\ufeff//elsewhere.example.org',
  ],
];

it('has enough addresses that try to lead elsewhere', () => expect(ELSEWHERE.length).toBeGreaterThanOrEqual(40));
it.each(ELSEWHERE)('%j leads nowhere else', (address) => {
  expect(localPath(address)).toBeNull();
});

it('whatever it gives stays on this site, also when a browser reads it again', () => {
  const parts = [
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '%5c',
    '@',
    ':',
    '?',
    '#',
    'elsewhere.example.org',
    '//',
    '%09',
    ';',
    'a',
  ];
  const one = (seed: number): string => {
    let rest = seed;
    return Array.from({ length: 6 }, () => {
      const part = parts[rest % parts.length] ?? '';
      rest = Math.floor(rest / 7) + rest;
      return part;
    }).join('');
  };
  for (let seed = 0; seed < 5000; seed += 1) {
    const given = localPath(`/${one(seed)}`);
    if (given !== null) expect(new URL(given, HERE).origin).toBe(HERE);
  }
});
