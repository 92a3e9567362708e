/* Puts the parts that do nothing without a script where the build has removed them from the page, before
   the scripts that work with them. It begins the bundle of a page that has such parts, after build.js.
   Markup: template[data-added] for each part, with the relative address of the root of the site; the
   links in them start there. The build fills the empty list with their trees. */
((parts) => {
  document.querySelectorAll("[data-added]").forEach((mark, place) => {
    const part = self.crsBuild(parts[place]);
    for (const link of part.querySelectorAll("a")) link.setAttribute("href", mark.dataset.added + link.getAttribute("href"));
    mark.replaceWith(part);
  });
})([]);
