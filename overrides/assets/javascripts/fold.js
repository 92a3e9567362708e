/* Folded parts: open the one that an address leads into, and all of them for paper.
   Only for pages with .crs-fold.
   Browsers of today do both by themselves; this is for older ones. */
(function () {
  "use strict";

  const closed = "details.crs-fold:not([open])";

  function openTarget() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      return; // no id of ours
    }
    const target = id && document.getElementById(id);
    const fold = target && target.closest(closed);
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  }

  openTarget();
  addEventListener("hashchange", openTarget);
  // A link to the address that the page has already changes no hash.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash && !event.defaultPrevented) setTimeout(openTarget);
  });

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(closed)];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
})();
