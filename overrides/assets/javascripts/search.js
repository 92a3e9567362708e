/* Search: the dialog. What it searches with is loaded when it is opened, and not before.
   Only for pages with [data-search].
   A plain deferred script: browsers refuse modules in a folder opened by double click, and there
   only script elements may load files. Without this, the header's link leads to the A–Z page.
   Markup: a.crs-header__search and the dialog of components/site-search.html.
   What is typed is only ever shown as text, and stays on this device. */
(function () {
  "use strict";

  const link = document.querySelector("a.crs-header__search");
  const dialog = document.querySelector("[data-search]");
  if (!link || !dialog || !dialog.showModal) return;

  const FILES = [
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
      loading = undefined; // the next try may reach them
      throw fault;
    });
    return loading;
  }

  function style() {
    styled = styled || new Promise((resolve) => {
      const element = document.createElement("link");
      element.rel = "stylesheet";
      element.href = new URL("assets/stylesheets/search.css", root);
      element.onload = element.onerror = resolve; // plain is better than none
      document.head.append(element);
    });
    return styled;
  }

  function script(file) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(`assets/${file}`, root);
      element.async = false; // they run in their order
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  /* What is told of the results; the card itself shows its heading, so that is only spoken. */
  function say(count, heading = "") {
    // Written anew, the same words would be read out again.
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
    if (question !== box.value.trim()) return; // another call has the newer question
    say(...self.crsShowFound(question));
  }

  function open(question) {
    if (question !== undefined) box.value = question;
    if (!dialog.open) dialog.showModal();
    // Open at once, for the keys of who types on; seen when it has its style, or soon without.
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
  // A finger is down a while before it is a tap: that time is not lost.
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
    // The focus puts a phone's keyboard away; what is urgent stays in sight.
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
