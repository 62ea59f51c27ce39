// Passwords, and keys of any form, which only the words beside them give away.

import {distinct} from "./text.js";

/** @typedef {import("./scan.js").Finding} Finding */
/** @typedef {import("./scan.js").Given} Given */

const OPAQUE = /[A-Za-z0-9+/_.-]{20,}={0,2}/g;
const ADDRESS = /^(?:0x[0-9a-f]{40}|[a-z]{2,5}1[0-9a-z]{38,58})$/i; // of an Ethereum-type network, or Bech32
const HEX = /^(?:0x)?[0-9a-f]{64}$/i; // keys.js looks at these
const MADE_OF_WORDS = /(?:^|[-_./])[A-Za-z][a-z]{3,}(?:[-_./]|$)/;
const WITH_DIGIT = /(?<![!-~])(?=[!-~]{6,24}(?![!-~]))[!-~]*\d[!-~]*/g;
// What makes a number an amount, a date, a length.
const UNIT = new RegExp(
  "^\\s?-?(?:[年月日時时点分秒回円元万位桁个個天次字%]|文字|احرف|حروف|ارقام|ايام|مرات|خانات" +
  "|(?:digit|char(?:acter)?|letter|number|day|time|hour|minute)s?\\b)");
const ODD = 12; // characters between a label and what can hardly be anything else
const TRAILING = /[.,;:!?)"'\]}>*`]+$/;
const NO_PASSWORD = new RegExp([
  "^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$", // an e-mail address
  "^https?:", "^[<[{(,;/]", // a path
  "^\\d+(?:st|nd|rd|th|x|h|min|days?|times?|(?:-[a-z]+)+|[a-z]*(?:digits?|characters?|letters?|chars?))$", // 6-digit
  "^\\d{1,4}(?:[-/.:]\\d{1,4}){1,3}(?:t[\\d:.z+-]*)?$", "^[\\d.,]+%?$", // a date, a time, an amount
  "^\\(?[a-z]+(?:[-/'][a-z]+)*\\)?$", // words
].join("|"), "i");

/**
 * Passwords, PINs and security codes of cards behind the words for them.
 * @param {Given} given
 * @returns {Finding[]}
 */
export function passwords({text, lower, labels}) {
  const direct = labels.all("password").flatMap((label) => {
    const {start, relation} = labels.value(label.end);
    const value = /^[!-~]+?(?=["'][,}\]]|[^!-~]|$)/.exec(text.slice(start, start + 200))?.[0] ?? "", end = start + value.length;
    const isMarked = /[:=]/.test(lower.slice(label.end, start));
    const isAlone = /^[^\S\n]*(?:\n|$)/.test(lower.slice(end, end + 9));
    const isAmount = /^\d+$/.test(value) && UNIT.test(lower.slice(end, end + 12));
    const likeness = isAmount ? 0 : likeAPassword(value.replace(TRAILING, ""), isMarked, isAlone);
    if (!relation || !likeness) return [];
    return [{kind: "password", start, end, isCertain: relation === "bound" && likeness === 2}];
  });
  const others = [...text.matchAll(WITH_DIGIT)].filter(({0: value, index: start}) => {
    const bare = value.replace(TRAILING, "");
    if (!/[a-z]/i.test(bare) || likeAPassword(bare, false, false) < 2) return false;
    const label = labels.before("password", start), isOdd = /[!@#$%^&*+?~]/.test(bare); // changed my password to Kite#24
    if (label && (label.relation === "led" || (isOdd && start - label.end <= ODD))) return true;
    return labels.after("password", start + value.length)?.isSaid;
  });
  return [...direct, ...others.map(({0: value, index: start}) => ({
    kind: "password", start, end: start + value.length, isCertain: false,
  }))];
}

/**
 * Whether *value* looks like a password: 2 if it does, 1 if it may, 0 if it is a word of the sentence.
 * @param {string} value
 * @param {boolean} isMarked whether a colon or an equals sign is before it
 * @param {boolean} isAlone whether it is the last of its line
 */
function likeAPassword(value, isMarked, isAlone) {
  if (/^\d+$/.test(value)) return value.length > 12 || value.length < 3 ? 0 : value.length > 3 || isMarked ? 2 : 1;
  if (distinct(value) < 3) return 0; // ****, xxxx
  if (NO_PASSWORD.test(value)) return isMarked && isAlone && /^[a-z]{6,}$/i.test(value) ? 1 : 0;
  const isMixed = /[a-z]/i.test(value) && /[\d!@#$%^&*+=?~|\\]/.test(value);
  if (!isMixed || value.length < 4) return 0;
  return value.length < 6 || /^(?:\d+-?[a-z]+|[a-z]{2,5}-\d+)$/i.test(value) ? 1 : 2; // 24hours, AES-256
}

/**
 * Secrets of an API and private keys of any form, behind the words for them.
 * @param {Given} given
 * @returns {Finding[]}
 */
export function labelledKeys({text, labels}) {
  return [...text.matchAll(OPAQUE)].flatMap(({0: value, index: start}) => {
    const end = start + value.length, isLong = value.length >= 40;
    if (distinct(value) < 10 || !/[a-z]/i.test(value) || !/\d/.test(value)) return [];
    if (MADE_OF_WORDS.test(value) || ADDRESS.test(value)) return [];
    const api = labels.before("api", start)?.relation, key = labels.before("key", start)?.relation;
    const isCertain = api === "bound" || api === "beside";
    const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value);
    if (isCertain || (api && isLong && isMixed)) return [{kind: "api", start, end, isCertain}];
    const isNamed = isMixed && /[+/=]/.test(value) && labels.before("service", start); // base64 beside the name of a service
    if (isNamed && isLong) return [{kind: "api", start, end, isCertain: false}];
    const isKey = key && key !== "near" && isLong && !HEX.test(value);
    return isKey ? [{kind: "key", start, end, isCertain: false}] : [];
  });
}
