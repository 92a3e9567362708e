/* Pack of sheets: shows its controls, and loads the sheets when a reader first touches it, so that the page
   stays small. Without this script each sheet is printed from its own page.
   Only for pages with .crs-pack.
   A classic deferred script, because browsers block modules on file: pages. For the same reason the sheets
   are a script too: trees for build.js.
   Markup: div.crs-pack with hidden fieldsets and checkboxes, a button [data-action="print"] and [data-status]
   with messages in data-loading and data-failed. In the finished site also data-sheets, the address of the
   trees, one for each .crs-pack__sheet; data-ready is set once they are in place. */
(function () {
  "use strict";

  const pack = document.querySelector(".crs-pack");
  if (!pack) return;
  const status = pack.querySelector("[data-status]");
  const isReady = () => !pack.dataset.sheets || "ready" in pack.dataset;
  let loading;

  function fill() {
    pack.querySelectorAll(".crs-pack__sheet").forEach((place, index) => {
      place.append(self.crsBuild(self.crsSheets[index]));
    });
    pack.dataset.ready = "";
  }

  function load() {
    loading = loading || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = pack.dataset.sheets;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }).then(fill).catch((fault) => {
      loading = undefined; // allows another try
      throw fault;
    });
    return loading;
  }

  function loadEarly() {
    if (!isReady()) load().catch(() => {});
  }

  function print(event) {
    if (isReady()) return; // the browser, or the button's own script, prints
    event.preventDefault();
    event.stopPropagation();
    status.textContent = status.dataset.loading;
    load().then(() => {
      status.textContent = "";
      window.print();
    }).catch(() => {
      status.textContent = status.dataset.failed;
    });
  }

  for (const control of pack.querySelectorAll(".crs-pack__choice, .crs-pack__box")) control.hidden = false;
  pack.addEventListener("pointerdown", loadEarly);
  pack.addEventListener("focusin", loadEarly);
  pack.addEventListener("click", (event) => {
    if (event.target.closest('[data-action="print"]')) print(event);
  }, true);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "p") print(event);
  });
})();
