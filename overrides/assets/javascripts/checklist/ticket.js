// Writes what readers take with them, from their answers: for support first, then for themselves.

import {fieldsOf, say} from "./model.js";
import {stamp} from "./time.js";
import {decimal, plain} from "./validate.js";

/** @typedef {import("./model.js").Known} Known */
/** @typedef {import("./model.js").Answers} Answers */
/** @typedef {import("./model.js").Field} Field */
/** @typedef {"ticket"|"chat"|"post"|"phone"} Form */
/**
 * @typedef {{label: string, value: string, isCode: boolean, isFree: boolean, tag: string, note: string}} Line
 *   `tag`: the language of what the reader wrote, if it is another one; `note`: what is said about the value
 * @typedef {{tag: string, direction: string, pattern: string, title: string, before: string, lines: Line[], after: string}} Part
 *   what a ticket says in one language; `pattern` is that of its lines, which are numbered where there is a title
 */

export const CHAT = 500; // characters of a message in a chat
const SHORT = 60; // characters of an answer that is not shortened

const CODES = ["id", "account", "txid", "txids", "address"]; // types of fields, see hooks/annai/checklist.py
const FREE = ["text", "quote"];

/**
 * What a reader leaves with, in the language of support and then in their own.
 * @param {Form} form
 * @param {Known} known
 * @param {Answers} answers
 * @param {string} support the tag of the language that support reads
 * @returns {Part[]} one where both are the same
 */
export function write(form, known, answers, support) {
  const tags = support === known.tag ? [support] : [support, known.tag];
  return tags.map((tag) => new Writer(known, answers, tag)[form]());
}

/** Writes in one language. */
class Writer {
  /**
   * @param {Known} known
   * @param {Answers} answers
   * @param {string} tag
   */
  constructor(known, answers, tag) {
    this.known = known;
    this.answers = answers;
    this.tag = tag;
    this.direction = known.locales.find((each) => each.tag === tag)?.direction ?? "ltr";
    this.isRightToLeft = this.direction === "rtl";
    this.fields = fieldsOf(known, answers[":category"]);
    this.category = known.categories.find(({id}) => id === answers[":category"]);
  }

  /** All that was asked; what was not answered is unknown. */
  ticket() {
    const asked = this.fields.filter(({id, is_optional: isOptional}) => this.answers[id]?.trim() || !isOptional);
    const answer = this.nameOf(this.answers[":answer"] || this.known.tag);
    const lines = [...this.opening(), ...asked.map((field) => this.line(field)), this.said("answer", answer)];
    return this.part(this.word("title"), "", lines, "");
  }

  /** What fits into one message. */
  chat() {
    const part = this.part("", this.word("chat-start"), [...this.opening(), ...this.given("chat")], this.word("chat-end"));
    for (let over; (over = asText([part]).length - CHAT) > 0;) {
      const [longest] = part.lines.filter(({isFree}) => isFree).sort((one, two) => two.value.length - one.value.length);
      if (!longest || longest.value.length <= SHORT) part.lines.pop();
      else longest.value = `${longest.value.slice(0, Math.max(SHORT, longest.value.length - over) - 1)}…`;
    }
    return part;
  }

  /** What everybody may read: nothing that the reader wrote freely, and no ID. */
  post() {
    return this.part("", this.word("post-start"), [this.kind(), ...this.given("post")], this.word("post-end"));
  }

  /** What to say, and what to have at hand. */
  phone() {
    return this.part("", this.word("phone-start"), [...this.opening(), ...this.given("phone")], this.word("phone-end"));
  }

  /**
   * @param {string} title
   * @param {string} before
   * @param {Line[]} lines
   * @param {string} after
   * @returns {Part}
   */
  part(title, before, lines, after) {
    return {tag: this.tag, direction: this.direction, pattern: this.word("line"), title, before, lines, after};
  }

  /** The kind of problem, and the sentence that says it in the language of support. */
  opening() {
    const sentence = this.sentence();
    return sentence ? [this.kind(), this.said("in-short", sentence)] : [this.kind()];
  }

  kind() {
    return this.said("category", this.category ? this.say(this.category.label) : "");
  }

  /** The sentence that the reader chose, with what it names filled in; empty if none was chosen. */
  sentence() {
    const place = this.answers[":sentence"], chosen = place ? this.category?.sentences[Number(place)] : undefined;
    const given = this.fields.map((field) => [field.id, this.answers[field.id]?.trim() ? this.line(field).value : "…"]);
    return fill(this.say(chosen ?? ""), Object.fromEntries(given));
  }

  /**
   * Lines for the fields of a form that are answered.
   * @param {Form} form
   */
  given(form) {
    const asked = this.fields.filter(({id, forms}) => forms?.includes(form) && this.answers[id]?.trim());
    return asked.map((field) => this.line(field, form));
  }

  /** @param {string} text */
  say(text) {
    return say(this.known, text, this.tag);
  }

