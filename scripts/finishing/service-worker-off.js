/* Replaces service-worker.js in an edition with `offline: false`. Browsers that have the other worker
   update to this one, which deletes the caches and unregisters itself. */
"use strict";

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  async function erase() {
    for (const name of await caches.keys()) {
      if (name.startsWith(`crs-offline ${registration.scope} `)) await caches.delete(name);
    }
    await registration.unregister();
  }
  event.waitUntil(erase());
});
