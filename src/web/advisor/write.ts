import Joi from 'joi';
import type { Services } from '../../services.js';
import { type ActForm, actScreen } from './actScreen.js';
import { howItLeaves } from './howItLeaves.js';
import { neededWords, VERSION, WORDS_MAX } from './openAct.js';

const FORM = Joi.object<{ version: number; words: string }>({
  version: VERSION,
  words: neededWords('Écrivez votre message.'),
});

/** Writing to the holder; no answer is awaited, so the due date stays. */
export const writeScreen = (services: Services) => {
  const form: ActForm<{ words: string }> = {
    act: 'write',
    done: 'ecrit',
    schema: FORM,
    page: ({ project }) => ({
      title: 'Écrire à la personne',
      help: `${howItLeaves(project, 'message')} Le délai continue. Pour attendre une réponse, demandez plutôt une précision.`,
      button: 'Envoyer le message',
      fields: [
        {
          kind: 'textarea',
          name: 'words',
          label: `Votre message à ${project.contact.name}`,
          hint:
            project.language === 'en'
              ? 'Cette personne a répondu en anglais. Elle lit votre message tel quel.'
              : 'Cette personne le lit tel quel, et peut y répondre sur sa page de suivi.',
          rows: 7,
          max: WORDS_MAX,
        },
      ],
    }),
    send: (seen, { words }) => services.writeToHolder(seen, { words }),
  };
  return actScreen(services, form);
};
