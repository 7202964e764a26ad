// Moments that stay true while they are read: what is new is offered, never pushed in; what is said
// under a moment in view comes and goes. Everything is asked for anew, with the reader's own rights.
const fresh = new Set();
const asking = new Map(); // moments being asked about: whether there were news of them meanwhile
const SHOWN = "[id^='m-']";
const TOGETHER = 50; // moments that are asked for at once
const SOON = 50; // milliseconds: several news at once are one
const LATER = 2000; // … until what was in the way, or did not come, is tried again
let looking = false;
let wanted = false; // another round
const rest = (time) => new Promise((over) => setTimeout(over, time));

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
  if (document.querySelector("form[aria-busy=true]")) return; // the page is being left, maybe for this
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
// It must not stay because a line was bad: a round that found no answer is walked again.
async function look() {
  wanted = true;
  if (looking) return;
  looking = true;
  while (wanted) {
    wanted = false;
    if (await round().catch(() => false)) continue;
    await rest(LATER);
    wanted = true;
  }
  looking = false;
}

// False when it is to be walked again.
async function round() {
  const shown = [...document.querySelectorAll(SHOWN)].map((card) => card.id.slice(2));
  for (let at = 0; at < shown.length; at += TOGETHER) {
    const these = shown.slice(at, at + TOGETHER);
    const asked = new URLSearchParams(these.map((id) => ["of", id]));
    const answer = await fetch(`/circle/standing?${asked}`, { redirect: "manual" });
    if (answer.type === "opaqueredirect") location.reload(); // nobody is signed in here any more
    if (!answer.ok) return answer.status <= 500; // a fault of the house is not mended by asking again
    const here = new Set(await answer.json());
    for (const id of these) if (!here.has(id)) gone({ id });
  }
  for (const place of document.querySelectorAll("[id^='n-'], [id^='t-']")) stale({ id: place.id.slice(2) });
  return true;
}

function again() {
  look();
  offer({});
}

// One question at a time, so that no answer overtakes a newer one.
async function refresh(id) {
  if (asking.has(id)) {
    asking.set(id, true);
    return;
  }
  asking.set(id, false);
  await rest(SOON);
  asking.set(id, false);
  const done = await ask(id).catch(() => false);
  const more = asking.get(id);
  if (!done) await rest(LATER);
  asking.delete(id);
  if (more || !done) refresh(id);
}

// False when it is to be tried again.
async function ask(id) {
  const alone = document.getElementById(`t-${id}`);
  if (!alone && !document.getElementById(`n-${id}`)) return true;
  const answer = await fetch(`/moments/${id}/answers${alone ? "?alone=1" : ""}`, { redirect: "manual" });
  if (answer.status === 404) gone({ id });
  if (!answer.ok) return answer.status <= 500;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = notes(id, page);
  thread(id, page);
  document.dispatchEvent(new CustomEvent("htmx:after:swap"));
  return told;
}

// Not while a menu is open there or the reader's own like is on its way: a moment later, then.
function notes(id, page) {
  const place = document.getElementById(`n-${id}`);
  const next = page.getElementById(`n-${id}`);
  if (!place || !next) return true;
  if (place.querySelector("details[open], .htmx-request")) return false;
  const held = place.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
  place.replaceChildren(...next.children);
  place.removeAttribute("data-stale");
  window.htmx?.process(place);
  if (held) place.querySelector(`[aria-label="${CSS.escape(held)}"]`)?.focus();
  return true;
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
