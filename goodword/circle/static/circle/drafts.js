// What is being written stays in this browser, for this member, until it is posted or they sign out:
// words and audience in localStorage, files in IndexedDB, both under the moment's key, so that two tabs
// keep two drafts. A moment that found no connection goes out with the same key when there is one again,
// so it is published once.
const PREFIX = "goodword.draft:";
const BASE = "goodword.drafts";
const AGAIN = 20_000; // milliseconds between tries while the browser believes it is online
const STILL = 3000; // without a new letter: nothing goes out by itself in the middle of a word

const form = document.querySelector("form[data-draft]");
if (form) keep(form);

function keep(form) {
  const part = (name) => form.querySelector(`[data-draft-${name}]`);
  const place = `${form.dataset.draft}:${new URL(form.action).pathname}:`;
  const state = { form, part, place, id: place + form.elements.key.value, timer: 0, written: 0, begun: [], files: [] };
  hold(state.id);
  forgetOthers(form.dataset.draft);
  part("note").hidden = false;
  find(state);
  part("continue").addEventListener("click", () => resume(state));
  part("discard").addEventListener("click", () => {
    forget(state.begun.shift().id);
    offer(state);
    form.elements.text.focus();
  });
  const soon = () => {
    state.written = Date.now();
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(state), 300);
  };
  form.addEventListener("input", (event) => { either(form); if (event.isTrusted || event.target.type === "file") soon(); });
  form.addEventListener("change", soon);
  document.addEventListener("visibilitychange", () => document.hidden && state.timer && save(state));
  form.addEventListener("submit", () => { state.waits = false; part("lost").hidden = true; });
  form.addEventListener("upload:lost", (event) => { event.preventDefault(); lost(state); });
  form.addEventListener("upload:done", (event) => done(state, event.detail.goal));
  window.addEventListener("online", () => retry(state));
  window.addEventListener("pageshow", (event) => event.persisted && state.over && location.reload());
  setInterval(() => navigator.onLine && retry(state), AGAIN);
}

// Pictures or a voice note: choosing one puts the other away.
function either(form) {
  const { voice, pictures } = form.elements;
  form.querySelector("[data-draft-voice]").hidden = pictures.files.length > 0;
  form.querySelector("[data-picker]").hidden = voice.files.length > 0;
}

function read(id) {
  try {
    return { id, ...JSON.parse(localStorage.getItem(PREFIX + id)) };
  } catch {
    return { id };
  }
}

function drafts() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
}

function save(state) {
  stop(state);
  const { form, id } = state;
  const words = new FormData(form);
  const { pictures, voice } = form.elements;
  const files = [...pictures.files, ...voice.files];
  const text = form.elements.text.value;
  state.empty = !text && !files.length;
  offer(state);
  if (state.empty) {
    state.files = [];
    forget(id);
    return;
  }
  const draft = {
    text, key: form.elements.key.value, audience: words.get("audience"), groups: words.getAll("groups"),
    people: words.getAll("people"), alts: words.getAll("pictures_alt"), files: files.length, at: Date.now(),
  };
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify(draft));
  } catch {
    return; // full or forbidden: the form itself still stands
  }
  if (files.length === state.files.length && files.every((file, at) => file === state.files[at])) return;
  state.files = files;
  put(id, files.length && { pictures: [...pictures.files], voice: [...voice.files] });
}

function stop(state) {
  clearTimeout(state.timer);
  state.timer = 0;
}

// Drafts begun here before, the newest first, but for those that another tab is writing now.
async function find(state) {
  const ids = drafts().filter((id) => id.startsWith(state.place) && id !== state.id);
  const free = await Promise.all(ids.map(isFree));
  state.begun = ids.filter((_id, at) => free[at]).map(read).filter(({ key }) => key).sort((a, b) => b.at - a.at);
  state.empty = !state.form.elements.text.value && !state.form.elements.pictures.files.length;
  offer(state);
  const left = (await base((files) => files.getAllKeys(), "readonly")) ?? [];
  for (const id of left) if (!localStorage.getItem(PREFIX + id)) put(id, null);
}

