// Browsers that can keep a page for the time without a connection do.
navigator.serviceWorker?.register(document.body.dataset.worker).catch(() => {}); // in a private window it may not
