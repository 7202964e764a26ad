// Answering where one reads: the comment link opens a line under its moment; without this, its page.
// The line stands beside what is said, so that a like or news of others leave it alone.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-say]");
  const form = document.querySelector("[data-say-form]");
  if (!link || !form || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const place = document.getElementById(link.dataset.sayInto);
  const line = place.parentElement.querySelector(":scope > .say");
  if (!line) answerIn(place, link.dataset.say, form);
  else if (line.elements.text.value) line.elements.text.focus();
  else line.remove();
});

function answerIn(place, address, template) {
  const form = template.content.firstElementChild.cloneNode(true);
  form.action = address;
  form.setAttribute("hx-post", address);
  form.setAttribute("hx-target", `#${place.id}`);
  place.after(form);
  window.htmx?.process(form);
  form.querySelector("[name=text]").focus();
}

// What is on its way is not written on; what was refused or lost is still there.
function on(when, act) {
  document.addEventListener(`htmx:${when}:request`, ({ detail: { ctx } }) => {
    if (ctx.sourceElement.matches?.(".say")) act(ctx.sourceElement, ctx.response?.raw);
  });
}

on("before", (line) => { line.elements.text.readOnly = true; });
on("after", (line, answer) => answer.ok && line.remove());
on("finally", (line) => { line.elements.text.readOnly = false; });
