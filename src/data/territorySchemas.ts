import Joi from 'joi';
import { NEED_IDS } from '../domain/territory/needs.js';
import { STAGE_IDS } from '../domain/territory/stages.js';
import type { Fate } from './demonstration.js';

/** The shapes of a territory's files. What a file holds beside (its sources, notes) is for people, and left alone. */
const text = Joi.string().min(1).required();
const words = Joi.object({ fr: text, en: text }).required();
const texts = Joi.array().items(Joi.string().min(1)).required();
const whole = Joi.number().integer().min(0).required();
const share = Joi.number().min(0).max(1);

const TERRITORY = Joi.object({
  name: text,
  service: words,
  ofTerritory: words,
  inTerritory: words,
  between: words,
  runBy: words,
  whoAnswers: words,
  partnersFrom: words,
  partnersListed: words,
  charter: Joi.object({
    title: words,
    description: words,
    lead: words,
    charterTitle: words,
    charterAbout: words,
    agreementTitle: words,
    agreementAbout: words,
    agreementNow: words,
  }).required(),
  examples: Joi.object({
    title: words,
    signatory: text,
    commune: text,
    place: text,
    desk: text,
    otherDesk: text,
    projectTitle: text,
    elsewhere: words,
    reason: words,
  }).required(),
  perimeter: text,
  alliances: Joi.object().pattern(Joi.string(), text).required(),
  nearby: texts,
  passwordWords: Joi.array()
    .items(Joi.string().pattern(/^[a-z0-9]+$/))
    .required(),
  map: Joi.object({
    columns: whole.min(1),
    rows: whole.min(1),
    tiles: Joi.object()
      .pattern(Joi.string(), Joi.object({ column: whole, row: whole, label: texts.min(1) }))
      .required(),
  }).required(),
}).required();

const EPCIS = Joi.array()
  .items(
    Joi.object({
      siren: Joi.string()
        .pattern(/^\d{9}$/)
        .required(),
      name: text,
      departement: text,
      inPoleMetropolitain: Joi.boolean().required(),
      isMetropole: Joi.boolean().required(),
      territoireIndustrie: text.allow(null),
    }).unknown(),
  )
  .min(1)
  .required();

const PARTNERS = Joi.array()
  .items(
    Joi.object({
      id: Joi.string()
        .pattern(/^[a-z0-9-]{1,60}$/)
        .required(),
      name: text,
      kind: text,
      role: text,
      serves: texts,
      servesCommunes: Joi.array().items(Joi.string()),
      competences: texts,
      competencesRepli: Joi.array().items(Joi.string()),
      stages: texts,
      article: Joi.string(),
    }).unknown(),
  )
  .min(1)
  .required();

/** They are not looked into: there are 35 000, and build-communes.mjs writes them. */
const COMMUNES = Joi.object({ rows: Joi.array().min(1).required(), elsewhere: Joi.object() })
  .unknown()
  .required();

const CASES = Joi.array()
  .items(Joi.object({ id: text }).unknown())
  .required();

const habits = {
  takes: Joi.number().positive(),
  closes: Joi.number().positive(),
  declines: share,
  helped: share,
  unreachable: share,
};

const FATES: readonly Fate[] = [
  'as usual',
  'waits',
  'in hand',
  'declined',
  'sent on',
  'withdrawn',
  'helped',
  'no_solution',
  'unreachable',
];

const DEMONSTRATION = Joi.object({
  relays: texts,
  withoutPlace: Joi.array().items(Joi.string()).length(2).required(),
  links: Joi.array()
    .items({
      label: text,
      kind: Joi.valid('site', 'poster', 'email', 'event').required(),
      weight: Joi.number().positive().required(),
    })
    .min(1)
    .required(),
  habits: Joi.object().pattern(Joi.string(), Joi.object(habits)).required(),
  mustShow: Joi.array()
    .items(
      Joi.array()
        .ordered(whole.min(1), text, Joi.valid(...FATES).required())
        .length(3),
    )
    .required(),
  stories: Joi.array()
    .items(
      Joi.object({
        case: text,
        weight: Joi.number().positive().required(),
        needs: Joi.array()
          .items(Joi.valid(...NEED_IDS))
          .required(),
        stage: Joi.valid(...STAGE_IDS).required(),
        holders: texts,
        sectors: Joi.array()
          .items(Joi.string(), Joi.object({ free: text }))
          .required(),
        headcount: Joi.array().items(whole).length(2).allow(null).required(),
        where: Joi.alternatives(Joi.object({ like: text }), Joi.object({ among: texts.min(1) })).required(),
        organisations: texts,
        titles: texts.min(1),
        opens: texts.min(1),
        asks: texts.min(1),
      }),
    )
    .min(1)
    .required(),
}).required();

/** Of each file of a territory's folder; rules.json is judged by domain/routing/validateRuleset.ts. */
export const SCHEMAS = {
  'territory.json': TERRITORY,
  'epci.json': EPCIS,
  'partners.json': PARTNERS,
  'communes.json': COMMUNES,
  'cases.json': CASES,
  'demonstration.json': DEMONSTRATION,
  'rules.json': Joi.object().unknown().required(),
} as const satisfies Record<string, Joi.Schema>;
export type TerritoryFile = keyof typeof SCHEMAS;
