// What is wrong, or looks wrong, with an answer. Nothing here is English: what is found has a name.

import {instantOf} from "./time.js";

/** @typedef {import("./model.js").Field} Field */
/** @typedef {import("./model.js").Answers} Answers */
/** @typedef {{field: string, problem: string, isWarning: boolean}} Problem */

/** @typedef {{chain: string, name: RegExp, address: RegExp, txid: RegExp}} Chain */
/**
 * Blockchains by what people call them, with the shapes of their addresses and transaction IDs.
 * @type {Chain[]}
 */
const CHAINS = [
  {
    chain: "tron", name: /tr[ocx]\b|tron|trc|波场|トロン|ترون/i,
    address: /^T[1-9A-HJ-NP-Za-km-z]{33}$/, txid: /^[0-9a-f]{64}$/i,
  },
  {
    chain: "ethereum", name: /erc|eth|bep|bsc|bnb|polygon|matic|arbitrum|optimism|\bbase\b|avalanche|avax|evm|イーサ|以太|إيثر|ايثر/i,
    address: /^0x[0-9a-f]{40}$/i, txid: /^0x[0-9a-f]{64}$/i,
  },
  {
    chain: "bitcoin", name: /bitcoin|\bbtc\b|litecoin|\bltc\b|doge|\bbch\b|segwit|taproot|ビットコイン|ライトコイン|比特|莱特|بيتكوين/i,
    address: /^([13LMmn2Dq9A][1-9A-HJ-NP-Za-km-z]{25,34}|(bc|tb|ltc)1[02-9ac-hj-np-z]{11,87}|(bitcoincash:)?[qp][02-9ac-hj-np-z]{41})$/,
    txid: /^[0-9a-f]{64}$/i,
  },
  {
    chain: "ripple", name: /\bxrp\b|ripple|リップル|瑞波|ريبل/i,
    address: /^(r[1-9A-HJ-NP-Za-km-z]{24,34}|X[1-9A-HJ-NP-Za-km-z]{46})$/, txid: /^[0-9a-f]{64}$/i,
  },
  {
    chain: "solana", name: /\bsol\b|solana|ソラナ|索拉纳|سولانا/i,
    address: /^[1-9A-HJ-NP-Za-km-z]{32,44}$/, txid: /^[1-9A-HJ-NP-Za-km-z]{86,88}$/,
  },
];

/**
 * The blockchain that a text names; undefined for others.
 * @param {string} text
 */
export const chainOf = (text) => CHAINS.find(({name}) => name.test(text));

const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g; // Arabic and Persian

/**
 * Text as machines write it: plain digits and signs, no spaces around it.
 * @param {string} text
 */
export function plain(text) {
  const digits = text.replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 15));
  return digits.normalize("NFKC").replace(/\u066b/g, ".").replace(/[\u066c\u2019']/g, ",").trim();
}

/**
 * A decimal number with a point, whatever separators it was typed with: 1.234,5 is 1234.5.
 * @param {string} text
 * @returns {{value: string, problem?: string}} what cannot be told (1,234) stays as it is
 */
export function decimal(text) {
  const typed = plain(text).replace(/[\s_]/g, "");
  if (!/^[+-]?\d[\d.,]*$/.test(typed)) return {value: text.trim(), problem: "number"};
  const signs = typed.match(/[.,]/g) ?? [], last = signs[signs.length - 1];
  if (!last) return {value: typed};
  const isOne = signs.length === 1, [whole, part] = [typed.slice(0, typed.lastIndexOf(last)), typed.slice(typed.lastIndexOf(last) + 1)];
  if (isOne && part.length === 3 && /^[+-]?[1-9]\d{0,2}$/.test(whole)) return {value: typed, problem: "separator"};
  const isGrouped = signs.filter((sign) => sign === last).length > 1; // 1,234,567
  if (isGrouped) return new Set(signs).size === 1 ? {value: typed.replace(/[.,]/g, "")} : {value: typed, problem: "number"};
  return {value: `${whole.replace(/[.,]/g, "")}.${part}`};
}

/**
 * What is wrong with the answers to some fields. Missing ones never are.
 * @param {Field[]} fields
 * @param {Answers} answers
 * @param {number} now milliseconds since 1970
 * @returns {Problem[]} in the order of the fields; warnings keep nobody from going on
 */
export function validate(fields, answers, now) {
  const chain = chainOf(answers["used-network"] || answers.network || "");
  const meant = chainOf(answers["meant-network"] || "");
  return fields.flatMap((field) => {
    const value = (answers[field.id] ?? "").trim();
    const problem = value && problemWith(field, value, field.id.startsWith("meant") ? meant : chain, answers, now);
    return problem ? [{field: field.id, ...problem}] : [];
  });
}

/**
 * @param {Field} field
 * @param {string} value not empty
 * @param {Chain | undefined} chain that its addresses and IDs belong to, if it is known
 * @param {Answers} answers
 * @param {number} now
 * @returns {{problem: string, isWarning: boolean} | undefined}
 */
function problemWith({id, type, most}, value, chain, answers, now) {
  const error = (/** @type {string} */ problem) => ({problem, isWarning: false});
  const warning = (/** @type {string} */ problem) => ({problem, isWarning: true});
  if (type === "time" && !(instantOf(value, answers[`${id}-zone`] || "UTC") <= now)) return error("future");
  if (type === "date" && !(Date.parse(value) <= now + 14 * 3_600_000)) return error("future"); // somewhere it is tomorrow
  if (type === "digits" && !/^\d+$/.test(plain(value))) return error("digits");
  if (most && type === "digits" && plain(value).length > most) return error("long");
  if (most && type !== "digits" && [...value].length > most) return warning("long");
  const found = type === "number" ? decimal(value).problem : undefined;
  if (found) return warning(found);
  if (type !== "address" && type !== "txid") return undefined;
  return !chain || chain[type].test(plain(value)) ? undefined : warning(type);
}
