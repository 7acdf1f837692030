// What pages do better with a script. Everything works without it.
(() => {
  'use strict';

  // The summary of problems takes the focus, so that a keyboard or a screen reader begins there.
  document.querySelector('.problems')?.focus();

  // A form is sent once, however often the button is pressed.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    // A form that downloads leaves the page where it is, and may be sent again in a while.
    setTimeout(() => delete form.dataset.sent, 3000);
  });

  // Leaving a page with words in it asks first; the browser gives the words.
  for (const form of document.querySelectorAll('form[data-keep]')) {
    form.addEventListener('input', () => { form.dataset.touched = 'yes'; });
    window.addEventListener('beforeunload', (event) => {
      if (form.dataset.touched && !form.dataset.sent) event.preventDefault();
    });
  }

  // A choice may show what belongs to it: the purpose of an admitted column.
  for (const select of document.querySelectorAll('select[data-shows]')) {
    const shown = document.getElementById(select.dataset.shows);
    const update = () => { shown.hidden = !select.dataset.when.split(' ').includes(select.value); };
    select.addEventListener('change', update);
    update();
  }
})();
