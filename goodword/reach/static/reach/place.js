// Going to a moment and back, or reloading, comes back to the same card at the same height. Only the
// card's id is kept; the pages above it are asked for again, with today's rights.
const KEY = `place:${location.pathname}${location.search}`;
const list = document.getElementById("moments");
const [visit] = performance.getEntriesByType("navigation");
let moved = false;

function remember() {
  const card = [...list.children].find((one) => one.id && one.getBoundingClientRect().bottom > 80);
  if (!card || scrollY < 80) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify({ id: card.id, top: card.getBoundingClientRect().top }));
}

async function comeBack({ id, top }) {
  history.scrollRestoration = "manual";
  for (const kind of ["wheel", "touchmove", "keydown"]) addEventListener(kind, () => { moved = true; }, { once: true });
  while (!document.getElementById(id) && !moved && (await nextPage()));
  const card = document.getElementById(id);
  if (card && !moved) scrollBy({ top: card.getBoundingClientRect().top - top, behavior: "instant" });
}

// The pager asks for its page when it comes into view, as it does for a reader who scrolls there.
function nextPage() {
  const pager = list.querySelector(":scope > .pager");
  if (!pager || !window.htmx) return false;
  return new Promise((come) => {
    const watch = new MutationObserver(() => pager.isConnected || come(true));
    watch.observe(list, { childList: true });
    setTimeout(come, 10_000, false);
    pager.scrollIntoView();
  });
}

if (list) {
  const kept = sessionStorage.getItem(KEY);
  if (kept && ["back_forward", "reload"].includes(visit?.type)) comeBack(JSON.parse(kept));
  addEventListener("pagehide", remember);
}
