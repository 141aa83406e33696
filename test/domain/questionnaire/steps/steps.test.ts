import { loadTerritory } from '../../../../src/data/territoryFiles.js';
import type { StepSlug } from '../../../../src/domain/questionnaire/answers.js';
import { type ChoiceField, schemaOf } from '../../../../src/domain/questionnaire/step.js';
import { STEPS, stepOf } from '../../../../src/domain/questionnaire/steps/index.js';
import { classifySector } from '../../../../src/domain/routing/sectors.js';
import { NEED_IDS } from '../../../../src/domain/territory/needs.js';
import { parseForm } from '../../../../src/web/parseForm.js';
import { completeAnswers } from '../../../support/answers.js';

const context = { answers: completeAnswers(), territory: loadTerritory(), language: 'fr' as const };
const answer = (slug: StepSlug, body: unknown) => parseForm(schemaOf(stepOf(slug)!, context), body);

const PROJECT = { title: 'A', summary: 'x'.repeat(20) };
const CONTACT = { name: 'A', email: 'a@example.org', consent: 'yes' };

const phone = (typed: string) => answer('contact', { ...context.answers.contact, phone: typed });

describe('good answers', () => {
  test.each<[StepSlug, object, object]>([
    ['besoins', { needs: 'water' }, { needs: ['water'] }],
    ['besoins', { needs: ['water', 'energy'] }, { needs: ['water', 'energy'] }],
    ['besoins', { needs: 'unknown' }, { needs: ['unknown'] }],
    ['besoin-principal', { mainNeed: 'energy' }, { mainNeed: 'energy' }],
    ['avancement', { stage: 'unknown' }, { stage: 'unknown' }],
    ['vous', { holderKind: 'student' }, { holderKind: 'student' }],
    ['lieu', { place: ' thiers ' }, { place: 'Thiers', commune: '63430', abroad: false }],
    ['lieu', { place: '43100 vieille brioude' }, { place: 'Vieille-Brioude', commune: '43262', abroad: false }],
    ['lieu', { place: 'clermont', commune: '63113' }, { place: 'Clermont-Ferrand', commune: '63113', abroad: false }],
    ['lieu', { place: 'dallet' }, { place: 'Mur-sur-Allier', commune: '63226', abroad: false }],
    ['lieu', { abroad: 'yes', place: 'Genève' }, { place: '', commune: null, abroad: true }],
    ['activite', { sector: 'food', otherSector: '', headcount: '' }, { sector: 'food', headcount: null }],
    [
      'activite',
      { sector: 'other', otherSector: ' Horlogerie ', headcount: '0' },
      { sector: 'other', otherSector: 'Horlogerie', headcount: 0 },
    ],
    ['projet', { title: ' A ', summary: 'x'.repeat(20) }, { title: 'A', summary: 'x'.repeat(20), link: null }],
    ['projet', { ...PROJECT, link: ' www.example.org/velo ' }, { ...PROJECT, link: 'https://www.example.org/velo' }],
    ['entreprise', {}, { organisation: null, siret: null }],
    [
      'entreprise',
      { organisation: ' Vélo  SA ', siret: '356 000 000 00048' },
      { organisation: 'Vélo SA', siret: '35600000000048' },
    ],
    ['deja-en-contact', { partners: 'none' }, { partners: ['none'] }],
    ['deja-en-contact', { partners: ['ti-tiltam', 'other'] }, { partners: ['ti-tiltam', 'other'] }],
    ['contact', { ...CONTACT, phone: '', when: '' }, { ...CONTACT, phone: null, when: [] }],
    ['contact', { ...CONTACT, phone: '', when: 'midday' }, { ...CONTACT, phone: null, when: ['midday'] }],
  ])('%s takes %j', (slug, body, values) => {
    expect(answer(slug, body)).toEqual({ values });
  });

  test('are accepted again as they are stored', () => {
    for (const step of STEPS) {
      const { error } = schemaOf(step, context).validate(context.answers[step.slug]);
      expect([step.slug, error]).toEqual([step.slug, undefined]);
    }
  });
});

