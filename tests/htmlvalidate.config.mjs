// The rules for the built pages: all those html-validate recommends, but for the ones below.
// A rule may be loosened here only with its reason, and no wider than the reason reaches.

export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The Markdown engine writes reversed="reversed". Both spellings mean the same.
    "attribute-boolean-style": "off",
  },
};
