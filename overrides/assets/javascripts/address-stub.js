/* Addresses that lead on: take the part of the page along, which a refresh by itself would lose.
   Not deferred: it runs before the browser reads the refresh, which stays for when this does not.
   Markup: on its own tag, data-target and, as JSON, data-parts: former ids with their addresses. */
(function () {
  "use strict";

  const { target, parts } = document.currentScript.dataset;
  const part = Object.entries(JSON.parse(parts)).find(([id]) => `#${id}` === location.hash);
  const url = new URL(part ? part[1] : target, location.href);
  if (!url.hash) url.hash = location.hash;
  // In a folder opened by double click, only the file itself opens.
  if (location.protocol !== "file:") url.pathname = url.pathname.replace(/\/index\.html$/, "/");
  // Chromium lets this move win over the refresh; the standard does not promise it of others.
  window.stop();
  location.replace(url.href);
})();
