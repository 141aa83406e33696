import Joi from 'joi';
import type { TerritoryWords } from '../../domain/territory/territoryWords.js';
import type { PublicSite } from '../../services/publicSite.js';
import type { FieldWording } from '../fieldModel.js';
import type { Typed } from '../parseForm.js';
import { LINE, MOST_LINES, origins, signatories, signatoryLine } from './siteLists.js';

export type SiteForm = PublicSite & { version: number };

const text = (most: number, message: string) =>
  Joi.string().trim().allow('').max(most).default('').messages({ '*': message });

/** Lists are typed one a line; the values are lists. */
export const SITE_FORM = Joi.object<SiteForm>({
  version: Joi.number().integer().min(0).required(),
  signatories: Joi.string()
    .empty('')
    .max(10_000)
    .default([])
    .custom(signatories)
    .messages({
      '*': 'Écrivez un signataire par ligne, 10 000 caractères au plus.',
      'line.date':
        'Vérifiez cette ligne : « {#line} ». Écrivez un nom, puis la date entre parenthèses, par exemple (03/11/2022).',
      'line.long': 'Une ligne fait 200 caractères au plus.',
      'line.many': `Écrivez ${MOST_LINES} lignes au plus.`,
    }),
  publisher: text(300, 'Écrivez 300 caractères au plus.'),
  director: text(LINE, 'Écrivez 200 caractères au plus.'),
  host: text(600, 'Écrivez 600 caractères au plus.'),
  contact: text(600, 'Écrivez 600 caractères au plus.'),
  frameSites: Joi.string()
    .empty('')
    .max(10_000)
    .default([])
    .custom(origins)
    .messages({
      '*': 'Écrivez une adresse par ligne.',
      'line.origin':
        'Vérifiez cette ligne : « {#line} ». Écrivez une adresse de site comme https://www.exemple.fr, sans rien après.',
      'line.many': `Écrivez ${MOST_LINES} lignes au plus.`,
    }),
});

/** The form, in two parts: what the pages say, and the sites of the frame. */
export const siteFields = ({ examples }: TerritoryWords): FieldWording[] => [
  {
    kind: 'textarea',
    name: 'signatories',
    label: 'Signataires de la charte',
    hint: `Un par ligne. Si vous connaissez la date, ajoutez-la entre parenthèses\u00a0: ${examples.signatory}.`,
    rows: 8,
    max: 10_000,
    optional: true,
  },
  {
    kind: 'text',
    type: 'text',
    name: 'publisher',
    label: 'Éditeur du service',
    hint: 'L’organisme qui publie ce site, avec son adresse.',
    optional: true,
  },
  {
    kind: 'text',
    type: 'text',
    name: 'director',
    label: 'Responsable de la publication',
    hint: 'Son nom et sa fonction.',
    optional: true,
  },
  {
    kind: 'textarea',
    name: 'host',
    label: 'Hébergeur',
    hint: 'Son nom, son adresse et son téléphone.',
    rows: 4,
    max: 600,
    optional: true,
  },
  {
    kind: 'textarea',
    name: 'contact',
    label: 'À qui écrire pour ses données ou pour l’accessibilité',
    hint: 'Une adresse e-mail ou une adresse postale. Elle est affichée sur les pages publiques.',
    rows: 4,
    max: 600,
    optional: true,
  },
  {
    kind: 'textarea',
    name: 'frameSites',
    label: 'Sites qui peuvent afficher le début du questionnaire',
    hint: 'Une adresse par ligne, comme https://www.exemple.fr. Un autre site ne peut pas l’afficher.',
    rows: 4,
    max: 10_000,
    optional: true,
  },
];

/** What is kept, as the form has it. */
export const typedSite = (site: PublicSite): Typed => ({
  signatories: site.signatories.map(signatoryLine).join('\n'),
  publisher: site.publisher,
  director: site.director,
  host: site.host,
  contact: site.contact,
  frameSites: site.frameSites.join('\n'),
});
