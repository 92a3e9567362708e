/* Answers HL7 Infobutton requests (URL form) of record systems: opens the page for the code.
   Only for pages with [data-record-codes].
   Markup: [data-record-codes] with data-unknown, the address for unknown codes; in it links with
   hreflang, data-code, data-system (an OID) and data-recipient (PAT or PROV).
   The query is only compared with these attributes. It is never inserted into the page or into an
   address, so it cannot inject markup or redirect to another site. */
(function () {
  "use strict";

  const root = document.querySelector("[data-record-codes]");
  if (!root) return;

  const query = new URLSearchParams(location.search);
  const asksForACode = [...query.keys()].some((name) =>
    name.toLowerCase().startsWith("mainsearchcriteria."),
  );
  if (!asksForACode) return;

  // A repeated parameter is ambiguous, so it counts as absent.
  function sent(name) {
    const values = query.getAll(name);
    const text = values.length === 1 ? values[0].trim() : "";
    return /^[A-Za-z0-9._-]{1,64}$/.test(text) ? text.toUpperCase() : "";
  }

  const code = sent("mainSearchCriteria.v.c");
  const system = sent("mainSearchCriteria.v.cs");
  const recipient = sent("informationRecipient") === "PROV" ? "PROV" : "PAT";
  const language = (
    sent("informationRecipient.languageCode.c") || sent("performer.languageCode.c")
  ).split(/[-_]/)[0];

  const links = [...root.querySelectorAll("a[data-code]")].filter(
    ({ dataset }) =>
      dataset.code === code && dataset.system === system && dataset.recipient === recipient,
  );
  const link = links.find(({ hreflang }) => hreflang.toUpperCase() === language) || links[0];
  location.replace(link ? link.href : root.dataset.unknown);
})();
