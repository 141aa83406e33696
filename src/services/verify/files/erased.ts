import { forgetAgain } from '../again.js';
import type { Invariant } from '../invariant.js';
import type { ProjectFile } from '../projectFile.js';

/** What no step forgets twice: the one write of the erasure empties it. */
const ownLeft = ({ project }: ProjectFile): string[] => {
  const { contact, organisation, siret, link, answers, messages } = project;
  const isThere = {
    coordonnées: Boolean(contact.name || contact.email || contact.phone),
    organisme: Boolean(organisation || siret || link),
    réponses: answers.length > 0,
    messages: messages.length > 0,
  };
  return Object.entries(isThere).flatMap(([name, is]) => (is ? [name] : []));
};

const besideLeft = ({ project, mains, associated, deliveries }: ProjectFile): string[] => {
  const held = [...mains, ...associated];
  const isThere = {
    'adresse du dernier message': Boolean(project.lastAddress),
    'mots des partenaires': held.some(({ notes }) => notes.length > 0),
    titre: held.some(({ about }) => about.title !== ''),
    'rendez-vous': held.some(({ appointment }) => appointment),
    'messages à envoyer': deliveries.some(
      ({ owed, email }) => owed && email !== 'holder-erased' && email !== 'advisor-withdrawn',
    ),
  };
  return Object.entries(isThere).flatMap(([name, is]) => (is ? [name] : []));
};

export const erasedProject: Invariant = {
  label: 'Un projet effacé ne contient plus rien de personnel',
  severity: 'remains',
  repair: null,
  inFile: (file) => {
    const left = file.project.erasedAt ? ownLeft(file) : [];
    return left.length > 0 ? [{ id: file.project.id, what: `reste\u00a0: ${left.join(', ')}` }] : [];
  },
};

export const erasedAround: Invariant = {
  label: 'Rien de personnel ne reste autour d’un projet effacé',
  severity: 'remains',
  repair: forgetAgain,
  inFile: (file) => {
    const left = file.project.erasedAt ? besideLeft(file) : [];
    return left.length > 0 ? [{ id: file.project.id, what: `reste\u00a0: ${left.join(', ')}` }] : [];
  },
  async *inStore({ everyRecord }, _standing, only) {
    const wanted = { collection: 'projects', filter: { erasedAt: { $ne: null } }, only };
    for await (const ids of everyRecord.ids(wanted))
      for (const { collection, what, filter, by } of BESIDE)
        for (const id of await everyRecord.namedIn(collection, by, ids, filter))
          yield { id, what: `reste\u00a0: ${what}`, project: id };
  },
};

/** Collections that name a project, and what of them must be gone with it. */
const BESIDE = [
  { collection: 'notes', what: 'notes', by: 'project', filter: {} },
  { collection: 'noteDrafts', what: 'notes en cours', by: 'project', filter: {} },
  { collection: 'counterDrafts', what: 'saisie au guichet', by: 'project', filter: {} },
  { collection: 'drafts', what: 'questionnaire', by: 'lastProject', filter: {} },
  { collection: 'links', what: 'lien ouvert', by: 'project', filter: { revokedAt: null } },
  { collection: 'inbox', what: 'message reçu', by: 'project', filter: { outcome: 'unmatched', text: { $gt: '' } } },
  {
    collection: 'deliveries',
    what: 'réponse d’un serveur',
    by: 'project',
    filter: {
      email: { $nin: ['holder-erased', 'advisor-withdrawn'] },
      $or: [{ response: { $ne: null } }, { failedBecause: { $ne: null } }, { toCall: { $ne: null } }],
    },
  },
] as const;
