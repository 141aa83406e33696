import Joi from 'joi';
import type { WantedAbsence } from '../../domain/referrals/absenceFault.js';
import type { AbsenceList } from '../../services/absences.js';
import type { FieldWording } from '../fieldModel.js';

/** As a date field sends it, or as people write it where there is no such field. */
const WRITTEN = /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/;

const asDay: Joi.CustomValidator<string, string> = (typed) => {
  const { day = '', month = '', year = '' } = WRITTEN.exec(typed)?.groups ?? {};
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed;
};
const day = (message: string) => Joi.string().trim().max(20).required().custom(asDay).messages({ '*': message });

export const ABSENCE_FORM = Joi.object<WantedAbsence>({
  account: Joi.string().max(100).required().messages({ '*': 'Choisissez qui s’absente.' }),
  from: day('Choisissez le premier jour.'),
  to: day('Choisissez le dernier jour.'),
  deputy: Joi.string().max(100).empty('').default(null),
});

const people = (team: AbsenceList['team']) => [{ choices: team.map(({ id, name }) => ({ value: id, label: name })) }];

/** Who is asked only when there is a choice: an advisor enters nobody else's. */
export const absenceFields = ({ team, mayEnterFor }: AbsenceList): FieldWording[] => {
  const isForMany = mayEnterFor.length > 1;
  const deputies = isForMany ? team : team.filter(({ id }) => id !== mayEnterFor[0]?.id);
  const who: FieldWording = { kind: 'select', name: 'account', label: 'Qui s’absente', groups: people(mayEnterFor) };
  return [
    ...(isForMany ? [who] : []),
    { kind: 'text', type: 'date', name: 'from', label: 'Premier jour' },
    { kind: 'text', type: 'date', name: 'to', label: 'Dernier jour', hint: 'Ce jour compte aussi.' },
    {
      kind: 'select',
      name: 'deputy',
      label: 'Remplacement',
      hint: `Qui reçoit les projets ${isForMany ? 'à la place de cette personne' : 'à votre place'}. Sans remplacement, ils vont au reste de l’équipe.`,
      optional: true,
      groups: people(deputies),
    },
  ];
};
