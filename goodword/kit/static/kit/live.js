// Listens to the event stream named by <body data-events>. It only says that something is there;
// whoever shows such things hears "live:KIND" on the document and asks with the page's own rights.
const address = document.body.dataset.events;
const KINDS = ["moment", "answers", "gone", "look", "again"];
const LATER = 15_000; // milliseconds: no browser comes back by itself to a stream that was refused
let stream = null;
let later = 0;

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
  stream = new EventSource(address, { withCredentials: true });
  for (const kind of KINDS) {
    stream.addEventListener(kind, (event) => say(kind, JSON.parse(event.data)));
  }
  stream.addEventListener("badge", (event) => badge(JSON.parse(event.data)));
  stream.addEventListener("open", () => {
    if (missed) say("again", {});
    missed = true; // the next time it opens, it was away
  });
  stream.addEventListener("error", ({ target }) => {
    if (target.readyState !== EventSource.CLOSED) return;
    later = setTimeout(listen, LATER, true);
    say("look", {}); // it may be that nobody is signed in any more
  });
}

function leave() {
  clearTimeout(later);
  stream.close();
}

if (address) {
  listen(false);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && listen(true));
}
