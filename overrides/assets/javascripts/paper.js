/* Print stylesheet: loads it after the first paint, for a page that would not come in one flight with it.
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
