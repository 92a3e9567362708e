/* The style for paper: fetches it when the page has been shown, so that it is there to print with.
   A plain deferred script: browsers refuse modules in a folder opened by double click.
   Markup: noscript[data-paper], the address of the style; in it, the style for readers without scripts. */
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
