// Choosing pictures: previews, order, alt texts, a count of nine, and progress while they travel.
// The files stay in the form's own input, so posting without this module sends the same fields.
// A form with data-upload always travels this way: its page stays until the server has taken it.
const states = new WeakMap();
const DEAD = 60_000; // milliseconds without a sign of life, then the connection counts as lost

function attachAll() {
  for (const picker of document.querySelectorAll("[data-picker]")) {
    if (!states.has(picker)) attach(picker);
  }
}

function attach(picker) {
  const input = picker.querySelector("[data-picker-input]");
  const state = { picker, input, list: picker.querySelector("[data-picker-list]"), chosen: [] };
  states.set(picker, state);
  input.addEventListener("change", () => add(state, [...input.files]));
  state.list.addEventListener("click", (event) => act(state, event));
  dragging(state);
  if (input.files.length) add(state, [...input.files]); // the browser kept them over a reload
}

function add(state, files) {
  const limit = Number(state.picker.dataset.limit);
  const room = limit - state.chosen.length;
  for (const file of files.slice(0, room)) state.chosen.push(entry(state, file));
  complain(state, files.length > room ? state.picker.dataset.tooMany : "");
  draw(state);
}

// Words that are pasted stay words, though some programs send their picture along.
function paste({ target, clipboardData: pasted }) {
  const state = states.get(target.closest?.("form")?.querySelector("[data-picker]"));
  if (!state) return;
  const pictures = [...pasted.files].filter((file) => file.type.startsWith("image/"));
  if (pictures.length && !pasted.types.includes("text/plain") && !state.picker.hidden) add(state, pictures);
}

function entry(state, file) {
  const { bytes, tooLarge, notPicture } = state.picker.dataset;
  const item = state.picker.querySelector("[data-picker-item]").content.firstElementChild.cloneNode(true);
  // Some phones give HEIC files no type at all; the server looks for itself.
  const wrong = file.type && !file.type.startsWith("image/") ? notPicture
    : file.size > Number(bytes) ? tooLarge : "";
  item.draggable = true;
  const image = item.querySelector("img");
  image.src = URL.createObjectURL(file);
  image.addEventListener("error", () => image.replaceWith(named(file))); // not every browser draws HEIC
  if (wrong) {
    item.classList.add("picker__item--bad");
    const text = document.createElement("p");
    text.className = "field__error";
    text.textContent = `${file.name}: ${wrong}`;
    item.prepend(text);
  }
  return { file, item, image, wrong };
}

function named(file) {
  const name = document.createElement("span");
  name.className = "picker__name";
  name.textContent = file.name;
  return name;
}

function draw(state) {
  const { chosen, list, picker, input } = state;
  list.replaceChildren(...chosen.map(({ item }) => item));
  chosen.forEach(({ item }, index) => {
    item.querySelector('[data-move="-1"]').disabled = index === 0;
    item.querySelector('[data-move="1"]').disabled = index === chosen.length - 1;
  });
  const files = new DataTransfer();
  for (const { file } of chosen) files.items.add(file);
  input.files = files.files;
  picker.querySelector("[data-picker-count]").textContent = `${chosen.length} / ${picker.dataset.limit}`;
  input.closest("[data-drop]").hidden = chosen.length >= Number(picker.dataset.limit);
  input.dispatchEvent(new Event("input", { bubbles: true })); // drafts hear of it
}

function act(state, event) {
  const index = state.chosen.findIndex(({ item }) => item.contains(event.target));
  const move = event.target.closest("[data-move]");
  if (move) {
    swap(state, index, index + Number(move.dataset.move));
    const other = move.parentElement.querySelector("[data-move]:not([disabled])");
    (move.disabled ? other : move)?.focus();
  }
  if (event.target.closest("[data-remove]")) {
    URL.revokeObjectURL(state.chosen[index].image.src);
    state.chosen.splice(index, 1);
    complain(state, "");
    draw(state);
    (state.chosen[index]?.item.querySelector("[data-remove]") ?? state.input).focus();
  }
}

function swap(state, from, to) {
  if (!state.chosen[to]) return;
  const [moved] = state.chosen.splice(from, 1);
  state.chosen.splice(to, 0, moved);
  draw(state);
}