  /** @param {string} name */
  word(name) {
    return this.say(this.known.words[name]);
  }

  /** @param {string} tag of a language, which is named in the language of the writer */
  nameOf(tag) {
    return this.known.locales.find((each) => each.tag === tag)?.names[this.tag] ?? tag;
  }

  /**
   * @param {string} name of a word
   * @param {string} value
   * @returns {Line}
   */
  said(name, value) {
    return {label: this.word(name), value: value || this.word("unknown"), isCode: false, isFree: false, tag: "", note: ""};
  }

  /**
   * What was typed, kept in its own order beside text from right to left (UAX 9, isolates).
   * @param {string} value
   */
  isolated(value) {
    return this.isRightToLeft ? value.replace(/[^\n]+/g, "\u2068$&\u2069") : value;
  }

  /**
   * @param {Field} field
   * @param {Form} [form]
   * @returns {Line}
   */
  line(field, form = "ticket") {
    const {id, type, choices} = field, typed = (this.answers[id] ?? "").trim(), label = this.say(field.label);
    const line = (/** @type {string} */ value) => ({label, value, isCode: false, isFree: FREE.includes(type), tag: "", note: ""});
    if (!typed) return line(this.word(type === "account" ? "signed-in" : "unknown"));
    if (type === "choice") return line(this.say(choices?.find((each) => each.id === typed)?.label ?? typed));
    if (type === "number") return line(this.isolated(decimal(typed).value));
    if (type === "digits" || type === "date") return line(this.isolated(plain(typed)));
    if (type === "time") {
      const zone = this.answers[`${id}-zone`] || "UTC", {utc, local, offset} = stamp(typed, zone);
      if (form === "post") return line(this.isolated(utc.slice(0, 10))); // the time of day can tell who or where
      return line(fill(this.word("local-time"), {utc: this.isolated(utc), local: this.isolated(`${local} ${zone} ${offset}`)}));
    }
    if (CODES.includes(type)) return {...line(this.isolated(type === "account" ? masked(plain(typed)) : plain(typed))), isCode: true};
    if (!FREE.includes(type)) return line(this.isolated(typed));
    const written = this.answers[":tag"] || this.known.tag;
    if (type === "quote" || this.tag === written) return line(typed);
    return {...line(typed), tag: written, note: fill(this.word("as-written"), {language: this.nameOf(written)})};
  }
}

/**
 * A text with its places filled in.
 * @param {string} text
 * @param {Object<string, string>} values
 */
export const fill = (text, values) => text.replace(/\{([a-z0-9-]+)\}/g, (_, name) => values[name] ?? "…");

/**
 * Enough of an e-mail address or ID to tell it from others, and no more.
 * @param {string} value
 */
export function masked(value) {
  return value.replace(/[^\s,;]+/g, (each) => {
    const [name, domain] = each.split("@");
    if (domain) return `${name.length > 4 ? name.slice(0, 2) : ""}…@${domain}`;
    return each.length > 8 ? `…${each.slice(-4)}` : "…";
  });
}

/**
 * Plain text of a ticket.
 * @param {Part[]} parts
 */
export function asText(parts) {
  const item = (/** @type {Line} */ line, /** @type {string} */ pattern) => fill(pattern, {label: line.label, value: shown(line)});
  return joined(parts, (title) => title, item, (text) => text).replace(/ +$/gm, "");
}

/**
 * Markdown of a ticket.
 * @param {Part[]} parts
 */
export function asMarkdown(parts) {
  const value = (/** @type {Line} */ line) =>
    line.isCode ? line.value.split("\n").map((each) => `\`\` ${each} \`\``).join(" ") : escaped(shown(line));
  const item = (/** @type {Line} */ line, /** @type {string} */ pattern) => fill(pattern, {label: `**${escaped(line.label)}**`, value: value(line)});
  return joined(parts, (title) => `## ${escaped(title)}`, (line, pattern) => `${item(line, pattern)}  `, escaped);
}

/** @param {string} text */
const escaped = (text) => text.replace(/[\\`*_[\]<>#|]/g, "\\$&");

/** @param {Line} line */
function shown({value, note}) {
  const lines = value.split("\n");
  const indented = lines.length > 1 ? `\n${lines.map((each) => `   ${each}`).join("\n")}` : value;
  return note ? `${indented} [${note}]` : indented;
}

/**
 * @param {Part[]} parts
 * @param {(title: string) => string} heading
 * @param {(line: Line, pattern: string) => string} item
 * @param {(text: string) => string} sentence
 */
function joined(parts, heading, item, sentence) {
  const written = parts.map(({pattern, title, before, lines, after}) => [
    ...(title ? [heading(title), ""] : []),
    ...(before ? [sentence(before)] : []),
    ...lines.map((line, place) => (title ? `${place + 1}. ${item(line, pattern)}` : item(line, pattern))),
    ...(after ? [sentence(after)] : []),
  ].join("\n"));
  return `${written.join("\n\n---\n\n")}\n`;
}
