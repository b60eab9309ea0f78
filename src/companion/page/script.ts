/**
 * What runs in the page. It draws its state by text, never by markup, and keeps the focus where it is. A secret is fetched
 * at the click and goes to the clipboard; where that cannot be written to (no permission, the focus is elsewhere) it is
 * shown in a field for a minute.
 */
export const pageScript = String.raw`
const $ = (id) => document.getElementById(id);
const WORD = { open: 'To do', done: 'Done', problem: 'Look here' };
const ENDED = { connected: 'Connected and proven', waiting: 'Time is up', interrupted: 'The command was interrupted', failed: 'The command failed' };
const NO_ANSWER = 'The command on the terminal did not answer.';
const FLASH_MS = 2500;
const SHOWN_FOR_MS = 60000;
let state = { tasks: [], endsAt: 0 };
let offers = { reveal: false };
let before = [];
let drawn = '';
// By the id of the button: busy, what it says for a moment, a value to copy by hand, what went wrong.
const busy = new Set();
const flash = {};
const shown = {};
const trouble = {};

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
};
const announce = (text) => { $('announce').textContent = ''; setTimeout(() => { $('announce').textContent = text; }, 50); };
const forMs = (ms, place, id, value) => {
  place[id] = value;
  setTimeout(() => { if (place[id] === value) { delete place[id]; draw(); } }, ms);
};

const post = async (what) => {
  const answer = await fetch(what, { method: 'POST' }).catch(() => { throw new Error(NO_ANSWER); });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error || NO_ANSWER);
  return body;
};

// With the promise of a text, since some browsers let a page write only while the click is fresh.
const toClipboard = async (text) => {
  const value = await Promise.race([text, new Promise((resolve) => setTimeout(resolve, 100))]);
  if (value === undefined && window.ClipboardItem && navigator.clipboard.write) {
    const blob = text.then((late) => new Blob([late], { type: 'text/plain' }));
    return navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  }
  return navigator.clipboard.writeText(await text);
};

/** Does what a button is for, once at a time; what goes wrong is told beside it. */
const work = async (id, waiting, doing) => {
  if (busy.has(id)) return;
  busy.add(id);
  delete trouble[id];
  if (waiting) announce(waiting);
  draw();
  try { await doing(); } catch (error) {
    trouble[id] = error.message || NO_ANSWER;
    announce(trouble[id]);
  } finally {
    busy.delete(id);
    draw();
  }
};

const copy = (id, name, secret, read) => work(id, secret && 'Reading the secret', async () => {
  const reading = read();
  reading.catch(() => {});
  const copied = await toClipboard(reading).then(() => true, () => false);
  const value = await reading;
  forMs(FLASH_MS, flash, id, copied ? 'Copied' : 'Shown');
  if (copied) delete shown[id];
  else {
    forMs(SHOWN_FOR_MS, shown, id, value);
    draw();
    $(id + '-field').focus();
    $(id + '-field').select();
  }
  announce(name + (copied ? ' copied' : ' is shown for a minute; copy it with your keyboard'));
});

const buttonFor = (id, label, name, press) => {
  const button = make('button', { type: 'button', id, textContent: busy.has(id) ? 'One moment…' : flash[id] || label });
  if (name) button.setAttribute('aria-label', button.textContent + ' ' + name);
  // Not disabled: that would take the focus away from the keyboard.
  button.setAttribute('aria-disabled', String(busy.has(id)));
  button.addEventListener('click', press);
  return button;
};

const troubleOf = (id, ...more) => trouble[id] && make('p', { className: 'trouble' }, trouble[id], ...more);

const isSecret = ({ value }) => value === undefined;
const idOf = (task, { name }) => task.id + '-copy-' + name.replace(/\W+/g, '-');

const valueRow = (task, one) => {
  const { name, value } = one;
  const [secret, id] = [isSecret(one), idOf(task, one)];
  if (secret && !offers.reveal) {
    return make('div', { className: 'value' }, make('dt', { textContent: name }), make('dd', { textContent: 'from the Salesforce page above' }));
  }
  let there = make('code', { textContent: secret ? '••••••••••••' : value });
  if (shown[id]) {
    there = make('input', { value: shown[id], readOnly: true, id: id + '-field', autocomplete: 'off' });
    there.setAttribute('aria-label', name);
  } else if (secret) there.setAttribute('aria-label', 'hidden');
  const read = secret ? async () => (await post('secret')).value : async () => value;
  const button = buttonFor(id, 'Copy', name, () => copy(id, name, secret, read));
  const wrong = troubleOf(id, ' You can copy it by hand, as task 1 says.');
  return make('div', { className: 'value' }, make('dt', { textContent: name }), make('dd', { className: 'place' }, there, button), wrong && make('dd', {}, wrong));
};

const inWindow = (id, label, what, done) => {
  const button = buttonFor(id, label, '', () => {
    // Opened at the click, since a browser blocks a window that comes later.
    const opened = window.open('about:blank');
    return work(id, '', async () => {
      try {
        if (!opened) throw new Error('The browser blocked the window. Allow windows for this page, and press again.');
        const { url } = await post(what);
        opened.opener = null;
        opened.location.replace(url);
        forMs(FLASH_MS, flash, id, done);
      } catch (error) {
        if (opened) opened.close();
        throw error;
      }
    });
  });
  return make('div', {}, button, troubleOf(id));
};
const signIn = () => inWindow('sign-in', 'Sign this browser in as ' + offers.signIn, 'sign-in', 'Signed in, in a new window');
const approve = () => inWindow('approve', 'Open Salesforce to approve', 'approve', 'Opened, in a new window');

const card = (task, number) => {
  const failed = state.tasks.some((one) => one.values.some((value) => isSecret(value) && trouble[idOf(one, value)]));
  const handsOver = task.id === 'consumer' && offers.reveal;
  const where = task.where && make('p', { className: 'where' }, task.where.path + ': ',
    make('a', { href: task.where.url, target: '_blank', rel: 'noopener noreferrer', id: task.id + '-link', textContent: 'open' }));
  const lines = handsOver && !failed ? ['Copy both below; there is no need to open Salesforce for them.'] : task.lines;
  const body = [
    handsOver && !failed ? undefined : where,
    make('ul', {}, ...lines.map((line) => make('li', { textContent: line }))),
    task.values.length > 0 ? make('dl', {}, ...task.values.map((value) => valueRow(task, value))) : undefined,
    task.id === 'approve' && task.state !== 'done' ? approve() : undefined,
    task.id === 'authenticate' && offers.signIn && task.state !== 'done' ? signIn() : undefined,
  ].filter(Boolean);
  const word = make('span', { className: 'state', textContent: WORD[task.state] });
  const head = make('div', { className: 'head' }, make('h2', { textContent: number + '. ' + task.title }), word);
  const seen = task.seen ? make('p', { className: 'seen', textContent: task.seen }) : undefined;
  const item = make('li', { className: task.state, id: 'task-' + task.id }, head, seen);
  if (task.state === 'done') {
    const again = make('details', { open: Boolean($(task.id + '-again') && $(task.id + '-again').open), id: task.id + '-again' });
    again.append(make('summary', { textContent: 'Show it again', id: task.id + '-summary' }), ...body);
    item.append(again);
  } else item.append(...body);
  return item;
};

const draw = () => {
  $('summary').textContent = state.ended ? '' : state.summary || 'Preparing both orgs; this page will tell what is to be done.';
  const now = JSON.stringify([state.tasks, offers, [...busy], flash, Object.keys(shown), trouble]);
  if (now !== drawn) {
    const focused = document.activeElement && document.activeElement.id;
    const news = state.tasks.filter(({ id, state: is }) => before.some((one) => one.id === id && one.state !== is));
    $('tasks').replaceChildren(...state.tasks.map((task, index) => card(task, index + 1)));
    [drawn, before] = [now, state.tasks];
    const again = focused && $(focused);
    if (again) {
      again.focus();
      if (again.select) again.select();
    }
    if (news.length > 0) announce(news.map((task) => task.title + ': ' + WORD[task.state]).join('. '));
  }
  const done = state.tasks.filter((task) => task.state === 'done').length;
  document.title = (state.tasks.length > 0 ? '(' + done + '/' + state.tasks.length + ') ' : '') + 'Connect Okta to Salesforce';
  if (state.ended) ended(state.ended.kind, ENDED[state.ended.kind], state.ended.message, state.ended.kind === 'connected' ? '' : state.command);
};

const ended = (kind, title, message, command) => {
  const wasHidden = $('ended').hidden;
  $('ended').hidden = false;
  $('ended').className = kind;
  $('ended-title').textContent = title;
  $('ended-message').textContent = message;
  $('ended-command').textContent = command;
  $('left').textContent = '';
  if (wasHidden) $('ended').focus();
};

const tick = () => {
  if (state.ended || !state.endsAt || !$('ended').hidden) return;
  const left = Math.max(0, Math.round((state.endsAt - Date.now()) / 1000));
  $('left').textContent = 'Time left: ' + Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
};

const events = new EventSource('events');
events.addEventListener('offers', ({ data }) => { offers = JSON.parse(data); });
events.addEventListener('message', ({ data }) => {
  state = JSON.parse(data);
  if (!state.ended) $('ended').hidden = true;
  else events.close();
  draw();
  tick();
});
events.addEventListener('error', () => {
  if (state.ended) return;
  ended('failed', 'The command does not answer', 'It may have been stopped. Look at the terminal; to go on, run the command again:', state.command || '');
});
setInterval(tick, 1000);
`;
