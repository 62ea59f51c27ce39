// Codes and secrets of two-factor authentication, which only the words beside them give away.

import {distinct} from "./text.js";

/** @typedef {import("./scan.js").Finding} Finding */
/** @typedef {import("./scan.js").Given} Given */
/** @typedef {import("./labels.js").Span} Span */

/**
 * Base32 in one piece, in groups of four as apps show it, or in lines.
 * @param {string} letters
 */
const base32 = (letters) => {
  const sign = `[${letters}2-7]`;
  return `${sign}{16,128}|${sign}{4}(?:[\\s-]{1,3}${sign}{4}){3,31}(?:[\\s-]${sign}{1,3})?` +
    `|${sign}{4,64}(?:\\s{0,4}\\n\\s{0,4}${sign}{4,64}){1,4}`;
};
const BASE32 = new RegExp(`(?<![A-Za-z0-9])(?:${base32("A-Z")}|${base32("a-z")})(?![A-Za-z0-9])`, "g");
const DIGITS = new RegExp(
  "(?<![a-z0-9]|\\d[.,:/-]|[+$€£¥])(?:\\d{6,8}|(?<!\\d\\s)(?:\\d{3}[ -]\\d{3}|\\d{4}[ -]\\d{4}))" +
  "(?![a-z0-9]|[.,:/-]\\d|[ -]\\d)", "g");
const DATE = /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const CURRENCY = /^\s?(?:[A-Z]{3,5}\b|[円元万個个%])/;

/**
 * Secrets in Base32 (RFC 4648) that an authenticator app takes, where the text speaks of one.
 * @param {Given} given
 * @returns {Finding[]}
 */
export function factorSecrets({text, labels}) {
  return [...text.matchAll(BASE32)].flatMap(({0: shown, index: start}) => {
    const end = start + shown.length;
    const secret = shown.replace(/[\s-]/g, ""), isWhole = secret === shown;
    const isUpper = secret === secret.toUpperCase();
    const groups = (secret.match(/\d+/g) ?? []).length;
    if (secret.length < 16 || distinct(secret) < 6 || (!groups && !(isWhole && isUpper))) return [];
    const label = labels.before("factor", start), other = labels.before("notcode", start);
    const inside = labels.after("factor", start), behind = labels.after("factor", end);
    if (other && other.start > (label?.start ?? -1)) return [];
    if (!label && !behind?.isSaid && !(inside && inside.end < end)) return [];
    const isCertain = label?.relation !== "near" && (isUpper ? groups > 0 : groups > 1);
    return [{kind: "totp", start, end, isCertain}];
  });
}

/**
 * Whether *gap*, between a number and a label behind it, has a few words and no unit: "as the", but not "USDT for".
 * @param {string} gap
 */
const isShort = (gap) => gap.length <= 12 && !/[A-Z]{3}/.test(gap);

/**
 * Codes of 6 to 8 digits beside the words for them. The word "code" alone says little: errors have codes, too.
 * @param {Given} given
 * @returns {Finding[]}
 */
export function codes({text, lower, labels}) {
  const others = labels.all("notcode");
  const isOther = (/** @type {Span} */ label) => others.some((each) => each.start < label.end && label.start < each.end);
  return [...lower.matchAll(DIGITS)].flatMap(({0: shown, index: start}) => {
    const end = start + shown.length;
    const label = labels.before("code", start), other = labels.before("notcode", start);
    if (other && other.relation !== "near" && other.end >= (label?.end ?? 0)) return [];
    const behind = labels.after("code", end);
    const isAside = lower[start - 1] === "(" && label?.relation === "near"; // an error (101007)
    const isNear = label && !isAside && (start - label.end <= 20 || label.relation !== "near");
    if (label && isNear && !isOther(label)) {
      const isDirect = label.relation === "bound" || label.relation === "beside";
      const isOpen = CURRENCY.test(text.slice(end, end + 7)) || DATE.test(shown);
      if (!labels.isWeak(label.text)) return [{kind: "code", start, end, isCertain: isDirect && !isOpen}];
      if (isDirect && !labels.before("notcode", label.start)) return [{kind: "code", start, end, isCertain: false}];
    }
    if (!behind || isOther(behind) || labels.isWeak(behind.text)) return [];
    const isBeside = behind.isSaid || isShort(text.slice(end, behind.start));
    return isBeside ? [{kind: "code", start, end, isCertain: behind.isSaid}] : [];
  });
}
