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

  // Work under way is followed without loading the page anew, which would take the focus and the place from whoever reads it;
  // without a script a link looks again. When the work is done, the page says so.
  const followed = document.querySelector('[data-follows]');
  const follow = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (answer.ok) {
        const now = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-follows]');
        if (!now) {
          location.reload();
          return;
        }
        followed.replaceChildren(...now.childNodes);
      }
    } catch {
      // The server may be starting again; the next look tells.
    }
    setTimeout(follow, 1000);
  };
  if (followed) setTimeout(follow, 1000);

  // A choice may show what belongs to it: the purpose of an admitted column.
  for (const select of document.querySelectorAll('select[data-shows]')) {
    const shown = document.getElementById(select.dataset.shows);
    const update = () => { shown.hidden = !select.dataset.when.split(' ').includes(select.value); };
    select.addEventListener('change', update);
    update();
  }
})();
