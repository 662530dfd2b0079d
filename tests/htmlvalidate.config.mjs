// The rules for the built pages: all those html-validate recommends, but for the ones below.
// A rule may be loosened here only with its reason, and no wider than the reason reaches.

// Tables turn into cards on a narrow screen (display: block). Browsers then drop the table's meaning
// unless its roles are said outright, so a role such as row on a <tr> is not redundant here.
const saysItsRole = { aria: { implicitRole: "" } };

export default {
  root: true,
  extends: ["html-validate:recommended"],
  elements: [
    "html5",
    {
      // The HTML standard allows no heading inside a row's header cell. Ours hold one on purpose: the
      // heading is what reaches the contents list, the search index and the people who move by headings,
      // and the cell is what names the row. Browsers and screen readers support both at once. Everything
      // else that the standard forbids there stays forbidden.
      th: { ...saysItsRole, permittedDescendants: [{ exclude: ["header", "footer", "@sectioning"] }] },
      table: saysItsRole,
      thead: saysItsRole,
      tbody: saysItsRole,
      tr: saysItsRole,
      td: saysItsRole,
    },
  ],
  rules: {
    // The Markdown engine writes reversed="reversed". Both spellings mean the same.
    "attribute-boolean-style": "off",
  },
};
