// Choosing pictures: previews, order, alt texts, a count of nine, and progress while they travel.
// The files stay in the form's own input, so posting without this module sends the same fields.
for (const picker of document.querySelectorAll("[data-picker]")) attach(picker);

function attach(picker) {
  const input = picker.querySelector("[data-picker-input]");
  const state = { picker, input, list: picker.querySelector("[data-picker-list]"), chosen: [] };
  input.addEventListener("change", () => add(state, [...input.files]));
  picker.addEventListener("paste", (event) => add(state, [...event.clipboardData.files]));
  state.list.addEventListener("click", (event) => act(state, event));
  dragging(state);
  input.form?.addEventListener("submit", (event) => send(state, event));
}

function add(state, files) {
  const limit = Number(state.picker.dataset.limit);
  const room = limit - state.chosen.length;
  for (const file of files.slice(0, room)) state.chosen.push(entry(state, file));
  complain(state, files.length > room ? state.picker.dataset.tooMany : "");
  draw(state);
}

function entry(state, file) {
  const { bytes, tooLarge, notPicture } = state.picker.dataset;
  const item = state.picker.querySelector("[data-picker-item]").content.firstElementChild.cloneNode(true);
  // Some phones give HEIC files no type at all; the server looks for itself.
  const wrong = file.type && !file.type.startsWith("image/") ? notPicture
    : file.size > Number(bytes) ? tooLarge : "";
  item.draggable = true;
  item.querySelector("img").src = URL.createObjectURL(file);
  if (wrong) {
    item.classList.add("picker__item--bad");
    const text = document.createElement("p");
    text.className = "field__error";
    text.textContent = wrong;
    item.append(text);
  }
  return { file, item, wrong };
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
}

function act(state, event) {
  const index = state.chosen.findIndex(({ item }) => item.contains(event.target));
  const move = event.target.closest("[data-move]");
  if (move) {
    swap(state, index, index + Number(move.dataset.move));
    if (!move.disabled) move.focus();
  }
  if (event.target.closest("[data-remove]")) {
    URL.revokeObjectURL(state.chosen[index].item.querySelector("img").src);
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

function send(state, event) {
  const wrong = state.chosen.find((choice) => choice.wrong);
  if (wrong) {
    event.preventDefault();
    complain(state, wrong.wrong);
    wrong.item.querySelector("[data-remove]").focus();
    return;
  }
  if (!state.chosen.length || event.defaultPrevented) return;
  event.preventDefault();
  upload(state, new FormData(state.input.form, event.submitter));
}

// fetch() cannot tell how far an upload is; XMLHttpRequest can.
function upload(state, body) {
  const { form } = state.input;
  const bar = state.picker.querySelector("[data-picker-progress]");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    bar.hidden = false;
    bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : null;
  });
  request.addEventListener("load", () => arrive(request, form));
  request.addEventListener("error", () => form.submit());
  for (const button of form.querySelectorAll("[type=submit]")) button.disabled = true;
  request.send(body);
}

// A success was redirected: go where it led. A refusal is the form's page again, with its sentence.
function arrive(request, form) {
  if (request.status < 400 && request.responseURL !== form.action) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const fresh = page.querySelector("main");
  document.querySelector("main").replaceWith(fresh);
  for (const picker of fresh.querySelectorAll("[data-picker]")) attach(picker);
  fresh.querySelector("[aria-invalid=true], [role=alert]")?.scrollIntoView({ block: "center" });
}
