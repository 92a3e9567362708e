/* Way back to the top: shown to a reader who scrolls up, as Material does with navigation.top.
   Only for pages with .md-top.
   A classic deferred script, because browsers block modules on file: pages.
   Markup: button.md-top, hidden. */
(function () {
  "use strict";

  const button = document.querySelector(".md-top");
  if (!button) return;
  let before = 0;

  addEventListener(
    "scroll",
    () => {
      button.hidden = scrollY < 2 * innerHeight || scrollY >= before;
      before = scrollY;
    },
    { passive: true },
  );
  button.addEventListener("click", () => {
    button.hidden = true;
    scrollTo(0, 0);
    const heading = document.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
})();
