// After an “@” friends are suggested. Without this, one types the handle; it means the same.
const LETTERS = /(?:^|[^A-Za-z0-9_@/.])@([^\s@]{1,30})$/;
let asked = 0;

async function suggest(field) {
  const match = LETTERS.exec(field.value.slice(0, field.selectionStart));
  const turn = ++asked;
  if (!match) return close(field);
  const address = `${field.dataset.mention}?begin=${encodeURIComponent(match[1])}`;
  const answer = await fetch(address).catch(() => null);
  const { names } = (answer?.ok && (await answer.json().catch(() => null))) || { names: [] };
  if (turn !== asked) return;
  close(field);
  if (names.length) show(field, names);
}

function show(field, names) {
  const list = document.createElement("div");
  list.className = "names";
  list.dataset.names = "";
  for (const { handle, name } of names) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--s";
    button.textContent = `${name} @${handle}`;
    button.addEventListener("click", () => put(field, handle));
    list.append(button);
  }
  field.after(list);
}

// Letters may have been typed since these names were asked for: what stands there now goes.
function put(field, handle) {
  const at = field.selectionStart;
  const match = LETTERS.exec(field.value.slice(0, at));
  if (match) field.setRangeText(`${handle} `, at - match[1].length, at, "end");
  close(field);
  field.focus();
}

function close(field) {
  asked += 1; // nor is an answer shown that is still on its way
  if (field.nextElementSibling?.matches("[data-names]")) field.nextElementSibling.remove();
}

// What an input method makes of the keys is there once it has settled on it.
for (const kind of ["input", "compositionend"]) {
  document.addEventListener(kind, (event) => {
    if (event.target.dataset?.mention && !event.isComposing) suggest(event.target);
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.dataset?.mention) close(event.target);
});
