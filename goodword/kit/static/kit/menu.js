// Small comforts: menus that close, steppers, copying, file names in drops.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const step = event.target.closest("[data-step]");
  if (step) stepBy(step);
  const copy = event.target.closest("[data-copy]");
  if (copy) copyBeside(copy);
});

// A small form that is sent when its number has stood still for a moment.
const resting = new WeakMap();
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-sends-itself]");
  if (!form) return;
  clearTimeout(resting.get(form));
  resting.set(form, setTimeout(() => form.reportValidity() && form.submit(), 600));
});

// A field that must be looked at again may lie in something folded.
document.addEventListener("invalid", (event) => {
  const fold = event.target.closest("details:not([open])");
  if (fold) fold.open = true;
}, true);

// What a choice asks for opens with it.
document.addEventListener("change", ({ target }) => {
  if (target.type !== "radio") return;
  for (const fold of target.form?.querySelectorAll("[data-opens-with]") ?? []) {
    fold.open ||= fold.dataset.opensWith.split(" ").includes(target.value);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("change", (event) => {
  const name = event.target.closest?.("[data-drop]")?.querySelector("[data-drop-name]");
  if (name) name.textContent = [...event.target.files].map((file) => file.name).join(", ");
});

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const drop = event.target.closest?.("[data-drop]");
    drop?.classList.toggle("is-over", kind === "dragenter" || kind === "dragover");
  });
}

function stepBy(button) {
  const input = button.closest("[data-stepper]").querySelector("input");
  if (button.dataset.step > 0) input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function copyBeside(button) {
  const input = button.parentElement.querySelector("input");
  input.select();
  if (navigator.clipboard) await navigator.clipboard.writeText(input.value);
  else document.execCommand("copy"); // a house without TLS, in a home network
  button.querySelector("span").textContent = button.dataset.copied;
}
