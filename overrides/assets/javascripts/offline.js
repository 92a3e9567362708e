/* Offline: start the service worker when the page is done and the browser idle, and say when a newer
   copy of a page has come. Without this, nothing is kept.
   A plain deferred script: browsers refuse modules in a folder opened by double click.
   Only for pages with [data-app].
   It also names the manifest, by which a phone keeps the guide as an app: not in the page itself, for
   a browser would fetch it before the words are shown.
   Markup: meta[data-app], the way to the root; the worker adds [data-newer] to a saved copy. */
(function () {
  "use strict";

  const app = document.querySelector("[data-app]");
  if (!app) return;
  const root = new URL(app.content, document.baseURI);
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = new URL("manifest.webmanifest", root);
  document.head.append(manifest);

  const workers = navigator.serviceWorker;
  if (!workers || app.dataset.app !== "offline") return;

  // Who saves data keeps the pages for an emergency, and each page that was read, not the whole guide.
  const saves = navigator.connection && navigator.connection.saveData;

  function keepAll(worker) {
    if (worker && !saves) worker.postMessage("crs-keep");
  }

  function start() {
    // Browsers look for a new worker in their own time, hours later where pages are open for long.
    workers
      .register(new URL("sw.js", root), { updateViaCache: "none" })
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
