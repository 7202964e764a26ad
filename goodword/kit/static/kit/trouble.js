// What htmx asked for did not come: say so, instead of leaving a button that seems to do nothing.
function say() {
  const toast = document.querySelector("[data-trouble]").content.firstElementChild.cloneNode(true);
  document.getElementById("toasts").replaceChildren(toast);
}

document.addEventListener("htmx:error", say);
document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx?.response?.raw?.status >= 500) say();
});
