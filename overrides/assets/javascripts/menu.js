/* Menu: closes on Escape, on a click outside and when the focus leaves it.
   The native <details> opens and closes without this script.
   Only for pages with .crs-menu.
   A classic deferred script, because browsers block modules on file: pages.
   Markup: details.crs-menu with a summary. */
(function () {
  "use strict";

  const menu = document.querySelector(".crs-menu");
  if (!menu) return;
  const button = menu.querySelector("summary");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    button.focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    // relatedTarget is null when the window loses the focus or when plain text is tapped.
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
})();
