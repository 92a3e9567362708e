/* Builds elements from a tree: tag, attributes, then texts and child trees. Scripts of ours write no markup.
   Loaded with search; the build also puts it into bundles, before the parts that it removes from pages. */
self.crsBuild = ([tag, attributes, ...content], space = document.body.namespaceURI) => {
  const inside = tag === "svg" ? document.querySelector("svg").namespaceURI : space;
  const element = document.createElementNS(inside, tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...content.map((part) => (typeof part === "string" ? part : self.crsBuild(part, inside))));
  return element;
};
