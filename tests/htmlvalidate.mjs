// What html-validate looks at on finished pages: the rules of HTML, but none of style, which the theme
// and Python-Markdown have their own of, and none that only a browser can decide, where axe does.

export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Style.
    "attribute-boolean-style": "off", // Python-Markdown writes XHTML
    "doctype-style": "off",
    "long-title": "off", // of the writer
    "no-implicit-button-type": "off", // the theme's menu of languages, outside of any form
    "no-trailing-whitespace": "off",
    "presentation-role-style": "off",
    "void-style": "off", // Python-Markdown writes XHTML
    "require-sri": ["error", {target: "crossorigin"}], // all that a page loads is of its own site
    "valid-id": ["error", {relaxed: true}], // HTML allows ids that begin with a sign or a number

    // What axe looks at in the browser (test_access.py).
    "input-missing-label": "off", // the theme's switches, which nobody sees, have an icon for a label
    "no-redundant-role": "off", // Safari takes a list without markers for none, unless it says so
    "unique-landmark": "off", // the table of contents stands twice, and one is always hidden
    "wcag/h32": "off", // the search has no button: Enter sends it, and scripts answer while one types
  },
};
