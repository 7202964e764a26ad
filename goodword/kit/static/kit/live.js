// Listens to the event stream named by <body data-events>. It only says that something is there;
// whoever shows such things hears "live:KIND" on the document and asks with the page's own rights.
const address = document.body.dataset.events;
const KINDS = ["moment", "answers", "gone", "look", "again"];

function badge({ key, count }) {
  const link = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
  if (!link) return;
  link.querySelector(".count")?.remove();
  if (count > 0) {
    const mark = document.createElement("span");
    mark.className = "count";
    mark.textContent = count > 99 ? "99+" : String(count);
    link.append(mark);
  }
}

function say(kind, detail) {
  document.dispatchEvent(new CustomEvent(`live:${kind}`, { detail }));
}

function listen(missed) {
  const stream = new EventSource(address, { withCredentials: true });
  for (const kind of KINDS) {
    stream.addEventListener(kind, (event) => say(kind, JSON.parse(event.data)));
  }
  stream.addEventListener("badge", (event) => badge(JSON.parse(event.data)));
  stream.addEventListener("open", () => {
    if (missed) say("again", {});
    missed = true; // the next time it opens, it was away
  });
  addEventListener("pagehide", () => stream.close(), { once: true });
}

if (address) listen(false);
addEventListener("pageshow", (event) => event.persisted && address && listen(true));
