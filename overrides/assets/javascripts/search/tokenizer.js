// What words a text is found by: hooks/annai/tokens.py in JavaScript, rule for rule. A browser test
// compares the two.

/** @type {Object<string, string>} */
const FOLDS = {
  "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i",
  "ς": "σ", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ー": "", "’": "'",
  "\u0640": "", "\u200b": "", "\u00ad": "",
};
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/g;
const HAN = "\\u3005\\u3041-\\u309f\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const HANGUL = "\\uac00-\\ud7a3";
const THAI = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff";
const LETTER = `(?![${HAN}${HANGUL}${THAI}])[\\p{L}\\p{N}]`;
const RUN = new RegExp(
  `(?<word>${LETTER}(?:${LETTER}|[\\u0900-\\u0963\\u0966-\\u0dff])*)` +
  `|(?<han>[${HAN}]+)|(?<hangul>[${HANGUL}]+)|(?<thai>[${THAI}]+)`, "gu");

/**
 * A text as it is compared.
 * @param {string} text
 * @param {Object<string, string>} [variants] characters that stand for another one
 */
function normalize(text, variants = {}) {
  const plain = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(MARKS, "").normalize("NFC");
  let found = "";
  for (const each of plain) {
    const code = each.codePointAt(0) ?? 0;
    const hiragana = code >= 0x30a1 && code < 0x30f7 ? String.fromCodePoint(code - 0x60) : each;
    for (const letter of FOLDS[hiragana] ?? hiragana) found += variants[letter] ?? letter;
  }
  return found;
}

/**
 * The runs of a normalized text.
 * @param {string} normalized
 * @returns {{kind: string, text: string, start: number}[]}
 */
function runs(normalized) {
  return [...normalized.matchAll(RUN)].map((match) => ({
    kind: Object.entries(match.groups ?? {}).find(([, text]) => text)?.[0] ?? "",
    text: match[0],
    start: match.index,
  }));
}

/**
 * Each pair of neighboring characters of a run, and the last character alone.
 * @param {string} run
 */
function pairs(run) {
  const characters = [...run];
  return characters.map((each, place) => each + (characters[place + 1] ?? ""));
}

/**
 * The words of a text, in its order.
 * @param {string} text
 * @param {Object<string, string>} [variants]
 */
function tokens(text, variants) {
  return runs(normalize(text, variants)).flatMap(({kind, text: run}) => (kind === "word" ? [run] : pairs(run)));
}

/**
 * 16 bits of the runs of a normalized text (FNV-1a, folded): tells a heading from others.
 * @param {string} normalized
 */
function fingerprint(normalized) {
  let value = 0x811c9dc5;
  for (const {text} of runs(normalized)) {
    for (let place = 0; place < text.length; place++) {
      value = Math.imul(value ^ text.charCodeAt(place), 0x01000193) >>> 0;
    }
  }
  return (value ^ (value >>> 16)) & 0xffff;
}
