/* Copy boxes: a button that copies the text of a textarea.
   A classic deferred script, because browsers block modules on file: pages.
   Only for pages with [data-copy].
   Markup, inside [data-copy]: a read-only textarea; a hidden button [data-action="copy"]; an element
   [data-status] with role="status" and messages in data-copied and data-failed.
   Newer browsers only: clipboard, writeText. Without them, the older command in the catch copies. */
(function () {
  "use strict";

  for (const root of document.querySelectorAll("[data-copy]")) {
    const box = root.querySelector("textarea");
    const button = root.querySelector('[data-action="copy"]');
    const status = root.querySelector("[data-status]");

    button.hidden = false;
    button.addEventListener("click", async () => {
      box.select();
      let copied = true;
      try {
        await navigator.clipboard.writeText(box.value);
      } catch {
        // The Clipboard API needs permission and a secure context; execCommand copies the selection without.
        copied = document.execCommand("copy");
      }
      // Cleared first, because screen readers announce only changes.
      status.textContent = "";
      status.textContent = copied ? status.dataset.copied : status.dataset.failed;
    });
  }
})();
