// What is being written stays in this browser, for this member, until it is posted or they sign out:
// words and audience in localStorage, files in IndexedDB. A moment that found no connection goes out
// with the same key when there is one again, so it is published once.
const PREFIX = "goodword.draft:";
const BASE = "goodword.drafts";
const AGAIN = 20_000; // milliseconds between tries while the browser believes it is online

const form = document.querySelector("form[data-draft]");
if (form) keep(form);

function keep(form) {
  const part = (name) => form.querySelector(`[data-draft-${name}]`);
  const id = `${form.dataset.draft}:${new URL(form.action).pathname}`;
  const state = { form, part, id, timer: 0, found: read(id) };
  forgetOthers(form.dataset.draft);
  part("note").hidden = false;
  if (state.found && !form.elements.text.value) offer(state);
  const soon = () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(state), 300);
  };
  form.addEventListener("input", (event) => { either(form); if (event.isTrusted || event.target.type === "file") soon(); });
  form.addEventListener("change", soon);
  document.addEventListener("visibilitychange", () => document.hidden && state.timer && save(state));
  form.addEventListener("submit", () => { state.waits = false; });
  form.addEventListener("upload:lost", (event) => { event.preventDefault(); lost(state); });
  form.addEventListener("upload:done", (event) => done(state, event.detail.goal));
  window.addEventListener("online", () => retry(state));
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
    return JSON.parse(localStorage.getItem(PREFIX + id));
  } catch {
    return null;
  }
}

function save(state) {
  clearTimeout(state.timer);
  state.timer = 0;
  const { form, id } = state;
  const words = new FormData(form);
  const files = [...form.elements.pictures.files, ...form.elements.voice.files];
  const text = form.elements.text.value;
  if (!text && !files.length) {
    forget(id);
    return;
  }
  const draft = {
    text, key: form.elements.key.value, audience: words.get("audience"), groups: words.getAll("groups"),
    people: words.getAll("people"), alts: words.getAll("pictures_alt"), files: files.length,
  };
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify(draft));
  } catch {
    return; // full or forbidden: the form itself still stands
  }
  const { pictures, voice } = form.elements;
  put(id, files.length && { pictures: [...pictures.files], voice: [...voice.files] });
}

function offer(state) {
  const place = state.part("offer");
  const files = state.found.files ? get(state.id) : Promise.resolve(null);
  place.querySelector("[data-draft-begins]").textContent = [...state.found.text].slice(0, 60).join("");
  place.hidden = false;
  place.querySelector("[data-draft-continue]").addEventListener("click", async () => {
    fill(state.form, state.found, await files);
    place.hidden = true;
    state.form.elements.text.focus();
  });
  place.querySelector("[data-draft-discard]").addEventListener("click", () => {
    place.hidden = true;
    forget(state.id);
    state.form.elements.text.focus();
  });
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
  state.part("lost").hidden = false;
  state.part("lost").scrollIntoView({ block: "center" });
}

function retry(state) {
  if (!state.waits) return;
  state.waits = false;
  state.form.requestSubmit();
}

// Whoever must sign in first has posted nothing yet.
function done(state, goal) {
  if (new URL(goal, location.href).pathname.startsWith("/account/")) return;
  clearTimeout(state.timer);
  forget(state.id);
}

function forget(id) {
  localStorage.removeItem(PREFIX + id);
  put(id, null);
}

// Somebody else signed in here: what was begun before is not theirs.
function forgetOthers(member) {
  const others = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${member}:`));
  for (const key of others) forget(key.slice(PREFIX.length));
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
