import { normaliseAddress } from '../../../src/domain/questionnaire/webAddress.js';

describe('the address of a web page', () => {
  test.each([
    ['example.org', 'https://example.org/'],
    ['www.example.org/a?b=c#d', 'https://www.example.org/a?b=c#d'],
    ['http://example.org/', 'http://example.org/'],
    ['HTTPS://Example.ORG/Vélo', 'https://example.org/V%C3%A9lo'],
    ['example.org:8080/page', 'https://example.org:8080/page'],
    ['https://vélo.example.org', 'https://xn--vlo-bma.example.org/'],
  ])('%s is kept as %s, and kept again', (typed, kept) => {
    expect(normaliseAddress(typed)).toBe(kept);
    expect(normaliseAddress(kept)).toBe(kept);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<b>',
    'mailto:a@example.org',
    'ftp://example.org',
    'https:/example.org',
    'https://',
    'http://localhost/',
    'http://127.0.0.1/',
    'http://[::1]/',
    'https://user:secret@example.org/',
    'https://example.org@evil.example/',
    'deux mots.fr',
    'monsite',
    `example.org/${'x'.repeat(300)}`,
  ])('%s is refused', (typed) => {
    expect(normaliseAddress(typed)).toBeNull();
  });
});
