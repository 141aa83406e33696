import { TooMany } from '../../../src/errors.js';
import { addressOf, keepWithin } from '../../../src/web/middleware/limitRate.js';

describe('where a request comes from', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    [undefined, ''],
  ])('%s counts as %s', (ip, expected) => {
    expect(addressOf({ ip })).toBe(expected);
  });
});

describe('keeping within the limits', () => {
  const given: string[] = [];
  const refusing = (refused: string) => ({
    take: async (name: string) => ({ allowed: name !== refused, retryInSeconds: name === refused ? 61 : 0 }),
    giveBack: async (name: string, key: string) => void given.push(`${name} ${key}`),
  });
  const uses: Parameters<typeof keepWithin>[1] = [
    ['lost-links-from-address', '192.0.2.7'],
    ['lost-links-of-email', 'camille@example.org'],
  ];

  it('lets pass what is within all of them', async () => {
    await expect(keepWithin(refusing('none'), uses)).resolves.toBeUndefined();
  });

  it('throws what says when to try again', async () => {
    const refused = keepWithin(refusing('lost-links-of-email'), uses);
    await expect(refused).rejects.toThrow(TooMany);
    await expect(refused).rejects.toMatchObject({ status: 429, retryInSeconds: 61 });
    expect(given).toEqual(['lost-links-from-address 192.0.2.7']);
    await expect(refused).rejects.toThrow('Réessayez dans 2\u00a0minutes. Vos réponses sont gardées.');
  });
});