describe('answers to put right', () => {
  test.each<[StepSlug, object, string, string]>([
    ['besoins', {}, 'needs', 'Cochez au moins un besoin'],
    ['besoins', { needs: ['water', 'unknown'] }, 'needs', 'Gardez vos besoins'],
    ['besoins', { needs: ['gold'] }, 'needs', 'Cochez au moins un besoin'],
    ['besoin-principal', { mainNeed: 'funding' }, 'mainNeed', 'Choisissez le besoin'],
    ['avancement', { stage: ['idea', 'growth'] }, 'stage', 'Choisissez ce qui ressemble'],
    ['vous', { holderKind: { $gt: '' } }, 'holderKind', 'Choisissez la réponse'],
    ['lieu', {}, 'place', 'Écrivez le nom de votre commune'],
    ['lieu', { place: 'xyzzy' }, 'place', 'Nous ne trouvons pas'],
    ['lieu', { place: 'Clermont' }, 'commune', 'Plusieurs communes'],
    ['lieu', { place: 'Clermont', commune: '75056' }, 'commune', 'Plusieurs communes'],
    ['activite', { sector: 'other' }, 'otherSector', 'Dites quelle est votre activité'],
    ['activite', { sector: 'food', headcount: 'douze' }, 'headcount', 'Écrivez un nombre entier'],
    ['activite', { sector: 'food', headcount: '-1' }, 'headcount', 'Écrivez un nombre entier'],
    ['projet', { title: 'x'.repeat(81), summary: 'x'.repeat(30) }, 'title', 'Raccourcissez le titre'],
    ['projet', { title: 'A', summary: 'trop court' }, 'summary', 'Écrivez une phrase ou deux de plus'],
    ['projet', { title: 'A', summary: 'x'.repeat(2001) }, 'summary', 'Raccourcissez la description'],
    ['projet', { ...PROJECT, link: 'javascript:alert(1)' }, 'link', 'Vérifiez l’adresse de la page'],
    ['projet', { ...PROJECT, link: `example.org/${'x'.repeat(300)}` }, 'link', 'trop longue'],
    ['projet', { ...PROJECT, link: ['example.org'] }, 'link', 'Vérifiez l’adresse de la page'],
    ['entreprise', { siret: '356000000' }, 'siret', 'est un SIREN'],
    ['entreprise', { siret: '12345678901234' }, 'siret', 'Un chiffre de ce SIRET est faux'],
    ['entreprise', { siret: 'aucun' }, 'siret', 'Écrivez les 14 chiffres'],
    ['entreprise', { organisation: 'x'.repeat(121) }, 'organisation', '120 caractères au plus'],
    ['deja-en-contact', { partners: ['none', 'other'] }, 'partners', 'Gardez les organismes'],
    ['deja-en-contact', { partners: ['cci-allier'] }, 'partners', 'Cochez chaque organisme'],
    ['contact', { ...CONTACT, when: 'night' }, 'when', 'Cochez un moment'],
    ['contact', { name: 'A', email: 'a@', consent: 'yes' }, 'email', 'Vérifiez l’adresse e-mail'],
    ['contact', { name: 'A', email: 'a@example.org' }, 'consent', 'Cochez cette case'],
  ])('%s refuses %j, beside %s', (slug, body, field, message) => {
    expect(answer(slug, body).errors?.[field]).toContain(message);
  });

  const needing = STEPS.map((step) => step.slug).filter((slug) => slug !== 'entreprise');
  test.each(needing)('%s, left empty, has a message for what it needs', (slug) => {
    expect(Object.values(answer(slug, {}).errors ?? {}).length).toBeGreaterThan(0);
  });
});

describe('a telephone number', () => {
  test.each([
    ['0612345678', '06 12 34 56 78'],
    ['06.12.34.56.78', '06 12 34 56 78'],
    ['06-12-34-56-78', '06 12 34 56 78'],
    ['+33 6 12 34 56 78', '06 12 34 56 78'],
    ['+33 (0)6 12 34 56 78', '06 12 34 56 78'],
    ['0033612345678', '06 12 34 56 78'],
    ['+41 22 333 44 55', '+41223334455'],
    ['', null],
  ])('%s is kept as %s', (typed, kept) => {
    expect(phone(typed).values?.phone).toBe(kept);
  });

  test.each(['12', '06 12 34 56', '0012', '+33 1', 'appelez-moi', '06123456789'])('%s is refused', (typed) => {
    expect(phone(typed).errors?.['phone']).toContain('Vérifiez le numéro');
  });
});

test('every need is offered once, in the holder’s words', () => {
  const [field] = stepOf('besoins')!.fields(context) as [ChoiceField];
  const offered = field.groups.flatMap((group) => group.choices.map((choice) => choice.value));
  expect([...offered].sort()).toEqual([...NEED_IDS].sort());
});

test('routing recognises which activities of the list make things', () => {
  const [field] = stepOf('activite')!.fields(context) as [ChoiceField];
  const classes = field.groups.map(({ title, choices }) => [title, choices.map(({ label }) => classifySector(label))]);
  expect(classes.map(([title, found]) => [title, [...new Set(found)]])).toEqual([
    ['Fabriquer, transformer', ['manufacturing']],
    ['Vendre, servir, soigner', ['other']],
    ['Construire, cultiver, transporter', ['other']],
    ['Autre', [null]],
  ]);
});

test('the fields of a step that may be kept before its turn look at no other answer', () => {
  for (const step of STEPS.filter(({ onlyInTurn }) => !onlyInTurn))
    expect(step.fields({ ...context, answers: {} })).toBe(step.fields(context));
  const { answers } = context;
  const besoinPrincipal = stepOf('besoin-principal')!;
  expect(besoinPrincipal.fields({ ...context, answers: { ...answers, vous: { holderKind: 'student' } } })).toBe(
    besoinPrincipal.fields(context),
  );
  expect(besoinPrincipal.fields({ ...context, answers: { besoins: { needs: ['water', 'skills'] } } })).not.toEqual(
    besoinPrincipal.fields(context),
  );
});