function dragging(state) {
  let from = -1;
  const under = (event) => state.chosen.findIndex(({ item }) => item.contains(event.target));
  state.list.addEventListener("dragstart", (event) => { from = under(event); });
  state.list.addEventListener("dragover", (event) => from >= 0 && event.preventDefault());
  state.list.addEventListener("drop", (event) => {
    event.preventDefault();
    const to = under(event);
    if (from >= 0 && to >= 0) swap(state, from, to);
    from = -1;
  });
}

function complain(state, sentence) {
  const line = state.picker.querySelector("[data-picker-error]");
  line.textContent = sentence;
  line.hidden = !sentence;
}

function send(event) {
  const form = event.target;
  const state = states.get(form.querySelector?.("[data-picker]"));
  const always = form.matches?.("[data-upload]");
  if (!state || !(state.chosen.length || always) || event.defaultPrevented) return;
  event.preventDefault();
  const bad = state.chosen.find((choice) => choice.wrong);
  if (bad) {
    complain(state, bad.wrong);
    bad.item.querySelector("[data-remove]").focus();
  } else {
    upload(state, form, new FormData(form, event.submitter));
  }
}

// fetch() cannot tell how far an upload is; XMLHttpRequest can.
function upload(state, form, body) {
  const bar = state.picker.querySelector("[data-picker-progress]");
  const request = new XMLHttpRequest();
  const held = document.activeElement;
  let life = 0;
  const alive = () => {
    clearTimeout(life);
    life = setTimeout(() => request.abort(), DEAD);
  };
  // Nothing can be written any more that would stay behind.
  const busy = (yes) => {
    clearTimeout(life);
    bar.hidden = !yes;
    form.inert = yes;
    form.setAttribute("aria-busy", String(yes));
    if (!yes) held?.focus({ preventScroll: true });
  };
  request.open("POST", form.action);
  request.setRequestHeader("X-Upload", "1");
  request.upload.addEventListener("progress", (event) => {
    alive();
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  const lost = () => {
    // Whoever keeps drafts says it better.
    if (tell(form, "upload:lost")) complain(state, state.picker.dataset.failed);
  };
  request.addEventListener("load", () => {
    busy(false);
    if (request.status > 500) lost();
    else arrive(state, form, request);
  });
  for (const end of ["error", "abort"]) request.addEventListener(end, () => { busy(false); lost(); });
  complain(state, "");
  busy(true);
  alive();
  request.send(body);
}

function tell(form, name, detail) {
  return form.dispatchEvent(new CustomEvent(name, { bubbles: true, cancelable: true, detail }));
}

// To another place of the same page the browser only scrolls; what has changed on it would not be seen.
function go(goal) {
  const same = goal.pathname === location.pathname && goal.search === location.search;
  location.assign(goal);
  if (same && goal.hash) location.reload();
}

// Accepted: go where the server says. Refused: its sentences, and everything that was chosen kept. An
// answer that is not about this form is not worth what was written in it.
function arrive(state, form, request) {
  const goal = request.getResponseHeader("X-Upload-Location");
  if (goal) {
    tell(form, "upload:done", { goal });
    go(new URL(goal, location.href));
    return;
  }
  const fresh = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
  if (!fresh?.querySelector("[data-picker]")) {
    complain(state, fresh?.querySelector(".empty p")?.textContent || state.picker.dataset.failed);
    return;
  }
  const said = fresh.querySelector("[data-refused]");
  if (said && form.querySelector("[data-refused]")) {
    form.querySelector("[data-refused]").replaceWith(said);
    said.scrollIntoView({ block: "center" });
    return;
  }
  fresh.querySelector("[data-picker]")?.replaceWith(state.picker);
  document.querySelector("main").replaceWith(fresh);
  window.htmx?.process(fresh);
  fresh.querySelector("[role=alert]:not([hidden]), [aria-invalid=true]")?.scrollIntoView({ block: "center" });
}

attachAll();
document.addEventListener("htmx:after:swap", attachAll);
document.addEventListener("submit", send);
document.addEventListener("paste", paste);
