// Answering where one reads: the comment link opens a line under its moment; without this, its page.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-say]");
  const form = document.querySelector("[data-say-form]");
  if (!link || !form || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const place = document.getElementById(link.dataset.sayInto);
  const open = place.querySelector(".say");
  if (open) open.remove();
  else answerIn(place, link.dataset.say, form);
});

function answerIn(place, address, template) {
  const form = template.content.firstElementChild.cloneNode(true);
  form.action = address;
  form.setAttribute("hx-post", address);
  form.setAttribute("hx-target", `#${place.id}`);
  place.append(form);
  window.htmx?.process(form);
  form.querySelector("[name=text]").focus();
}
