// On the page that stands in for one that could not be reached: that one comes as soon as it can.
const AGAIN = 10_000; // milliseconds

async function look() {
  const answer = await fetch("/healthz").catch(() => null);
  if (answer?.ok) location.reload();
}

addEventListener("online", look);
setInterval(look, AGAIN);
