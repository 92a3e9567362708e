/* The colors of the guide: as on the device, or as the reader chose. Without this they follow the device.
   Only for pages with .crs-scheme. Elsewhere later.js shows the choice, as it does here before this comes.
   A plain deferred script: browsers refuse modules in a folder opened by double click.
   Markup: fieldset.crs-scheme, hidden, with radio buttons named "scheme": "", "light", "dark". */
(function () {
  "use strict";

  const KEY = "crs-scheme";
  const root = document.documentElement;
  const fieldset = document.querySelector(".crs-scheme");

  function show(scheme) {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  }

  try {
    show(localStorage.getItem(KEY));
  } catch {
    // Storage is blocked: the colors follow the device.
  }
  if (!fieldset) return;

  for (const choice of fieldset.querySelectorAll("input")) {
    choice.checked = choice.value === (root.dataset.scheme || "");
    choice.addEventListener("change", () => {
      show(choice.value);
      try {
        if (choice.value) localStorage.setItem(KEY, choice.value);
        else localStorage.removeItem(KEY);
      } catch {
        // The choice holds for this page only.
      }
    });
  }
  fieldset.hidden = false;
})();
