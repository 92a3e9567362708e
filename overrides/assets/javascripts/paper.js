/* Print stylesheet: loads it after the first paint, so that it delays no page and is there for printing.
   A classic deferred script, because browsers block modules on file: pages.
   Markup: noscript[data-paper], the address of the stylesheet; it holds the link for readers without scripts. */
(function () {
  "use strict";

  for (const mark of document.querySelectorAll("[data-paper]")) {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.media = "print";
    style.href = mark.dataset.paper;
    document.head.append(style);
  }
})();
