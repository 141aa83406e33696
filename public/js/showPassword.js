// Shows the password that is being chosen. Without it, whoever mistypes asks for another link.
{
  const input = document.querySelector('input[type="password"]');
  if (input) {
    const button = document.createElement('button');
    const say = () => {
      button.textContent = input.type === 'password' ? 'Afficher le mot de passe' : 'Masquer le mot de passe';
    };
    button.type = 'button';
    button.className = 'button button--second button--small';
    button.addEventListener('click', () => {
      input.type = input.type === 'password' ? 'text' : 'password';
      say();
    });
    // Browsers must not keep it among what was typed in fields of text.
    input.form.addEventListener('submit', () => {
      input.type = 'password';
    });
    say();
    input.after(button);
  }
}
