// Choosing every project of a page of the queue at once, and how many are chosen. Without it, people tick them one by one.
{
  const boxes = [...document.querySelectorAll('input[name="choisis"]')];
  const bar = document.querySelector('.queue-bulk');
  const button = document.createElement('button');
  const count = document.createElement('p');
  const chosen = () => boxes.filter((box) => box.checked).length;
  const say = () => {
    const many = chosen();
    button.textContent = many === boxes.length ? 'Ne rien sélectionner' : 'Tout sélectionner';
    count.textContent = many === 0 ? 'Aucun projet choisi' : many === 1 ? '1 projet choisi' : `${many} projets choisis`;
  };

  if (bar && boxes.length > 1) {
    button.type = 'button';
    button.className = 'button button--second';
    button.addEventListener('click', () => {
      const isAll = chosen() === boxes.length;
      for (const box of boxes) box.checked = !isAll;
      say();
    });
    count.className = 'queue-count';
    count.setAttribute('role', 'status');
    for (const box of boxes) box.addEventListener('change', say);
    window.addEventListener('pageshow', say);
    say();
    bar.prepend(count, button);
  }
}
