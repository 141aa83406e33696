// Only comforts for staff: every page works without this file.

// Keyboard shortcuts: the keys are listed in src/web/advisor/shortcuts.ts, and do what links of the page do.
const rows = [...document.querySelectorAll('.queue--desk tbody tr')];
const keysLink = document.querySelector('[data-shortcuts]');
const search = document.querySelector('[data-search]');
const OFF = 'raccourcis';
const SECOND_KEY = 1500;

const areOff = () => {
  try {
    return localStorage.getItem(OFF) === 'non';
  } catch {
    return false;
  }
};
const remember = (isOn) => {
  try {
    localStorage.setItem(OFF, isOn ? 'oui' : 'non');
  } catch {
    // No storage: they stay on.
  }
};

const switcher = document.querySelector('[data-shortcuts-switch]');
if (switcher) {
  const box = switcher.querySelector('input');
  box.checked = !areOff();
  box.addEventListener('change', () => remember(box.checked));
  switcher.hidden = false;
}

const linkOf = (row) => row?.querySelector('th a');
const place = () => rows.findIndex((row) => row.contains(document.activeElement));
const move = (step) => {
  const at = place();
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  linkOf(rows[next])?.focus();
};
const isOnRowLink = () => place() >= 0 && document.activeElement.matches('th a');

let firstKey = '';
let firstAt = 0;
const afterG = (key) => {
  const isSecond = firstKey === 'g' && Date.now() - firstAt < SECOND_KEY && key === 'p';
  [firstKey, firstAt] = [key, Date.now()];
  if (isSecond) location.assign('/dossiers');
  return isSecond;
};

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  t: () => {
    const address = rows[place()]?.dataset.take;
    if (address) location.assign(address);
  },
  x: () => rows[place()]?.querySelector('input[type=checkbox]')?.click(),
  '/': () => search?.focus(),
  '?': () => keysLink && location.assign(keysLink.href),
};
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };

const isTyping = ({ target }) =>
  target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || areOff()) return;
  if (event.key in ARROWS && isOnRowLink()) move(ARROWS[event.key]);
  else if (Object.hasOwn(KEYS, event.key) && rows.length + Boolean(search) > 0) KEYS[event.key]();
  else if (!afterG(event.key)) return;
  event.preventDefault();
});

// A page that stays open asks once a minute whether it is still true; it says so, and never reloads by itself.
const MINUTE = 60_000;
const LONGEST = 8 * 60;

for (const line of document.querySelectorAll('[data-fresh-url]')) {
  const said = line.querySelector('.fresh-said');
  let asked = 0;
  const tell = (words) => {
    const again = document.createElement('a');
    again.href = location.href;
    again.textContent = 'Recharger';
    again.addEventListener('click', (event) => {
      event.preventDefault();
      location.reload();
    });
    said.replaceChildren(`${words} `, again);
    line.classList.add('fresh--changed');
  };
  const ask = async () => {
    if (document.hidden) return;
    asked += 1;
    const answer = await fetch(line.dataset.freshUrl, { headers: { accept: 'application/json' } }).catch(() => null);
    if (answer?.redirected || asked > LONGEST) clearInterval(timer);
    if (!answer?.ok || answer.redirected) return;
    const { changedAt, words } = await answer.json();
    if (changedAt <= Number(line.dataset.freshSince)) return;
    line.dataset.freshSince = changedAt;
    tell(words);
  };
  const timer = setInterval(ask, MINUTE);
  // Coming back to the page after a while: at once.
  document.addEventListener('visibilitychange', ask);
}
