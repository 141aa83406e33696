import Joi from 'joi';
import type { Services } from '../../services.js';
import { CHOSEN_PARTNER, type ChosenPartner, chosenPartner, heardPartner } from '../chosenPartner.js';
import { type ActForm, actScreen } from './actScreen.js';
import { toldSoon } from './howItLeaves.js';
import { VERSION } from './openAct.js';
import { partnerFields } from './partnerChoices.js';

const FORM = Joi.object<ChosenPartner & { version: number }>({ version: VERSION, ...CHOSEN_PARTNER });

/** Bringing another partner in, beside one's own. */
export const bringInScreen = (services: Services) => {
  const { territory } = services;
  const form: ActForm<ChosenPartner> = {
    act: 'bringIn',
    done: 'association',
    schema: FORM,
    heard: heardPartner,
    page: ({ project, partner, involved }) => {
      const there = involved.filter(({ role }) => role === 'associated').map((one) => one.partner);
      const first = project.decision.associated.flatMap((id) => territory.partner(id) ?? []);
      return {
        title: 'Associer un partenaire',
        help: `Il voit le projet et peut vous écrire. Vous continuez à le suivre. ${toldSoon(project)}`,
        button: 'Associer ce partenaire',
        fields: partnerFields(
          'Quel partenaire ?',
          first.map((one) => ({ partner: one, hint: 'Proposé par les règles.' })),
          { territory, never: [partner.id, ...there] },
        ),
      };
    },
    send: (seen, values) => services.bringInPartner(seen, { partner: chosenPartner(values) }),
  };
  return actScreen(services, form);
};
