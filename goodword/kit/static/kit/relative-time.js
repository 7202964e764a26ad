// Keeps “5 minutes ago” true while the page stays open. The server wrote the first text.
const language = document.documentElement.lang;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];
const WEEK = 7 * 86400;

function words(seconds) {
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(Math.trunc(seconds / 60), "minute");
}

const exact = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

// The server writes full times in UTC; only the browser knows where the reader is.
function settle(root) {
  for (const time of root.querySelectorAll?.("time[data-at], time[data-ago]") ?? []) {
    const text = exact.format(new Date(time.dateTime));
    if ("at" in time.dataset) time.textContent = text;
    else time.title = text;
  }
}

function refresh() {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    if (Math.abs(seconds) < WEEK && Math.abs(seconds) >= 60) time.textContent = words(seconds);
  }
}

settle(document);
document.addEventListener("htmx:after:swap", () => settle(document));
setInterval(refresh, 60_000);
document.addEventListener("visibilitychange", () => document.hidden || refresh());
