import { BadSettings } from '../../errors.js';
import { type Need, needOfLabel } from './needs.js';
import { type Stage, stageOfCode } from './stages.js';
import type { Partner, PartnerKind, PartnerRole } from './territory.js';

/** A partner as partners.json writes it, with the French words of the territory. */
export interface PartnerEntry {
  id: string;
  name: string;
  kind: string;
  role: string;
  serves: string[];
  servesCommunes?: string[];
  competences: string[];
  competencesRepli?: string[];
  stages: string[];
  article?: string;
}

const KINDS: Record<string, PartnerKind> = {
  cci: 'cci',
  metropole: 'metropole',
  universite: 'university',
  'territoire-industrie': 'territoire-industrie',
  other: 'other',
};

const ROLES: Record<string, PartnerRole> = { guichet: 'desk', relais: 'relay', inactif: 'inactive' };

/**
 * Gives the partners of partners.json in the project's own words.
 * Throws BadSettings, naming the partner and the word, when a kind, a role, a need or a stage is not one we know.
 */
export function readPartners(entries: PartnerEntry[]): Partner[] {
  return entries.map((entry) => ({
    id: entry.id,
    name: entry.name.replaceAll("'", '’'),
    kind: known(KINDS[entry.kind], entry, 'kind', entry.kind),
    role: known(ROLES[entry.role], entry, 'role', entry.role),
    serves: entry.serves,
    servesCommunes: entry.servesCommunes ?? [],
    needs: needsOf(entry, 'competences'),
    fallbackNeeds: needsOf(entry, 'competencesRepli'),
    article: entry.article ?? null,
    stages: entry.stages.map((code): Stage => known(stageOfCode(code), entry, 'stages', code)),
  }));
}

function needsOf(entry: PartnerEntry, field: 'competences' | 'competencesRepli'): Need[] {
  return (entry[field] ?? []).map((label) => known(needOfLabel(label), entry, field, label));
}

function known<T>(value: T | undefined, entry: PartnerEntry, field: string, word: string): T {
  if (value === undefined) throw new BadSettings(`partner ${entry.id}: unknown word in ${field}: "${word}"`);
  return value;
}
