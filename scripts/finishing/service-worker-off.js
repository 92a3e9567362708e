/* The service worker of an edition that keeps no copy (offline: false). A browser that holds the
   other one fetches this in its place: it erases the copies and takes itself away. */
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
