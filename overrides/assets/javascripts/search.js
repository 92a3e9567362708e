/* Search dialog. The index and the engine are loaded only when the dialog opens.
   Only for pages with [data-search].
   A classic deferred script: on file: pages browsers block modules and fetch(), and only script
   elements can load files. Without this script, the link in the header leads to the A–Z page.
   Markup: a.crs-header__search and the dialog of components/site-search.html.
   The query is only ever inserted as text, and never leaves the device.
   Newer browsers only: showModal. The script stops where it is unknown, and the link leads to A–Z. */
(function () {
  "use strict";

  const link = document.querySelector("a.crs-header__search");
  const dialog = document.querySelector("[data-search]");
  if (!link || !dialog || !dialog.showModal) return;

  const FILES = [
    "javascripts/build.js",
    "javascripts/reading.js",
    "vendor/minisearch.min.js",
    "javascripts/search-index.js",
    "javascripts/search-words.js",
    "javascripts/search-readings.js",
    "javascripts/search-engine.js",
    "javascripts/search-results.js",
  ];
  const PAUSE = 120; // milliseconds without a keystroke before the results change
  const root = new URL("..", link.href);
  const find = (selector) => dialog.querySelector(selector);
  const [box, results, status] = ["input", "[data-results]", "[data-status]"].map(find);
  let loading;
  let styled;
  let timer;

  function load() {
    loading = loading || Promise.all(FILES.map(script)).catch((fault) => {
      loading = undefined; // allows another try
      throw fault;
    });
    return loading;
  }

  function style() {
    styled = styled || new Promise((resolve) => {
      const element = document.createElement("link");
      element.rel = "stylesheet";
      element.href = new URL("assets/stylesheets/search.css", root);
      element.onload = element.onerror = resolve; // unstyled is better than nothing
      document.head.append(element);
    });
    return styled;
  }

  function script(file) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(`assets/${file}`, root);
      element.async = false; // keeps the execution order
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  /* Announces the results. The heading is for screen readers only, because the card shows it. */
  function say(count, heading = "") {
    // Screen readers would announce the same text again.
    if (status.textContent === heading + count) return;
    find("[data-spoken]").textContent = heading;
    find("[data-count]").textContent = count;
  }

  async function show() {
    clearTimeout(timer);
    const question = box.value.trim();
    try {
      if (question && !self.crsShowFound) say(status.dataset.loading);
      await load();
    } catch {
      say(status.dataset.failed);
      return;
    }
    if (question !== box.value.trim()) return; // a later call handles the newer query
    say(...self.crsShowFound(question));
  }

  function open(question) {
    if (question !== undefined) box.value = question;
    if (!dialog.open) dialog.showModal();
    // Open immediately so that no keystroke is lost; stay transparent until the stylesheet loads
    // (500 ms at most).
    if (!styled) dialog.style.opacity = 0;
    Promise.race([style(), new Promise((resolve) => setTimeout(resolve, 500))]).then(() => {
      dialog.style.opacity = "";
    });
    box.focus();
    box.select();
    show();
  }

  link.setAttribute("role", "button");
  link.setAttribute("aria-haspopup", "dialog");
  // pointerdown precedes click, so loading starts earlier.
  link.addEventListener("pointerdown", () => load().catch(() => {}));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    open();
  });
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    // Moving the focus hides the on-screen keyboard; scrolling up keeps the care card in view.
    show().then(() => {
      results.focus({ preventScroll: true });
      dialog.scrollTop = 0;
    });
  });
  find('[data-action="close"]').addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => link.focus());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a:not([href^='tel:'])")) dialog.close();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) open(asked.slice(0, box.maxLength));
})();
