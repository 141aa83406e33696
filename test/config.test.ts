import { readConfig, readTracing, requireAddresses } from '../src/config.js';

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

  it('take no token that a header could not show', () => {
    expect(() => readConfig({ METRICS_TOKEN: 'a token for those who watch, long enough' })).toThrow(
      /METRICS_TOKEN.*no space/,
    );
    expect(() => readConfig({ METRICS_TOKEN: 'short' })).toThrow(/METRICS_TOKEN/);
  });

  it('tell where traces go before all else, and leave what cannot be used to the others', () => {
    const endpoint = 'http://collector.example.org:4318';
    expect(readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })).toEqual({
      endpoint,
      serviceName: 'porte-entree-innovation',
    });
    expect(readTracing({})).toBeNull();
    expect(readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeNull();
    expect(readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).toBeNull();
    expect(() => readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).toThrow(/OTEL_EXPORTER_OTLP_ENDPOINT/);
  });

  it('say which addresses a web or worker process lacks', () => {
    expect(() => requireAddresses(readConfig({ REDIS_URL: 'redis://127.0.0.1:1' }))).toThrow(
      /MONGODB_URL, SMTP_URL, SESSION_SECRETS missing/,
    );
  });

  it.each([
    'redis://127.0.0.1:6379',
    'rediss://user:p%40ss@redis.example.org:6380/1',
    'redis://:p%40ss@10.0.0.1:6379,redis://:p%40ss@10.0.0.2:6379',
    'rediss://:p%40ss@a.example.org,b.example.org:6380, c.example.org',
    'redis+sentinel://:p%40ss@10.0.0.1:26379,10.0.0.2/desk',
    'rediss+sentinel://a.example.org/desk?sentinelPassword=p%40ss',
  ])('take one Redis, a cluster or sentinels: %s', (address) => {
    expect(readConfig({ REDIS_URL: address }).redisUrl).toBe(address);
  });

  it.each([
    'nowhere',
    'http://10.0.0.1:6379',
    '10.0.0.1,10.0.0.2',
    'redis://10.0.0.1,',
    'redis://10.0.0.1,http://10.0.0.2',
    'redis://10.0.0.1/1,redis://10.0.0.2/1',
    'redis://:one@10.0.0.1,redis://:another@10.0.0.2',
    'redis://10.0.0.1:port,redis://10.0.0.2',
    'redis+sentinel://10.0.0.1:26379',
    'redis+sentinel:///desk',
    'redis+sentinel://:%zz@10.0.0.1/desk',
  ])('refuse what is none of them: %s', (address) => {
    expect(() => readConfig({ REDIS_URL: address })).toThrow(/"REDIS_URL" must be like redis:\/\/:password@host/);
  });

  it('take the sender and the links from the public address', () => {
    const config = readConfig({ PUBLIC_URL: 'https://porte.example.org/' });
    expect(config).toMatchObject({ publicUrl: 'https://porte.example.org', mailFrom: 'no-reply@porte.example.org' });
  });

  describe('in production', () => {
    const RANDOM = '9f1c6f0d2b7e4a83c5d817e0b64f29aa5e3d0c7b';
    const inProduction = (settings: Record<string, string>) => () =>
      readConfig({ NODE_ENV: 'production', ...settings });

    it.each([
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'abababababababababababababababababababab',
      'a secret for tests only and long enough',
      'please-change-me-before-going-to-production',
      '0123456789abcdef0123456789abcdef',
    ])('refuse secrets that could be guessed: %s', (weak) => {
      expect(inProduction({ SESSION_SECRETS: weak })).toThrow(/SESSION_SECRETS could be guessed/);
      expect(inProduction({ SESSION_SECRETS: `${RANDOM},${weak}` })).toThrow(/SESSION_SECRETS could be guessed/);
      expect(inProduction({ INBOUND_SECRET: weak })).toThrow(/INBOUND_SECRET could be guessed/);
      const token = weak.replaceAll(' ', '-');
      expect(inProduction({ METRICS_TOKEN: token })).toThrow(/METRICS_TOKEN could be guessed/);
      expect(readConfig({ SESSION_SECRETS: weak }).sessionSecrets).toEqual([weak]);
    });

    it('take random ones, and refuse the demonstration when it is asked for', () => {
      expect(inProduction({ SESSION_SECRETS: RANDOM, INBOUND_SECRET: RANDOM, DEMO: 'no' })().production).toBe(true);
      expect(inProduction({ SESSION_SECRETS: RANDOM, DEMO: 'yes' })).toThrow(/DEMO=yes is not for production/);
      expect(readConfig({ DEMO: 'yes' }).demo).toBe(true);
    });
  });

  describe('of single sign-on', () => {
    const OIDC = {
      OIDC_ISSUER: 'https://provider.example.org/api/v2',
      OIDC_CLIENT_ID: 'front-door',
      OIDC_CLIENT_SECRET: 'a secret of the provider',
      OIDC_NAME: 'ProConnect',
    };

    it('are all given, or none', () => {
      expect(readConfig({}).singleSignOn).toBeNull();
      expect(readConfig(OIDC).singleSignOn).toMatchObject({ issuer: OIDC.OIDC_ISSUER, name: 'ProConnect' });
      expect(() => readConfig({ ...OIDC, OIDC_CLIENT_SECRET: '', OIDC_NAME: '' })).toThrow(
        /OIDC_CLIENT_SECRET, OIDC_NAME\] missing: OIDC_\* go together/,
      );
    });

    it('are https, but on this machine', () => {
      const at = (issuer: string) => readConfig({ ...OIDC, OIDC_ISSUER: issuer }).singleSignOn?.issuer;
      expect(at('http://localhost:4000')).toBe('http://localhost:4000');
      expect(() => at('http://provider.example.org')).toThrow('"OIDC_ISSUER" must be https');
    });
  });
});
