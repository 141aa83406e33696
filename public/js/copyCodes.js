// Copies the recovery codes, or prints them. Without it, they are selected by hand, and the browser prints.
{
  const list = document.querySelector('.recovery-codes');
  const next = document.querySelector('.recovery-codes ~ .actions');
  if (list && next) {
    const add = (label, act) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button button--second';
      button.textContent = label;
      button.addEventListener('click', () => act(button));
      next.append(button);
    };
    const codes = [...list.querySelectorAll('code')].map((code) => code.textContent).join('\n');
    if (navigator.clipboard)
      add('Copier les codes', async (button) => {
        await navigator.clipboard.writeText(codes);
        button.textContent = 'Codes copiés';
      });
    add('Imprimer', () => window.print());
  }
}
