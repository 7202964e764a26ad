// Signing out takes along what this browser kept of the member: drafts, and nothing else is kept.
document.addEventListener("submit", (event) => {
  if (!new URL(event.target.action, location.href).pathname.endsWith("/logout/")) return;
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("goodword.draft:"));
  for (const key of kept) localStorage.removeItem(key);
  window.indexedDB?.deleteDatabase("goodword.drafts");
});
