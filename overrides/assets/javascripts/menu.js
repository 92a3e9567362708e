/* The menu: Escape, a tap beside it, and leaving it close it; on a wide screen it stays open.
   It opens and closes without this.
   Only for pages with .crs-menu.
   A plain deferred script: browsers refuse modules in a folder opened by double click.
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
    // Nothing gets the focus where the window loses it, or a finger touches plain text.
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  wide.addEventListener("change", fit);
  fit();
})();
