/* Glossary words: show the meaning where the word stands.
   Without this script the link leads to the list at the foot of the page, which is also what prints. */
(function () {
  "use strict";

  if (!("popover" in HTMLElement.prototype)) return;

  const note = document.createElement("div");
  note.className = "crs-term-note";
  note.popover = "auto"; // closes on Escape and on a touch elsewhere
  note.tabIndex = -1;

  function show(link, entry) {
    note.replaceChildren();
    for (const part of entry.children) {
      const line = document.createElement("p");
      line.append(...part.cloneNode(true).childNodes);
      note.append(line);
    }
    link.after(note);
    const box = link.getBoundingClientRect();
    note.showPopover();
    const left = Math.min(box.left, document.documentElement.clientWidth - note.offsetWidth - 12);
    note.style.left = `${Math.max(12, left) + window.scrollX}px`;
    note.style.top = `${box.bottom + 6 + window.scrollY}px`;
    note.focus();
  }

  for (const link of document.querySelectorAll("a.crs-term")) {
    const entry = document.getElementById(link.hash.slice(1));
    if (!entry) continue;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(link, entry);
    });
  }

  note.addEventListener("toggle", (event) => {
    const link = note.previousElementSibling;
    if (event.newState === "closed" && link && document.activeElement === document.body) link.focus();
  });
})();
