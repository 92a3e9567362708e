/* Checklists: keep the state of the boxes while the tab is open, print, clear, and undo a clear.
   A classic deferred script, because browsers block modules on file: pages.
   Only for pages with [data-checklist].
   Markup, inside [data-checklist="slug"]: checkboxes with ids; a hidden button [data-action="print"]
   and, if there are checkboxes, hidden buttons "clear" and "undo"; an element [data-status] with
   role="status" and messages in data-cleared, data-restored and data-storage (storage failed). */
(function () {
  "use strict";

  function start(root) {
    const key = "crs-checklist-" + root.dataset.checklist;
    const find = (selector) => root.querySelector(selector);
    const boxes = [...root.querySelectorAll('input[type="checkbox"][id]')];
    const status = find("[data-status]");
    const button = {};
    for (const name of ["print", "clear", "undo"]) button[name] = find(`[data-action="${name}"]`);
    let cleared = [];

    const ticked = () => boxes.filter((box) => box.checked).map((box) => box.id);

    function tick(ids) {
      for (const box of boxes) box.checked = ids.includes(box.id);
    }

    function keep() {
      try {
        sessionStorage.setItem(key, JSON.stringify(ticked()));
        return true;
      } catch {
        return false;
      }
    }

    function keepAndSay(name) {
      const words = [name, keep() ? "" : "storage"].map((word) => status.dataset[word] || "");
      const text = words.join(" ").trim();
      // Screen readers would announce the same text again at every change.
      if (status.textContent !== text) status.textContent = text;
    }

    function restore() {
      try {
        const ids = JSON.parse(sessionStorage.getItem(key));
        if (Array.isArray(ids)) tick(ids);
      } catch {
        // Storage is blocked, or its content is not ours.
      }
    }

    for (const box of boxes) {
      box.addEventListener("change", () => {
        button.undo.hidden = true;
        keepAndSay("");
      });
    }
    button.print.addEventListener("click", () => window.print());
    button.print.hidden = false;
    if (!boxes.length) return;
    button.clear.addEventListener("click", () => {
      if (ticked().length) {
        cleared = ticked();
        button.undo.hidden = false;
      }
      tick([]);
      keepAndSay("cleared");
    });
    button.undo.addEventListener("click", () => {
      tick(cleared);
      keepAndSay("restored");
      // Hiding the focused button would lose the focus.
      button.clear.focus();
      button.undo.hidden = true;
    });

    restore();
    button.clear.hidden = false;
  }

  for (const root of document.querySelectorAll("[data-checklist]")) start(root);
})();
