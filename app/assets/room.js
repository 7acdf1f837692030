// The pages of the room on a phone. Taps wait in the browser's own store until the server has them: in order, each under a name of its own,
// so that what is sent twice is written once. What the server refuses stays on the page, with the reason, until whoever tapped has seen it.
// Without this script the same forms are sent as they are.
(() => {
  'use strict';

  const room = document.querySelector('[data-room]');
  if (!room) return;
  const address = location.pathname;
  const store = `telemaco ${room.dataset.who} ${address}`;
  let [busy, lost, gone, away] = [false, false, false, false];

  // Where the browser keeps nothing, a list lasts as long as the page is there.
  const kept = (place) => {
    let memory = [];
    return {
      load: () => {
        try {
          return JSON.parse(localStorage.getItem(place)) ?? memory;
        } catch {
          return memory;
        }
      },
      save: (list) => {
        memory = list;
        try {
          localStorage.setItem(place, JSON.stringify(list));
        } catch {
          // It is in memory.
        }
      },
    };
  };
  const { load, save } = kept(store);
  const refused = kept(store.replace('telemaco ', 'telemaco-refused '));
  // What was tapped last: what is tapped next happened after it, however long either takes to come in.
  const last = kept(store.replace('telemaco ', 'telemaco-last '));

  const name = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    // Without TLS there is no randomUUID.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };

  const item = (number) => room.querySelector(`[data-item="${number}"]`);
  const observers = () => [...room.querySelectorAll('[data-observer]')];
  const surprised = (number) => {
    const out = (item(number)?.dataset.out ?? '').split(' ');
    return observers().filter((one) => one.dataset.in === 'true' && out.includes(one.dataset.observer));
  };

  // What the page shows until the server has told better.
  const apply = ({ what, item: number, observer }) => {
    if (what === 'leave-and-begin') for (const one of surprised(number)) one.dataset.in = 'false';
    if (what === 'item-begins' || what === 'leave-and-begin') {
      for (const other of room.querySelectorAll('[data-item][data-state="now"]')) other.dataset.state = 'done';
      if (item(number)) item(number).dataset.state = 'now';
    }
    if (what === 'item-ends' && item(number)) item(number).dataset.state = 'done';
    const person = observers().find((one) => one.dataset.observer === observer);
    if (person && what === 'comes') person.dataset.in = 'true';
    if (person && what === 'leaves') person.dataset.in = 'false';
    for (const warning of room.querySelectorAll('[data-warning]')) warning.hidden = true;
    if (what.startsWith('item') || what === 'leave-and-begin') room.dataset.ahead = '';
    say();
    dock();
  };

  // The title, as far as the phone knows.
  const say = () => {
    const heading = room.querySelector('h1');
    if (!heading || !room.dataset.saysIn) return;
    const names = observers().filter((one) => one.dataset.in === 'true').map((one) => one.querySelector('b').textContent);
    const running = room.querySelector('[data-item][data-state="now"]')?.dataset.item;
    const { saysIn, saysOut, saysBetween, saysEmpty } = room.dataset;
    const [inside, nobody] = running ? [saysIn, saysOut] : [saysBetween, saysEmpty];
    heading.textContent = (names.length > 0 ? inside : nobody).replace('#', running ?? '').replace('@', names.join(', '));
  };

  // The dock offers what comes next: the end of what runs, or the beginning of what follows, with both ways where somebody has to leave first.
  const dock = () => {
    const people = room.querySelector('.of-people');
    if (people) people.hidden = observers().every((one) => one.dataset.in !== 'true');
    const place = room.querySelector('.dock .of-item');
    if (!place) return;
    const running = room.querySelector('[data-item][data-state="now"]');
    const next = running ?? room.querySelector('[data-item][data-state="waiting"]');
    if (!running && next && surprised(next.dataset.item).length > 0) {
      choose(next);
      return;
    }
    const form = next?.querySelector(running ? '.ends' : '.begins')?.cloneNode(true);
    place.replaceChildren(...(form ? [form] : []));
    const button = place.querySelector('button');
    if (!button) return;
    button.id = running ? 'dock-ends' : 'dock-begins';
    button.className = '';
  };

  // Both ways to begin an item while somebody is in who has to be out: in the dock, or else beside the item.
  const choose = (of) => {
    const warning = of.querySelector('[data-warning]');
    const place = room.querySelector('.dock .of-item');
    if (!place) {
      warning.hidden = false;
      return warning;
    }
    const shown = warning.cloneNode(true);
    shown.hidden = false;
    delete shown.dataset.warning;
    for (const button of shown.querySelectorAll('[id]')) button.removeAttribute('id');
    place.replaceChildren(shown);
    return shown;
  };

  const show = () => {
    const line = room.querySelector('[data-waiting]');
    if (!line) return;
    const waiting = load().length;
    let text = '';
    if (gone) text = line.dataset.gone;
    else if (away) text = line.dataset.away ?? '';
    else if (lost && waiting === 0) text = line.dataset.lost ?? '';
    else if (lost && waiting === 1) text = line.dataset.one ?? '';
    else if (lost) text = (line.dataset.many ?? '').replace('#', waiting);
    if (line.textContent !== text) line.textContent = text;
  };

  // What was refused, with what it was and why.
  const showRefused = () => {
    const section = room.querySelector('[data-refused]');
    if (!section) return;
    const all = refused.load();
    section.hidden = all.length === 0;
    section.querySelector('ul').replaceChildren(...all.map((tap) => {
      const line = section.querySelector('template').content.cloneNode(true);
      const at = new Date(tap.at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
      line.querySelector('b').textContent = `${at} · ${tap.label ?? ''}`;
      line.querySelector('span').textContent = tap.why;
      line.querySelector('button').addEventListener('click', () => {
        refused.save(refused.load().filter((other) => other.client !== tap.client));
        showRefused();
      });
      return line;
    }));
  };

  const refuse = (tap, why) => {
    refused.save([...refused.load(), { ...tap, why }]);
    // Where more waits, the page is still as if it had been done.
    if (load().length > 0) room.dataset.ahead = '';
    showRefused();
    room.querySelector('[data-refused]')?.focus();
  };

  // Whether this is the way to sign in, where everybody is sent who is signed in no more.
  const isSignIn = (answer) => new URL(answer.url).pathname !== address;

  // The page as the server has it now. Why something was refused stands in the list of what was.
  const take = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = page.querySelector('[data-room]');
    away = answer.status === 404 && !isSignIn(answer);
    if (away) return room.querySelector('[data-waiting]')?.dataset.away ?? '';
    gone = !now || now.dataset.who !== room.dataset.who;
    if (gone) return null;
    const why = [...now.querySelectorAll('.problems:not([data-refused]) li')].map((line) => line.textContent.trim()).join(' ');
    now.querySelector('.problems:not([data-refused])')?.remove();
    room.dataset.time = now.dataset.time ?? '';
    if (load().length <= 1 && (now.dataset.version !== room.dataset.version || answer.status === 422 || 'ahead' in room.dataset)) {
      const focus = document.activeElement?.id;
      const was = room.dataset.place;
      delete room.dataset.ahead;
      Object.assign(room.dataset, now.dataset);
      room.replaceChildren(...now.childNodes);
      document.title = `${room.querySelector('h1').textContent} · Telémaco`;
      if (focus) document.getElementById(focus)?.focus();
      showRefused();
      if (room.dataset.place === 'leave-now' && was !== 'leave-now') navigator.vibrate?.([400, 200, 400]);
    }
    return answer.status === 422 ? why : '';
  };

  const work = async () => {
    if (busy) return;
    busy = true;
    try {
      if (load().length === 0) {
        const answer = await fetch(address, { signal: AbortSignal.timeout(10000) });
        if (answer.status >= 500) throw new Error('later');
        await take(answer);
      }
      for (let queue = load(); queue.length > 0; queue = load()) {
        const [tap] = queue;
        const ago = Math.max(0, Date.now() - tap.at);
        const body = new URLSearchParams({ ...tap.fields, client: tap.client, ago, after: tap.after ?? '', before: tap.before ?? '' });
        if (tap.again) body.set('again', 'yes');
        // Whoever asks a second time tells what has happened.
        tap.again = true;
        save(queue);
        const answer = await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(10000) });
        if (answer.status >= 500 || answer.status === 409 || answer.status === 429) throw new Error('later');
        const why = await take(answer);
        if (why === null) break;
        save(load().filter((other) => other.client !== tap.client));
        if (why) refuse(tap, why);
      }
      lost = false;
    } catch {
      lost = true;
      // What waited has happened, whether it was tried or not.
      save(load().map((tap) => ({ ...tap, again: true })));
    }
    busy = false;
    show();
  };

  room.addEventListener('submit', (event) => {
    const form = event.target;
    if (!('tap' in form.dataset)) return;
    event.preventDefault();
    event.stopPropagation();
    const fields = Object.fromEntries(new FormData(form));
    if ('warns' in form.dataset && surprised(fields.item).length > 0) {
      choose(item(fields.item)).querySelector('button').focus();
      return;
    }
    const queue = load();
    // Times never run backwards, whatever the phone's clock does.
    const at = Math.max(Date.now(), (queue.at(-1)?.at ?? 0) + 1);
    const label = form.querySelector('button').textContent;
    const client = name();
    save([...queue, { client, at, after: room.dataset.time, before: last.load()[0], label, fields, again: false }]);
    last.save([client]);
    apply(fields);
    show();
    work();
  });

  load().forEach((tap) => apply(tap.fields));
  showRefused();
  addEventListener('online', work);
  setInterval(work, 3000);
  work();
})();
