import { whatToPrepare } from '../../../src/domain/referrals/whatToPrepare.js';
import { NEED_IDS } from '../../../src/domain/territory/needs.js';

test('the questions to ask, then what the needs call for, each thing once', () => {
  expect(whatToPrepare({ needs: ['energy', 'water', 'skills', 'funding'] })).toEqual([
    'Les questions que vous voulez poser',
    'Vos dernières factures, ou vos consommations sur un an',
    'Les métiers concernés et le nombre de personnes',
  ]);
  expect(whatToPrepare({ needs: [] }, 'en')).toEqual(['The questions that you want to ask']);
});

test('as many things in English as in French', () => {
  for (const need of NEED_IDS)
    expect(whatToPrepare({ needs: [need] }, 'en')).toHaveLength(whatToPrepare({ needs: [need] }).length);
});
