/* Glossary words: show the meaning where the word stands.
   Only for pages with .crs-term.
   Without this script the link leads to the list at the foot of the page, which is also what prints. */
(function () {
  "use strict";

  if (!("popover" in HTMLElement.prototype)) return;

  const note = document.createElement("div");
  note.className = "crs-term-note";
  note.popover = "auto"; // closes on Escape and on a touch elsewhere
  note.tabIndex = -1;
  note.setAttribute("role", "dialog"); // focus moves into it, so it is read out
  let pressedWhileOpen = false;

  const isOpenFor = (link) =>
    note.matches(":popover-open") && note.previousElementSibling === link;

  function show(link, entry) {
    note.replaceChildren();
    for (const part of entry.children) {
      const line = document.createElement("p");
      line.append(...part.cloneNode(true).childNodes);
      note.append(line);
    }
    note.setAttribute("aria-label", link.textContent);
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
    // The press has closed the note before the click comes: a second touch must not open it again.
    link.addEventListener("pointerdown", () => {
      pressedWhileOpen = isOpenFor(link);
    });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (!pressedWhileOpen || event.detail === 0) show(link, entry);
      pressedWhileOpen = false;
    });
  }

  note.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next && !note.contains(next) && note.matches(":popover-open")) note.hidePopover();
  });

  note.addEventListener("toggle", (event) => {
    const link = note.previousElementSibling;
    const lost = document.activeElement === document.body;
    // Who has scrolled on stays there.
    if (event.newState === "closed" && link && lost) link.focus({ preventScroll: true });
  });
})();
