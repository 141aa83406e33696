import { readConfig, requireAddresses } from '../src/config.js';

describe('settings', () => {
  it('have a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      mailFrom: 'no-reply@localhost',
      mongodbUrl: null,
      mailboxPort: 1080,
      demo: true,
      production: false,
    });
  });

  it('take an empty value for one that is not given', () => {
    expect(readConfig({ PORT: '', MONGODB_URL: '' })).toMatchObject({ port: 3000, mongodbUrl: null });
  });

  it('report every bad name at once', () => {
    const read = () => readConfig({ PORT: 'many', REDIS_URL: 'http://x', DEMO: 'maybe', SESSION_SECRETS: 'short' });
    expect(read).toThrow(/PORT.*REDIS_URL.*SESSION_SECRETS.*DEMO/s);
  });

  it('say which addresses a web or worker process lacks', () => {
    expect(() => requireAddresses(readConfig({ REDIS_URL: 'redis://127.0.0.1:1' }))).toThrow(
      /MONGODB_URL, SMTP_URL, SESSION_SECRETS missing/,
    );
  });

  it('take the sender and the links from the public address', () => {
    const config = readConfig({ PUBLIC_URL: 'https://porte.example.org/' });
    expect(config).toMatchObject({ publicUrl: 'https://porte.example.org', mailFrom: 'no-reply@porte.example.org' });
  });
});
