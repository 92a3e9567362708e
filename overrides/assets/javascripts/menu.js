/* Menu: closes on Escape, on a click outside and when the focus leaves it; stays open on wide screens.
   The native <details> opens and closes without this script.
   Only for pages with .crs-menu.
   A classic deferred script, because browsers block modules on file: pages.
   Markup: details.crs-menu with a summary. */
(function () {
  "use strict";

  const menu = document.querySelector(".crs-menu");
  if (!menu) return;
  const button = menu.querySelector("summary");
  const wide = matchMedia("(min-width: 76.25em)"); // as in site.css

  const fit = () => { menu.open = wide.matches; };

  function close() {
    if (!wide.matches) menu.open = false;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open || wide.matches) return;
    close();
    button.focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close();
  });
  menu.addEventListener("focusout", (event) => {
    // relatedTarget is null when the window loses the focus or when plain text is tapped.
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  wide.addListener(fit); // deprecated, but Safari before 14 has no addEventListener here
  fit();
})();
