// After an “@” friends are suggested. Without this, one types the handle; it means the same.
const LETTERS = /(?:^|[^A-Za-z0-9_@/.])@([^\s@]{1,30})$/;
let asked = 0;

async function suggest(field) {
  const match = LETTERS.exec(field.value.slice(0, field.selectionStart));
  const turn = ++asked;
  if (!match) return close(field);
  const answer = await fetch(`${field.dataset.mention}?begin=${encodeURIComponent(match[1])}`);
  if (!answer.ok || turn !== asked) return;
  const { names } = await answer.json();
  close(field);
  if (names.length) show(field, names, match[1].length);
}

function show(field, names, typed) {
  const list = document.createElement("div");
  list.className = "names";
  list.dataset.names = "";
  for (const { handle, name } of names) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--s";
    button.textContent = `${name} @${handle}`;
    button.addEventListener("click", () => put(field, handle, typed));
    list.append(button);
  }
  field.after(list);
}

function put(field, handle, typed) {
  const at = field.selectionStart;
  field.setRangeText(`${handle} `, at - typed, at, "end");
  close(field);
  field.focus();
}

function close(field) {
  if (field.nextElementSibling?.matches("[data-names]")) field.nextElementSibling.remove();
}

document.addEventListener("input", (event) => {
  if (event.target.dataset?.mention && !event.isComposing) suggest(event.target);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.dataset?.mention) close(event.target);
});
