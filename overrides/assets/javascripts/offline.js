/* Offline: start the service worker when the page is done and the browser idle, and say when a newer
   copy of a page has come. Without this, nothing is kept.
   A plain deferred script: browsers refuse modules in a folder opened by double click.
   Only for pages with [data-worker].
   Markup: link[data-worker], the address of the worker; the worker adds [data-newer] to a saved copy. */
(function () {
  "use strict";

  const link = document.querySelector("link[data-worker]");
  const workers = navigator.serviceWorker;
  if (!link || !workers) return;

  // Who saves data keeps the pages for an emergency, and each page that was read, not the whole guide.
  const saves = navigator.connection && navigator.connection.saveData;

  function keepAll(worker) {
    if (worker && !saves) worker.postMessage("crs-keep");
  }

  function start() {
    // Browsers look for a new worker in their own time, hours later where pages are open for long.
    workers
      .register(link.dataset.worker, { updateViaCache: "none" })
      .then((registration) => workers.controller && registration.update())
      .catch(() => {
        // No network, or a browser that keeps nothing: the guide works as it is.
      });
    workers.ready.then(({ active }) => keepAll(active));
    workers.addEventListener("controllerchange", () => keepAll(workers.controller));
  }

  workers.addEventListener("message", ({ data }) => {
    const note = document.querySelector(".crs-saved-copy [data-newer]");
    if (data === "crs-newer" && note) note.hidden = false;
  });
  workers.startMessages();
  function startIdle() {
    if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 5000 });
    else setTimeout(start, 1000);
  }
  if (document.readyState === "complete") startIdle();
  else addEventListener("load", startIdle);
})();
