import type { Language, Words } from '../territory/language.js';
import { inLanguage } from '../territory/language.js';
import { shortened } from '../territory/typography.js';
import { EMAILS, type EmailId } from './catalogue.js';
import type { EmailFacts, ProjectEmailFacts } from './emailFacts.js';

/** Subjects of e-mails that are not about a project. */
const SUBJECTS: Partial<Record<EmailId, Words>> = {
  'holder-resume': { fr: 'Le lien pour reprendre votre projet', en: 'The link to continue your project' },
  'holder-nudge': { fr: 'Votre projet n’est pas encore envoyé', en: 'Your project has not been sent yet' },
};

/** Of staff e-mails about an account: in French alone. */
const STAFF_SUBJECTS: Partial<Record<EmailId, string>> = {
  'advisor-digest': 'Ce qui attend à la porte d’entrée innovation',
  'manager-weekly': 'La semaine de la porte d’entrée innovation',
  'manager-report-ready': 'Le rapport du trimestre peut être arrêté',
  'report-issued': 'Le rapport du trimestre au comité',
  'account-invitation': 'Votre compte à la porte d’entrée innovation',
  'account-sign-in': 'Votre lien pour vous connecter',
  'account-reset': 'Votre lien pour changer de mot de passe',
  'account-password-changed': 'Votre mot de passe a changé',
  'account-protection-changed': 'La double authentification de votre compte a changé',
  'account-closed': 'Votre compte est fermé',
  'account-export-ready': 'Votre fichier est prêt',
  'lead-colleague-refused': 'Une adresse de votre équipe ne reçoit pas nos messages',
};

/** Of the title; the reference follows or goes before, whole. */
const TITLE_AT_MOST = 80;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * All e-mails about a project have one subject, so that mail programs show them as one conversation; their first sentence says
 * what is new.
 */
const ofProject = (email: EmailId, { project, language }: ProjectEmailFacts): string => {
  const { reference } = project;
  const title = shortened(oneLine(project.facts.title), TITLE_AT_MOST);
  if (EMAILS[email].audience !== 'holder') return title ? `Projet ${reference} : ${title}` : `Projet ${reference}`;
  return inLanguage(language)(
    title
      ? { fr: `Votre projet « ${title} » (${reference})`, en: `Your project “${title}” (${reference})` }
      : { fr: `Votre projet ${reference}`, en: `Your project ${reference}` },
  );
};

/** The subject of an e-mail, in the language of its reader. */
export const subjectOf = (email: EmailId, facts: EmailFacts): string => {
  if (facts.about === 'project') return ofProject(email, facts);
  const language: Language = facts.language;
  return SUBJECTS[email]?.[language] ?? STAFF_SUBJECTS[email] ?? '';
};
