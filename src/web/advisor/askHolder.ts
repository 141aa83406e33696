import Joi from 'joi';
import { WAIT_DAYS } from '../../domain/referrals/lifecycle.js';
import type { Services } from '../../services.js';
import { type ActForm, actScreen } from './actScreen.js';
import { howItLeaves } from './howItLeaves.js';
import { neededWords, VERSION, WORDS_MAX } from './openAct.js';

const FORM = Joi.object<{ version: number; question: string }>({
  version: VERSION,
  question: neededWords('Écrivez votre question.'),
});

/** Asking the holder for a detail: the due date stands still meanwhile. */
export const askHolderScreen = (services: Services) => {
  const form: ActForm<{ question: string }> = {
    act: 'askHolder',
    done: 'precision',
    schema: FORM,
    page: ({ project }) => ({
      title: 'Demander une précision',
      help: `${howItLeaves(project, 'question')} Le délai s’arrête jusqu’à la réponse, au plus ${WAIT_DAYS}\u00a0jours ouvrés.`,
      button: 'Envoyer la question',
      fields: [
        {
          kind: 'textarea',
          name: 'question',
          label: `Votre question à ${project.contact.name}`,
          hint:
            project.language === 'en'
              ? 'Cette personne a répondu en anglais. Elle lit votre question telle quelle.'
              : 'Cette personne la lit telle quelle.',
          rows: 5,
          max: WORDS_MAX,
        },
      ],
    }),
    send: (seen, { question }) => services.askHolder(seen, { question }),
  };
  return actScreen(services, form);
};
