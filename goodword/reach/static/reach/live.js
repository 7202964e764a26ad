// Moments that stay true while they are read: what is new is offered, never pushed in; what is said
// under a moment in view comes and goes. Everything is asked for anew, with the reader's own rights.
const fresh = new Set();
const waiting = new Set(); // moments with news that are not in view yet
const SHOWN = "[id^='m-']";
const TOGETHER = 50; // moments that are asked for at once

function offer({ id, face }) {
  const lens = document.querySelector("[data-live-lens]");
  if (!lens || (face && (face === "market") !== (lens.dataset.liveLens === "market"))) return;
  if (id && document.getElementById(`m-${id}`)) return;
  if (id) fresh.add(id);
  pill(lens);
}

function pill(lens) {
  const place = document.querySelector("[data-live]");
  if (!place.firstElementChild) {
    place.append(document.querySelector("[data-live-pill]").content.firstElementChild.cloneNode(true));
    place.firstElementChild.href = lens.dataset.liveTop;
  }
  const { liveOne, liveMany } = lens.dataset;
  const words = fresh.size > 1 ? liveMany.replace("%", fresh.size) : liveOne;
  if (fresh.size) place.querySelector("span").textContent = words;
}

function gone({ id }) {
  const lens = document.querySelector("[data-live-lens]");
  if (fresh.delete(id) && lens) {
    if (fresh.size) pill(lens);
    else document.querySelector("[data-live]").replaceChildren();
  }
  const card = document.getElementById(`m-${id}`);
  if (card?.matches(".moment--alone") || document.getElementById(`t-${id}`)) location.reload();
  else if (card) {
    card.remove();
    if (!document.querySelector(SHOWN)) location.reload(); // what an empty page says, the house says
  }
}

// What is said far from view is asked for once it comes near; until then nobody finds it either, not
// by scrolling fast, by the browser's own search or by print: it may be gone.
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    target.toggleAttribute("data-stale", !isIntersecting || target.hasAttribute("data-stale"));
    if (!isIntersecting) continue;
    sight.unobserve(target);
    refresh(target.id.slice(2));
  }
}, { rootMargin: "200px" });

function stale({ id }) {
  const place = document.getElementById(`n-${id}`) ?? document.getElementById(`t-${id}`);
  if (!place) return;
  sight.unobserve(place); // what is in view already is told again
  sight.observe(place);
}

// What is not there any more goes at once, wherever on the page; what is said, when it comes into view.
async function look() {
  const shown = [...document.querySelectorAll(SHOWN)].map((card) => card.id.slice(2));
  for (let at = 0; at < shown.length; at += TOGETHER) {
    const these = shown.slice(at, at + TOGETHER);
    const asked = new URLSearchParams(these.map((id) => ["of", id]));
    const answer = await fetch(`/circle/standing?${asked}`, { redirect: "manual" });
    if (!answer.ok) return;
    const here = new Set(await answer.json());
    for (const id of these) if (!here.has(id)) gone({ id });
  }
  for (const place of document.querySelectorAll("[id^='n-'], [id^='t-']")) stale({ id: place.id.slice(2) });
}

function again() {
  look();
  offer({});
}

async function refresh(id) {
  if (waiting.has(id)) return;
  waiting.add(id);
  await new Promise((later) => setTimeout(later, 50)); // several at once are one
  waiting.delete(id);
  const alone = document.getElementById(`t-${id}`);
  const answer = await fetch(`/moments/${id}/answers${alone ? "?alone=1" : ""}`, { redirect: "manual" });
  if (answer.status === 404) gone({ id });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  notes(id, page);
  thread(id, page);
  document.dispatchEvent(new CustomEvent("htmx:after:swap"));
}

// Everything but the line that somebody is writing in, which must not lose a letter.
function notes(id, page) {
  const place = document.getElementById(`n-${id}`);
  const next = page.getElementById(`n-${id}`);
  if (!place || !next) return;
  if (place.querySelector("details[open]")) {
    setTimeout(refresh, 2000, id); // a menu is open; a moment later, then
    return;
  }
  const held = place.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
  const writing = place.querySelector(":scope > .say");
  for (const child of [...place.children]) if (child !== writing) child.remove();
  place.prepend(...next.children);
  place.removeAttribute("data-stale");
  window.htmx?.process(place);
  if (held && !writing?.contains(document.activeElement)) {
    place.querySelector(`[aria-label="${CSS.escape(held)}"]`)?.focus();
  }
}

// Comments never change, so those that stay are left alone, with an answer begun under them.
function thread(id, page) {
  const place = document.getElementById(`t-${id}`);
  const next = page.getElementById(`t-${id}`);
  if (!place || !next) return;
  place.removeAttribute("data-stale");
  const [list, heard] = [place.querySelector(".thread"), next.querySelector(".thread")];
  if (!list || !heard) {
    place.replaceChildren(...next.childNodes);
    return;
  }
  place.querySelector("h2").replaceWith(next.querySelector("h2"));
  const ids = new Set([...heard.children].map((item) => item.id));
  for (const item of [...list.children]) if (!ids.has(item.id)) item.remove();
  [...heard.children].forEach((item, n) => {
    const mine = document.getElementById(item.id) ?? item;
    if (list.children[n] !== mine) list.insertBefore(mine, list.children[n] ?? null);
  });
}

document.addEventListener("live:moment", (event) => offer(event.detail));
document.addEventListener("live:answers", (event) => stale(event.detail));
document.addEventListener("live:gone", (event) => gone(event.detail));
document.addEventListener("live:look", look);
document.addEventListener("live:again", again);
