/* Color scheme: the system's, or the reader's choice. Without this script it is the system's.
   Only for pages with .crs-scheme. On other pages, and until this script loads, later.js applies the
   saved scheme.
   A classic deferred script, because browsers block modules on file: pages.
   Markup: fieldset.crs-scheme, hidden, with radio buttons named "scheme": "light", "dark" and, if the palette has
   it, "" for the system's. */
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
    // Storage is blocked: the page follows the system scheme.
  }
  if (!fieldset) return;

  const choices = [...fieldset.querySelectorAll("input")];
  const system = choices.some((choice) => !choice.value) ? "" : matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light";
  for (const choice of choices) {
    choice.checked = choice.value === (root.dataset.scheme || system);
    choice.addEventListener("change", () => {
      show(choice.value);
      try {
        if (choice.value) localStorage.setItem(KEY, choice.value);
        else localStorage.removeItem(KEY);
      } catch {
        // Storage is blocked: the choice lasts only for this page.
      }
    });
  }
  fieldset.hidden = false;
})();
