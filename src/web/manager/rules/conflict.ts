import type { Response } from 'express';
import { paths } from '../../../paths.js';
import type { DraftChanged } from '../../../services/rules/currentDraft.js';
import type { Typed } from '../../parseForm.js';
import { renderPage } from '../../renderPage.js';
import { whenInWords } from './versionWords.js';

/** Who changed the draft in between, and when. */
export const changedInWords = ({ by, at, draft }: DraftChanged): string => {
  if (!draft) return 'Le brouillon n’est plus ouvert\u00a0: il vient d’être publié ou abandonné.';
  const who = by?.name ?? 'Une autre personne';
  return at ? `${who} a modifié le brouillon le ${whenInWords(at)}.` : `${who} a modifié le brouillon.`;
};

interface Late {
  changed: DraftChanged;
  /** Where what was typed can be sent again, on top of the draft as it is. */
  action: string;
  typed: Typed;
  /** What was typed beside what the draft says now. */
  rows: { what: string; typed: string; now: string | null }[];
  back: string;
}

const NOT_SENT_AGAIN = ['_csrf', 'act', 'begin', 'draft', 'revision'];

/** Nothing typed is lost: it is shown, and one button applies it to the draft as it is now. */
export const showLate = ({ changed, action, typed, rows, back }: Late, res: Response): Promise<void> => {
  const hidden = Object.entries(typed)
    .filter(([name]) => !NOT_SENT_AGAIN.includes(name))
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })));
  const { draft } = changed;
  const model = {
    title: 'Le brouillon a changé entre-temps',
    message: changedInWords(changed),
    rows: rows.map((row) => ({ ...row, isSame: row.typed === row.now })),
    hidden: [
      ...hidden,
      { name: 'draft', value: draft?.id ?? '' },
      { name: 'revision', value: String(draft?.revision ?? 0) },
      ...(draft ? [] : [{ name: 'begin', value: 'yes' }]),
    ],
    action,
    hasDraft: draft !== null,
    button: draft ? 'Appliquer ma saisie au brouillon actuel' : 'Ouvrir un brouillon et y appliquer ma saisie',
    back: draft ? back : paths.rules(),
  };
  return renderPage(res, 'manager/rules/conflict', model, { status: 409 });
};
