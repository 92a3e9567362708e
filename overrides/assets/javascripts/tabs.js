/* Tabs: all sets show the tab that a reader chose by its name in one of them, as Material does with
   content.tabs.link. Each set works without this script.
   Only for pages with .tabbed-labels.
   A classic deferred script, because browsers block modules on file: pages.
   Markup: pymdownx.tabbed with alternate_style. */
(function () {
  "use strict";

  const labels = [...document.querySelectorAll(".tabbed-labels > label")];
  addEventListener("change", ({ target }) => {
    const chosen = labels.find((label) => label.htmlFor === target.id);
    if (!chosen) return;
    const name = chosen.textContent.trim();
    const before = chosen.getBoundingClientRect().top;
    for (const label of labels) {
      if (label.textContent.trim() === name) document.getElementById(label.htmlFor).checked = true;
    }
    scrollBy(0, chosen.getBoundingClientRect().top - before); // other sets above may have changed in height
  });
})();
