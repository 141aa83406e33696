import Joi from 'joi';
import { startOfLocalDay } from '../../domain/calendar/businessTime.js';
import { dayInWords } from '../../domain/calendar/words.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Colleague } from '../../services/readColleagues.js';
import type { Services } from '../../services.js';
import { type ActForm, actScreen } from './actScreen.js';
import { VERSION } from './openAct.js';

const FORM = Joi.object<{ version: number; to: string }>({
  version: VERSION,
  to: Joi.string().max(100).required().messages({ '*': 'Choisissez une personne.' }),
});

const loadInWords = (open: number): string => {
  if (open === 0) return 'Aucun projet ouvert';
  return open === 1 ? '1 projet ouvert' : `${open} projets ouverts`;
};

const awayInWords = (until: string | null): string =>
  until ? ` Absence jusqu’au ${dayInWords(startOfLocalDay(until))}.` : '';

const choiceOf = ({ account, open, awayUntil }: Colleague, reader: Account | undefined) => ({
  value: account.id,
  label: account.id === reader?.id ? `${account.name} (vous)` : account.name,
  hint: `${loadInWords(open)}.${awayInWords(awayUntil)}`,
});

/** Giving a project to a colleague, told by e-mail. */
export const transferScreen = (services: Services) => {
  const form: ActForm<{ to: string }> = {
    act: 'transfer',
    done: 'confie',
    schema: FORM,
    page: async ({ referral }, req) => {
      const has = referral.takenBy ?? referral.assignee;
      const people = (await services.readColleagues(referral.partner)).filter(({ account }) => account.id !== has);
      return {
        title: 'Confier ce projet à une autre personne',
        help:
          people.length > 0
            ? 'Cette personne en est prévenue par e-mail. La date promise ne change pas.'
            : 'Personne d’autre de votre équipe ne prend de projets pour le moment.',
        button: 'Confier ce projet',
        fields: [
          {
            kind: 'radios',
            name: 'to',
            label: 'À qui ?',
            groups: [{ choices: people.map((one) => choiceOf(one, req.account)) }],
          },
        ],
      };
    },
    send: (seen, { to }) => services.transferReferral(seen, { to }),
  };
  return actScreen(services, form);
};
