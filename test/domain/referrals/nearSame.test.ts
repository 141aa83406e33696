import { isNearSame, likeness } from '../../../src/domain/referrals/nearSame.js';

const ROBOT = {
  title: 'Un robot à l’émouture',
  summary:
    'Nous voulons robotiser une ligne de notre coutellerie à Thiers et former les huit personnes de l’équipe. Nous cherchons de l’aide pour choisir la machine.',
};
const told = (title: string, summary: string) => ({ title, summary });

describe('the same project', () => {
  it.each([
    ['itself', ROBOT],
    ['without accents or capitals', told('UN ROBOT A L EMOUTURE', ROBOT.summary.toUpperCase())],
    [
      'with typing errors put right',
      told(ROBOT.title, ROBOT.summary.replace('robotiser', 'robotisé').replace('huit', 'huits')),
    ],
    ['with another title', told('Robotiser l’émouture', ROBOT.summary)],
    ['with a sentence added', told(ROBOT.title, `${ROBOT.summary} Le budget est prêt.`)],
    ['with other spaces and signs', told(ROBOT.title, ROBOT.summary.replaceAll(' ', '  ').replaceAll('.', ' !'))],
  ])('%s', (_, other) => {
    expect(isNearSame(ROBOT, other)).toBe(true);
    expect(likeness(other, ROBOT)).toBe(likeness(ROBOT, other));
  });

  it('in a script without Latin letters', () => {
    expect(isNearSame(told('机器人', '我们想要机器人'), told('机器人', '我们想要机器人'))).toBe(true);
    expect(isNearSame(told('机器人', '我们想要机器人'), told('水', '我们需要减少用水量'))).toBe(false);
  });
});

describe('another project', () => {
  it.each([
    [
      'of the same workshop, in the same phrases',
      told(
        'Une formation à l’affûtage',
        'Nous voulons ouvrir une école de coutellerie à Thiers et former les jeunes du bassin. Nous cherchons de l’aide pour trouver un local.',
      ),
    ],
    [
      'of the same workshop, on water',
      told('Moins d’eau à l’émouture', 'Nous voulons recycler l’eau de notre coutellerie à Thiers.'),
    ],
    ['only a beginning of it', told(ROBOT.title, 'Nous voulons robotiser une ligne.')],
    ['of somebody else', told('Ouvrir une librairie', 'Je cherche un local de 80 m² dans le centre de Vichy.')],
    ['empty', told('', '')],
  ])('%s', (_, other) => {
    expect(isNearSame(ROBOT, other)).toBe(false);
  });

  it('nothing is like nothing', () => {
    expect(likeness(told('', ''), told(' ', ''))).toBe(0);
  });
});
