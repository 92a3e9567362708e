/* Offline: registers the service worker once the page has loaded and the browser is idle, and shows a
   notice when a newer version of a cached page has arrived. Without this script nothing is cached.
   A classic deferred script, because browsers block modules on file: pages.
   Only for pages with [data-app].
   It also adds the link to the web app manifest. In the HTML, that link would make browsers fetch the
   manifest before the first paint.
   Markup: meta[data-app] whose content is the path to the root; [data-newer] in the note that the
   service worker inserts into a cached page.
   Newer browsers only: connection, saveData, requestIdleCallback. Each is used only where it exists. */
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

  // With Save-Data, only the emergency pages and the pages that were read are cached.
  const saves = navigator.connection && navigator.connection.saveData;

  function keepAll(worker) {
    if (worker && !saves) worker.postMessage("crs-keep");
  }

  function start() {
    // update(): on their own, browsers may check for a new worker only hours later while pages stay open.
    workers
      .register(new URL("sw.js", root), { updateViaCache: "none" })
      .then((registration) => workers.controller && registration.update())
      .catch(() => {
        // No network, or storage is blocked: the guide works without a cache.
      });
    workers.ready.then(({ active }) => keepAll(active));
    workers.addEventListener("controllerchange", () => keepAll(workers.controller));
  }

  workers.addEventListener("message", ({ data }) => {
    const note = document.querySelector(".crs-saved-copy [data-newer]");
    if (data === "crs-newer" && note) note.hidden = false;
  });
  workers.startMessages();
  // The late response may have arrived before this script started: ask for its message once more.
  if (workers.controller && document.querySelector(".crs-saved-copy")) {
    workers.controller.postMessage("crs-listening");
  }
  function startIdle() {
    if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 5000 });
    else setTimeout(start, 1000);
  }
  if (document.readyState === "complete") startIdle();
  else addEventListener("load", startIdle);
})();
