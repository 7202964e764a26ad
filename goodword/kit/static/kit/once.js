// A form that is on its way is not sent a second time by a second tap. A page that stays, since what
// came was a file or nothing, lets it go again.
const LONG = 10_000; // milliseconds

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.ariaBusy === "true") {
    event.preventDefault();
    return;
  }
  form.ariaBusy = "true";
  setTimeout(free, LONG, form);
});

// Coming back to a page that the browser kept.
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(free));

function free(form) {
  form.ariaBusy = null;
}
