// Tells which market cards came before the reader's eyes, so that only those turns count. A card that
// was laid and not reached is offered again. Whoever runs this says so by the cookie, for a week.
const list = document.querySelector("[data-tell]");
const LONG = 1000; // milliseconds, with half of the card in view
const TOGETHER = 2000; // several are told at once

const since = new Map(); // cards in view: their timers
const seen = new Set();
let sending = 0;

const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting, intersectionRatio, intersectionRect, rootBounds } of entries) {
    const tall = rootBounds && intersectionRect.height >= rootBounds.height / 2;
    const inView = isIntersecting && (intersectionRatio >= 0.5 || tall);
    if (inView && !since.has(target)) since.set(target, setTimeout(saw, LONG, target));
    else if (!inView) leave(target);
  }
}, { threshold: [0, 0.25, 0.5, 0.75, 1] });

function leave(card) {
  clearTimeout(since.get(card));
  since.delete(card);
}

function saw(card) {
  sight.unobserve(card);
  card.removeAttribute("data-unseen");
  since.delete(card);
  seen.add(card.id.slice(2));
  sending ||= setTimeout(tell, TOGETHER);
}

function tell() {
  clearTimeout(sending);
  sending = 0;
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (!seen.size || !token) return;
  const told = new FormData();
  told.append("csrfmiddlewaretoken", token.value);
  for (const id of seen) told.append("moment", id);
  if (navigator.sendBeacon(list.dataset.tell, told)) seen.clear();
}

function watch() {
  for (const card of list.querySelectorAll("[data-unseen]")) if (!since.has(card)) sight.observe(card);
}

if (list) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `goodword_tells=1; path=/; max-age=604800; samesite=lax${secure}`;
  watch();
  new MutationObserver(watch).observe(list, { childList: true });
  addEventListener("pagehide", tell);
  document.addEventListener("visibilitychange", () => document.hidden && tell());
}
