/* The menu: Escape, a tap beside it, and leaving it close it. It opens and closes without this.
   A plain deferred script: browsers refuse modules in a folder opened by double click.
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
    // Nothing gets the focus where the window loses it, or a finger touches plain text.
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
})();
