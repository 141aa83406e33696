import type { Received } from '../services/inbound/receiveEmail.js';
import { BadUsage, type Command, TryLater } from './command.js';

const BECAME: Record<Received, string> = {
  message: 'Réponse d’un porteur de projet\u00a0: ajoutée au projet.',
  note: 'Réponse d’un conseiller ou d’une conseillère\u00a0: gardée en note.',
  'address refused': 'Échec de remise\u00a0: l’adresse est marquée.',
  'not delivered yet': 'Remise retardée, ou manquée sans que l’adresse soit en cause\u00a0: notée, rien d’autre.',
  automatic: 'Message automatique\u00a0: noté, rien d’autre.',
  unmatched: 'Message sans projet\u00a0: à lire sur la page d’exploitation.',
};

/**
 * `desk inbound < message.eml`: takes in one raw message, as the pipe of a mail server hands it over (Postfix: pipe(8), Exim:
 * pipe transport). Prints what became of it. Whatever goes wrong may work later: the mail server keeps the message, and
 * nobody gets it back.
 */
export const inbound: Command = async (args, desk) => {
  if (args.length > 0) throw new BadUsage('le message se lit sur l’entrée standard');
  const raw = await desk.readBytes();
  if (raw.length === 0) throw new BadUsage('l’entrée standard est vide');
  try {
    const { receiverOn } = await import('../services.js');
    const became = await desk.withStore((parts) => receiverOn(parts, desk.settings())(raw));
    desk.print(BECAME[became]);
  } catch (error) {
    throw new TryLater(error instanceof Error ? error.message : String(error), { cause: error });
  }
};
