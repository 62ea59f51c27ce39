// What a reader says about an article: as text to be copied, and as data to be sent.

/**
 * @typedef {object} Facts
 * @property {string} title of the page
 * @property {string} address its path
 * @property {string} language in its own name, and its tag
 * @property {string} section its title
 * @property {string} date as in 2026-11-22
 */

/**
 * The report with *facts* and what the reader wrote. Beside text from right to left, facts keep their own order
 * (UAX 9, isolates).
 * @param {string} pattern with the names of facts, and `text`, in braces
 * @param {Facts} facts
 * @param {string} text
 * @param {boolean} isRightToLeft
 */
export function write(pattern, facts, text, isRightToLeft) {
  const known = new Map(Object.entries(facts));
  const isolated = (/** @type {string} */ fact) => (isRightToLeft ? `\u2068${fact}\u2069` : fact);
  const filled = (/** @type {string} */ name) => (name === "text" ? text : isolated(known.get(name) ?? ""));
  return pattern.replace(/\{(\w+)\}/g, (_, name) => filled(name)).trimEnd();
}

/**
 * The place of the section that is read at *line*, the last that begins above it; -1 above all of them.
 * @param {number[]} tops where sections begin, in their order
 * @param {number} line
 */
export const sectionAt = (tops, line) => tops.filter((top) => top <= line).length - 1;

/**
 * The day of *time* where the reader is, as in 2026-11-22.
 * @param {Date} time
 */
export const dayOf = (time) => new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