// Nobody is asked to go on with another thing once this one is begun; it is offered the next time.
function offer({ part, begun: [first], empty }) {
  part("offer").hidden = !first || !empty;
  if (!first) return;
  part("begins").textContent = [...first.text].slice(0, 60).join("");
  part("begins").hidden = !first.text;
}

async function resume(state) {
  const { id } = state.begun.shift();
  const draft = read(id);
  if (!draft.key || !(await hold(id))) {
    offer(state); // meanwhile another tab has taken it
    return;
  }
  state.id = id;
  fill(state.form, draft, draft.files ? await get(id) : null);
  save(state);
  state.form.elements.text.focus();
}

function fill(form, draft, files) {
  const { elements } = form;
  elements.text.value = draft.text;
  elements.key.value = draft.key; // if it went out after all, it is the same moment
  for (const name of ["audience", "groups", "people"]) {
    const wanted = [draft[name]].flat();
    for (const box of form.querySelectorAll(`[name="${name}"]`)) box.checked = wanted.includes(box.value);
  }
  if (!files) return;
  choose(elements.pictures, files.pictures);
  choose(elements.voice, files.voice);
  const alts = form.querySelectorAll('[name="pictures_alt"]');
  alts.forEach((field, place) => { field.value = draft.alts[place] ?? ""; });
  form.querySelector("[data-draft-voice]").open ||= files.voice.length > 0;
  either(form);
}

function choose(input, files) {
  if (!files.length) return;
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  input.files = carrier.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function lost(state) {
  save(state);
  state.waits = true;
  state.written = 0;
  state.part("lost").hidden = false;
  state.part("lost").scrollIntoView({ block: "center" });
}

function retry(state) {
  if (!state.waits) return;
  const early = state.written + STILL - Date.now();
  if (early > 0) {
    setTimeout(retry, early, state);
    return;
  }
  state.waits = false;
  state.form.requestSubmit();
}

// Whoever must sign in first has posted nothing yet.
function done(state, goal) {
  if (new URL(goal, location.href).pathname.startsWith("/account/")) return;
  stop(state); // nor is it kept again while the page is left
  state.over = true;
  forget(state.id);
  state.form.reset(); // browsers fill a form again for whoever comes back
}

function forget(id) {
  localStorage.removeItem(PREFIX + id);
  put(id, null);
}

// Somebody else signed in here: what was begun before is not theirs.
function forgetOthers(member) {
  for (const id of drafts()) if (!id.startsWith(`${member}:`)) forget(id);
}

// As long as this page lives, its draft is written here and nowhere else.
function hold(id) {
  return new Promise((got) => {
    if (!navigator.locks) return got(true);
    navigator.locks.request(PREFIX + id, { ifAvailable: true }, (lock) => {
      got(Boolean(lock));
      return lock && new Promise(() => {});
    });
  });
}

// A page that was just left may hold its draft for a moment longer.
async function isFree(id) {
  try {
    return (await navigator.locks?.request(PREFIX + id, { signal: AbortSignal.timeout(500) }, () => true)) ?? true;
  } catch {
    return false;
  }
}

function put(id, value) {
  return base((files) => (value ? files.put(value, id) : files.delete(id)), "readwrite");
}

function get(id) {
  return base((files) => files.get(id), "readonly");
}

// Private windows of some browsers have no IndexedDB: then words are kept and files are not.
function base(act, mode) {
  return new Promise((give) => {
    const none = () => give(null);
    if (!window.indexedDB) return none();
    const opening = indexedDB.open(BASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("files");
    opening.onerror = none;
    opening.onsuccess = () => {
      const open = opening.result;
      const work = open.transaction("files", mode);
      const asked = act(work.objectStore("files"));
      work.oncomplete = () => { give(asked.result ?? null); open.close(); };
      work.onabort = () => { none(); open.close(); };
    };
  });
}
