// Listens to the event stream named by <body data-events> and offers what is new as a link.
// The stream only says that something is there; the page asks for it again with its own rights.
const address = document.body.dataset.events;

function offer() {
  const place = document.querySelector("[data-live]");
  const pill = document.querySelector("[data-live-pill]");
  if (place.firstElementChild) return;
  const link = pill.content.firstElementChild.cloneNode(true);
  link.href = location.pathname + location.search;
  place.append(link);
}

function badge(event) {
  const { key, count } = JSON.parse(event.data);
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

function listen() {
  const stream = new EventSource(address, { withCredentials: true });
  stream.addEventListener("moment", () => document.querySelector("[data-live-list]") && offer());
  stream.addEventListener("badge", badge);
  stream.addEventListener("message", (event) => {
    document.dispatchEvent(new CustomEvent("goodword:event", { detail: event.data }));
  });
  addEventListener("pagehide", () => stream.close(), { once: true });
}

if (address) listen();
addEventListener("pageshow", (event) => event.persisted && address && listen());
