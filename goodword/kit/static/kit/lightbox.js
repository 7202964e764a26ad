// Looking at pictures: keys, swipes, and back to the same picture. Without it the links open the picture.
const dialog = document.querySelector("[data-lightbox]");
const stage = dialog?.querySelector("[data-lightbox-stage]");
const SWIPE = 48; // pixels

let links = [];
let at = 0;
let touchX = null;

function show(index) {
  at = index;
  const link = links[at];
  const small = link.querySelector("img");
  const picture = new Image();
  picture.src = link.href;
  picture.alt = small.alt;
  stage.replaceChildren(picture);
  const wait = (yes) => stage.firstElementChild === picture && stage.classList.toggle("is-waiting", yes);
  wait(!picture.complete);
  for (const end of ["load", "error"]) picture.addEventListener(end, () => wait(false));
  dialog.querySelector("[data-lightbox-alt]").textContent = link.dataset.picture;
  dialog.querySelector("[data-lightbox-count]").textContent = `${at + 1} / ${links.length}`;
  for (const button of dialog.querySelectorAll("[data-lightbox-step]")) {
    button.hidden = !links[at + Number(button.dataset.lightboxStep)];
  }
  const next = links[at + 1];
  if (next) new Image().src = next.href;
}

function move(by) {
  if (links[at + by]) show(at + by);
}

function start(event) {
  const link = event.target.closest("a[data-picture]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
  event.preventDefault();
  links = [...link.closest("[data-gallery]").querySelectorAll("a[data-picture]")];
  show(links.indexOf(link));
  dialog.showModal();
}

if (dialog) {
  document.addEventListener("click", start);
  dialog.addEventListener("click", (event) => {
    const step = event.target.closest("[data-lightbox-step]");
    if (step) move(Number(step.dataset.lightboxStep));
    else if (event.target.closest("[data-lightbox-close]") || event.target === stage) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") move(1);
    if (event.key === "ArrowLeft") move(-1);
  });
  dialog.addEventListener("close", () => links[at]?.focus());
  stage.addEventListener("touchstart", (event) => {
    touchX = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  stage.addEventListener("touchend", (event) => {
    if (touchX === null) return;
    const distance = event.changedTouches[0].clientX - touchX;
    if (Math.abs(distance) > SWIPE) move(distance < 0 ? 1 : -1);
  }, { passive: true });
}
