/**
 * What runs in the page. It builds everything by text, never by markup, and keeps the focus where it is when the state changes.
 * A secret is fetched at the click, goes to the clipboard, and is shown only where there is none to write to, for a minute.
 */
export const pageScript = String.raw`
const $ = (id) => document.getElementById(id);
const WORD = { open: 'To do', done: 'Done', problem: 'Look here' };
const ENDED = { connected: 'Connected and proven', waiting: 'Time is up', interrupted: 'The command was interrupted', failed: 'The command failed' };
const SHOWN_FOR = 60000;
let state = { tasks: [], endsAt: 0 };
let offers = { reveal: false, signIn: false };
let drawn = '';

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
};
const announce = (text) => { $('announce').textContent = ''; setTimeout(() => { $('announce').textContent = text; }, 50); };

const post = async (what) => {
  const answer = await fetch(what, { method: 'POST' });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body;
};

const copy = async (button, name, read, place) => {
  const label = button.textContent;
  button.disabled = true;
  try {
    const value = await read();
    const copied = await navigator.clipboard.writeText(value).then(() => true, () => false);
    if (!copied) showToCopy(place, name, value);
    button.textContent = copied ? 'Copied' : 'Shown';
    announce(copied ? name + ' copied' : name + ' is shown; copy it with your keyboard');
  } catch (error) {
    place.replaceChildren(make('span', { className: 'seen', textContent: error.message || 'The command on the terminal did not answer.' }));
    button.textContent = label;
    announce(place.textContent);
  } finally {
    button.disabled = false;
    setTimeout(() => { button.textContent = label; }, 2500);
  }
};

const showToCopy = (place, name, value) => {
  const before = [...place.childNodes];
  const field = make('input', { value, readOnly: true });
  field.setAttribute('aria-label', name);
  place.replaceChildren(field);
  field.focus();
  field.select();
  setTimeout(() => place.replaceChildren(...before), SHOWN_FOR);
};

const valueRow = (task, { name, value }) => {
  const secret = value === undefined;
  if (secret && !offers.reveal) {
    return make('div', { className: 'value' }, make('dt', { textContent: name }), make('dd', { textContent: 'from the Salesforce page above' }));
  }
  const place = make('dd', {}, make('code', { textContent: secret ? '••••••••••••' : value }));
  const button = make('button', { type: 'button', textContent: 'Copy', id: task.id + '-copy-' + name.replace(/\W+/g, '-') });
  button.setAttribute('aria-label', 'Copy ' + name);
  const read = secret ? async () => (await post('secret')).value : async () => value;
  button.addEventListener('click', () => copy(button, name, read, place));
  return make('div', { className: 'value' }, make('dt', { textContent: name }), place, button);
};

const signIn = () => {
  const seen = make('p', { className: 'seen', hidden: true });
  const button = make('button', { type: 'button', id: 'sign-in', textContent: 'Sign this browser in as this user' });
  button.addEventListener('click', async () => {
    button.disabled = true;
    // Opened at the click, since a browser blocks a window that comes later.
    const opened = window.open('about:blank');
    try {
      const { url } = await post('sign-in');
      if (opened) { opened.opener = null; opened.location.replace(url); }
    } catch (error) {
      if (opened) opened.close();
      seen.hidden = false;
      seen.textContent = error.message || 'The command on the terminal did not answer.';
    } finally { button.disabled = false; }
  });
  return make('div', {}, button, seen);
};

const card = (task, number) => {
  const hideKey = task.id === 'consumer' && offers.reveal;
  const where = task.where && make('p', { className: 'where' }, task.where.path + ': ',
    make('a', { href: task.where.url, target: '_blank', rel: 'noopener noreferrer', id: task.id + '-link', textContent: 'open' }));
  const body = [
    hideKey ? undefined : where,
    make('ul', {}, ...(hideKey ? ['Copy both below; there is no need to open Salesforce for them.'] : task.lines).map((line) => make('li', { textContent: line }))),
    task.values.length > 0 ? make('dl', {}, ...task.values.map((value) => valueRow(task, value))) : undefined,
    task.id === 'authenticate' && offers.signIn && task.state !== 'done' ? signIn() : undefined,
  ];
  const word = make('span', { className: 'state', textContent: WORD[task.state] });
  const head = make('div', { className: 'head' }, make('h2', { textContent: number + '. ' + task.title }), word);
  const seen = task.seen ? make('p', { className: 'seen', textContent: task.seen }) : undefined;
  const item = make('li', { className: task.state, id: 'task-' + task.id }, head, seen);
  if (task.state === 'done') item.append(make('details', {}, make('summary', { textContent: 'Show it again' }), ...body.filter(Boolean)));
  else item.append(...body.filter(Boolean));
  return item;
};

const draw = () => {
  $('summary').textContent = state.ended ? '' : state.summary || 'Preparing both orgs; this page will tell what is to be done.';
  const now = JSON.stringify([state.tasks, offers]);
  if (now !== drawn) {
    const focused = document.activeElement && document.activeElement.id;
    const news = state.tasks.filter((task, index) => { const before = JSON.parse(drawn || '[[]]')[0][index]; return before && before.state !== task.state; });
    $('tasks').replaceChildren(...state.tasks.map((task, index) => card(task, index + 1)));
    drawn = now;
    if (focused && $(focused)) $(focused).focus();
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
