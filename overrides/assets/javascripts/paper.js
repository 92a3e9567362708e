/* Print stylesheet of a lean page: loads it long after the first paint, so that the page is one request.
   Only for pages with .crs-lean.
   A classic deferred script, because browsers block modules on file: pages.
   Markup: noscript with the link, which serves readers without scripts. */
(function () {
  "use strict";

  for (const { textContent } of document.querySelectorAll("noscript")) {
    const found = textContent.match(/media="print" href="([^"]+)"/);
    if (!found) continue;
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.media = "print";
    [, style.href] = found;
    document.head.append(style);
  }
})();
