/* Redirect stub: keeps the fragment of the address, which a meta refresh would drop.
   Not deferred, so that it runs before the browser parses the meta refresh, the fallback without scripts.
   Markup: on its own tag, data-target and data-parts, JSON that maps former ids to addresses. */
(function () {
  "use strict";

  const { target, parts } = document.currentScript.dataset;
  const part = Object.entries(JSON.parse(parts)).find(([id]) => `#${id}` === location.hash);
  const url = new URL(part ? part[1] : target, location.href);
  if (!url.hash) url.hash = location.hash;
  // On file: pages, folder addresses do not resolve to index.html.
  if (location.protocol !== "file:") url.pathname = url.pathname.replace(/\/index\.html$/, "/");
  // Cancels the meta refresh. Chromium prefers location.replace anyway, but the standard does not say so.
  window.stop();
  location.replace(url.href);
})();
