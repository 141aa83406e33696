// Keeps what one types in a form about a project, and proposes texts. Every form works without this file.

const PAUSE = 1200;

for (const form of document.querySelectorAll('form[data-draft]')) {
  const said = document.createElement('p');
  said.className = 'hint draft-said';
  said.setAttribute('role', 'status');
  form.append(said);
  // Its button is of no use any more: the draft keeps itself.
  for (const button of form.querySelectorAll('button[formaction]')) button.hidden = true;
  let pause;
  let isSent = false;
  let last = null;
  let flight = null;

  const keep = async () => {
    clearTimeout(pause);
    const body = new URLSearchParams(new FormData(form));
    if (isSent || body.toString() === last) return;
    flight = fetch(form.dataset.draft, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
      redirect: 'manual',
      keepalive: true,
    }).catch(() => null);
    const answer = await flight;
    flight = null;
    if (isSent) return;
    if (answer?.status === 204) last = body.toString();
    said.textContent =
      answer?.status === 204
        ? 'Brouillon enregistré.'
        : 'Brouillon non enregistré. Copiez votre texte avant de quitter cette page.';
  };
  form.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(keep, PAUSE);
  });
  // Leaving the page: what was typed within the last second.
  addEventListener('pagehide', () => {
    if (pause !== undefined) void keep();
  });
  form.addEventListener('submit', (event) => {
    isSent = true;
    clearTimeout(pause);
    if (!flight) return;
    // A draft on its way must not arrive after the form, and stay.
    event.preventDefault();
    void flight.finally(() => form.requestSubmit(event.submitter));
  });
  // The browser's "back" shows the page as it was left.
  addEventListener('pageshow', () => {
    isSent = false;
  });
}

// The text proposed for an outcome comes with its choice, as long as nothing else was written.
const proposals = [...document.querySelectorAll('.proposals [data-words]')];
const words = document.querySelector('textarea[name="words"]');
if (words && proposals.length > 0) {
  proposals[0].closest('.proposals').hidden = true;
  const isProposed = () =>
    words.value.trim() === '' || proposals.some(({ dataset }) => dataset.words === words.value.replace(/\r\n/g, '\n'));
  words.form.addEventListener('change', ({ target }) => {
    const proposal = proposals.find(({ dataset }) => dataset.value === target.value);
    if (target.name !== 'outcome' || !proposal || !isProposed()) return;
    words.value = proposal.dataset.words;
    words.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
