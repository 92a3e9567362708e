/* Folds: open the <details> that holds the target of the fragment, and open all of them to print.
   Only for pages with .crs-fold or details.
   A fallback: current browsers do both natively. */
(function () {
  "use strict";

  const closed = ".crs-page details:not([open])";

  function openTarget() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      return; // malformed, so not one of our ids
    }
    const target = id && document.getElementById(id);
    const fold = target && target.closest(closed);
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  }

  openTarget();
  addEventListener("hashchange", openTarget);
  // A link to the current fragment fires no hashchange event.
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
