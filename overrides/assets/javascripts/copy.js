/* Copy boxes: a button that copies the words of a box.
   A plain deferred script: browsers refuse modules in a folder opened by double click.
   Only for pages with [data-copy].
   Markup, inside [data-copy]: a read-only textarea; a hidden button [data-action="copy"]; an element
   [data-status] with role="status", its words in data-copied and data-failed. */
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
        // No permission, or no secure address: the old way, from the selection.
        copied = document.execCommand("copy");
      }
      // Emptied first, or the same words would not be read out a second time.
      status.textContent = "";
      status.textContent = copied ? status.dataset.copied : status.dataset.failed;
    });
  }
})();
