// Where the house cannot be reached, a page of ours says so instead of the browser's. It keeps that
// page and what it looks like, and nothing that a member wrote or read. HOUSE is put before this.
self.addEventListener("install", (event) => {
  const kept = async () => (await caches.open(HOUSE.version)).addAll([HOUSE.page, ...HOUSE.files]);
  event.waitUntil(kept().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const older = (await caches.keys()).filter((name) => name !== HOUSE.version);
    await Promise.all(older.map((name) => caches.delete(name)));
    await self.registration.navigationPreload?.enable();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(visit(event));
  else if (HOUSE.files.includes(new URL(request.url).pathname)) event.respondWith(file(request));
});

async function visit(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return caches.match(HOUSE.page);
  }
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}
