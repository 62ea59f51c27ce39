// What the checklist knows and what a reader has answered: the shapes that the modules share.

/**
 * @typedef {{id: string, label: string}} Choice
 * @typedef {{id: string, label: string, type: string, step?: string, choices?: Choice[], most?: number, networks?: string[], forms?: string[],
 *   is_optional?: boolean, is_description?: boolean}} Field
 * @typedef {{id: string, label: string, page: string, keywords: string[], fields: string[], sentences: string[], is_loss?: boolean}} Category
 * @typedef {{urgency?: string, matter?: string, category?: string}} Situation
 * @typedef {{when: Situation, page: string, text: string, reason: string}} Advice
 * @typedef {{tag: string, direction: string, names: Object<string, string>}} Locale
 * @typedef {{
 *   tag: string, source: string, locales: Locale[], categories: Category[], fields: Field[], advice: Advice[],
 *   words: Object<string, string>, texts: Object<string, Object<string, string>>,
 *   secrets: Object<string, string[]>, pages: Object<string, {url: string, title: string}>
 * }} Known what the page says (hooks/checklist.py)
 * @typedef {Object<string, string>} Answers by field; `:category`, `:sentence` (a number), `:answer` (the tag of a
 *   language) `:tag` (that of the language
 *   they are written in) and others of the page; `<field>-zone` for the time zone of a time
 */

/**
 * The fields that a kind of problem has, in the order of its ticket.
 * @param {Known} known
 * @param {string} id
 * @returns {Field[]}
 */
export function fieldsOf({categories, fields}, id) {
  const own = categories.find((each) => each.id === id)?.fields ?? [];
  const special = own.map((name) => /** @type {Field} */ (fields.find((each) => each.id === name)));
  const inStep = (/** @type {string} */ step) => fields.filter((each) => each.step === step);
  return [...inStep("what"), ...inStep("happened"), ...special, ...inStep("you")];
}

/**
 * A text in a language, or in that of the source where it has no translation.
 * @param {Known} known
 * @param {string} text
 * @param {string} tag
 */
export const say = ({texts}, text, tag) => texts[tag]?.[text] ?? text;

/**
 * What the reader had better do: the first advice whose conditions are met.
 * @param {Known} known
 * @param {Situation} situation
 * @returns {Advice}
 */
export function adviseOn({advice}, situation) {
  const names = /** @type {(keyof Situation)[]} */ (["urgency", "matter", "category"]);
  const isMet = (/** @type {Advice} */ {when}) => names.every((name) => !when[name] || when[name] === situation[name]);
  return /** @type {Advice} */ (advice.find(isMet));
}
