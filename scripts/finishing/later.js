/* Loads the page's script bundle after the load event and a paint, so that it does not compete with the
   page for bandwidth. It applies the saved color scheme at once, because a later change would flash.
   It is inlined in the head of each page, identical everywhere so that one hash covers it.
   Markup: script[data-later], the address of the bundle; [data-wait], delay in milliseconds.
   Names are short because the code is in every page: m is its own element, s the script it adds. */
((m) => {
  try {
    [document.documentElement.dataset.scheme] = localStorage.getItem("crs-scheme").match(/dark|light/);
  } catch {
    // Neither scheme is stored, or storage is blocked: the page follows the system scheme.
  }
  // biome-ignore lint/suspicious/noGlobalAssign: a new event handler, in the fewest bytes
  onload = () =>
    requestAnimationFrame(() =>
      setTimeout(() => {
        const s = document.createElement("script");
        s.src = m.dataset.later;
        s.onerror = () => m.remove(); // also releases the space reserved for the script's UI
        document.head.append(s);
      }, m.dataset.wait),
    );
})(document.currentScript);
