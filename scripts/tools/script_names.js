/* Prints the names of the browser that scripts use, as JSON: for each file, names with their lines.
   Arguments: folder of the npm packages, newest ECMAScript version, files.
   scripts/tools/browser_floor.py runs this and compares the names with the oldest browsers. */
"use strict";

const fs = require("node:fs");
const [folder, ecmaVersion, ...files] = process.argv.slice(2);
const { parse } = require(`${folder}/acorn`);

/* All nodes of a tree. */
function nodesOf(node) {
  const children = Object.values(node).flat();
  return [node, ...children.filter((child) => child && child.type).flatMap(nodesOf)];
}

/* Names that a pattern declares: a name, or the names in an object, an array or a default. */
const declaredBy = (pattern) =>
  nodesOf(pattern).filter(({ type }) => type === "Identifier").map(({ name }) => name);

/* Whether an object has our names, not the browser's: attributes, styles and constants such as BUILD. */
const isData = ({ name, property }) =>
  /^(?:dataset|style|[A-Z]+)$/.test(name || (property && property.name));

function namesOf(text) {
  const nodes = nodesOf(parse(text, { ecmaVersion, locations: true }));
  const own = new Set();
  for (const { id, param, params } of nodes) {
    for (const pattern of [id, param, ...(params || [])]) {
      if (pattern) for (const name of declaredBy(pattern)) own.add(name);
    }
  }
  const ofType = (wanted) => nodes.filter(({ type }) => type === wanted);
  const keysOf = ({ properties }) => properties.map(({ key }) => key).filter(Boolean);
  const ownKeys = ofType("ObjectExpression").flatMap(keysOf);
  const ownMembers = new Set(ownKeys.map(({ name }) => name));
  const asked = ofType("MemberExpression").filter(({ computed }) => !computed);
  const members = [
    ...asked.filter((node) => !isData(node.object)).map(({ property }) => property),
    ...ofType("ObjectPattern").flatMap(keysOf),
  ].filter(({ name }) => !ownMembers.has(name));
  const notGlobal = new Set([...ownKeys, ...members, ...asked.map(({ property }) => property)]);
  const globals = ofType("Identifier").filter((node) => !notGlobal.has(node) && !own.has(node.name));
  return [
    ...[...members, ...globals].map(({ name, loc }) => [name, loc.start.line]),
    ...nodes
      .filter(({ regex }) => regex && /\(\?<[=!]/.test(regex.pattern))
      .map(({ loc }) => ["look-behind", loc.start.line]),
  ];
}

const found = {};
for (const file of files) {
  try {
    found[file] = namesOf(fs.readFileSync(file, "utf8"));
  } catch (error) {
    if (!error.loc) throw error;
    found[file] = [[`syntax: ${error.message}`, error.loc.line]];
  }
}
console.log(JSON.stringify(found));
