// Only comforts: every page works without this file.

const plural = (count) => (count > 1 ? 's' : '');
// What is said here, in the language of the page.
const SAID = {
  fr: {
    othersUnticked: 'Vos autres choix sont décochés.',
    unticked: (choice) => `«\u00a0${choice}\u00a0» est décoché.`,
    left: (number, count) => `Il reste ${number} caractère${plural(count)}`,
    tooMany: (number, count) => `${number} caractère${plural(count)} de trop`,
    communes: 'Communes proposées',
    chosen: (commune) => `Choisie\u00a0: ${commune}`,
    found: (count) =>
      count === 0 ? 'Aucune commune trouvée' : `${count} commune${plural(count)} proposée${plural(count)}`,
  },
  en: {
    othersUnticked: 'Your other choices are unticked.',
    unticked: (choice) => `“${choice}” is unticked.`,
    left: (number, count) => `${number} character${count === 1 ? '' : 's'} left`,
    tooMany: (number, count) => `${number} character${plural(count)} too many`,
    communes: 'Suggested towns',
    chosen: (commune) => `Chosen: ${commune}`,
    found: (count) => (count === 0 ? 'No town found' : `${count} town${plural(count)} suggested`),
  },
};
const language = document.documentElement.lang;
const say = SAID[language] ?? SAID.fr;

// An error summary takes the focus, so that it is read first.
document.querySelector('[data-focus]')?.focus();

// "Je ne sais pas encore" and the other choices untick each other.
for (const none of document.querySelectorAll('[data-none]')) {
  const others = [...none.form.elements].filter((input) => input.name === none.name && input !== none);
  const spoken = document.createElement('p');
  spoken.className = 'visually-hidden';
  spoken.setAttribute('aria-live', 'polite');
  none.closest('fieldset').append(spoken);
  const untick = (inputs, words) => {
    const ticked = inputs.filter((input) => input.checked);
    for (const input of ticked) input.checked = false;
    spoken.textContent = ticked.length > 0 ? words : '';
  };
  none.addEventListener('change', () => untick(none.checked ? others : [], say.othersUnticked));
  for (const other of others) {
    const words = say.unticked(none.labels[0].textContent.trim());
    other.addEventListener('change', () => untick(other.checked ? [none] : [], words));
  }
}

// How many characters are left, said aloud only when the person pauses.
for (const area of document.querySelectorAll('[data-max]')) {
  const count = document.getElementById(`${area.id}-count`);
  const spoken = document.createElement('p');
  spoken.className = 'visually-hidden';
  spoken.setAttribute('aria-live', 'polite');
  count.after(spoken);
  let pause;
  const tell = () => {
    const left = Number(area.dataset.max) - area.value.trim().length;
    const number = Math.abs(left).toLocaleString(language);
    count.textContent = left < 0 ? say.tooMany(number, -left) : say.left(number, left);
    clearTimeout(pause);
    return count.textContent;
  };
  tell();
  area.addEventListener('input', () => {
    const text = tell();
    pause = setTimeout(() => {
      spoken.textContent = text;
    }, 1000);
  });
}

// Suggestions under a field (combobox with a list, WAI-ARIA 1.2). The chosen code goes in a hidden field.
for (const input of document.querySelectorAll('[data-suggest]')) {
  const list = document.createElement('ul');
  list.id = `${input.id}-suggestions`;
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', say.communes);
  list.hidden = true;
  const around = document.createElement('div');
  around.className = 'suggestions-around';
  const isTyping = document.activeElement === input;
  input.before(around);
  const code = document.createElement('input');
  code.type = 'hidden';
  const spoken = document.createElement('p');
  spoken.className = 'visually-hidden';
  spoken.setAttribute('aria-live', 'polite');
  around.append(input, list, code, spoken);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
  }))
    input.setAttribute(name, value);

  // Says which of the homonyms was chosen; its text, and the code that the server put in it, go when one types again.
  const chosen = document.getElementById(`${input.id}-chosen`);
  const sayChosen = (text) => {
    chosen.textContent = text;
    chosen.hidden = text === '';
  };

  let found = [];
  let current = -1;
  let pause;
  const close = () => {
    list.hidden = true;
    current = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const mark = (index) => {
    current = index;
    for (const [i, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(i === index));
    input.setAttribute('aria-activedescendant', list.children[index].id);
    list.children[index].scrollIntoView({ block: 'nearest' });
  };
  const choose = (index) => {
    input.value = found[index].name;
    // Named only now: radios of the same name may be on the page, and the last one sent would win.
    code.name = input.dataset.suggestCode;
    code.value = found[index].code;
    sayChosen(say.chosen(`${found[index].name} (${found[index].detail})`));
    spoken.textContent = chosen.textContent;
    for (const radio of input.form.querySelectorAll(`input[type=radio][name=${code.name}]`)) radio.checked = false;
    close();
  };
  const show = () => {
    list.replaceChildren(
      ...found.map((commune, i) => {
        const item = document.createElement('li');
        item.id = `${list.id}-${i}`;
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        const detail = document.createElement('span');
        detail.textContent = commune.detail;
        item.append(commune.name, ' ', detail);
        item.addEventListener('mousedown', (event) => {
          event.preventDefault();
          choose(i);
        });
        return item;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    spoken.textContent = say.found(found.length);
  };
  const ask = async () => {
    const typed = input.value.trim();
    if (typed.length < 2) return close();
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer?.ok || input.value.trim() !== typed || document.activeElement !== input) return;
    found = await answer.json();
    current = -1;
    show();
  };
  close();
  input.addEventListener('input', () => {
    code.removeAttribute('name');
    sayChosen('');
    clearTimeout(pause);
    pause = setTimeout(ask, 150);
  });
  // Whoever began before this file was there goes on: a field that is moved loses the focus.
  if (isTyping) {
    input.focus();
    if (input.value !== input.defaultValue) void ask();
  }
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    const last = found.length - 1;
    if (event.key === 'ArrowDown') mark(current === last ? 0 : current + 1);
    else if (event.key === 'ArrowUp') mark(current <= 0 ? last : current - 1);
    else if (event.key === 'Enter' && current >= 0) choose(current);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
}

// On a phone these tables are shown as lists, and a browser may then no longer call them tables. Told here and not in the
// page, where the HTML standard refuses what goes without saying.
const ROLES = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', td: 'cell' };
const roleOf = (part) => ROLES[part.localName] ?? (part.scope === 'row' ? 'rowheader' : 'columnheader');
for (const table of document.querySelectorAll('table.queue'))
  for (const part of [table, ...table.querySelectorAll('thead, tbody, tr, td, th')])
    part.setAttribute('role', roleOf(part));
