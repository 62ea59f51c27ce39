// A text as it is searched for secrets, and the way back to the text as it was given.

/**
 * @typedef {object} Folded
 * @property {string} text NFKD without invisible characters and accents, with digits in ASCII
 * @property {string} lower the same in lower case, character for character
 * @property {(start: number, end: number) => [number, number]} span where a part of `text` is in the text as it was
 *   given (UTF-16 offsets), with the invisible characters behind it
 */

/**
 * @typedef {object} Segment chunks of an alphabet, put together
 * @property {string} text
 * @property {number[]} places where each character is in the folded text
 * @property {boolean[]} isEdge whether a chunk begins at a character, or ends before it
 * @property {number[]} chunks in which chunk each character is, counted from the first
 */

// Control characters, zero-width and bidi characters, soft hyphens, variation selectors; Latin accents; Arabic points.
const DROPPED = /[\p{Default_Ignorable_Code_Point}\0-\x08\x0e-\x1f\x7f\u0300-\u036f\u0640\u064b-\u065f\u0670]/gu;
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50]; // Arabic, Persian, Hindi, Bengali, Thai
/** @type {Record<string, string>} */
const SPELLINGS = {"ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك"};
/** @type {Map<number, string>} */
const known = new Map();

/**
 * A character as it is compared. NFKD works character by character, so every part of it has a place; NFKC does not.
 * @param {number} code
 */
function plain(code) {
  let found = known.get(code);
  if (found === undefined) {
    const zero = ZEROS.find((each) => code >= each && code < each + 10);
    found = zero ? String(code - zero) : String.fromCodePoint(code).normalize("NFKD").replace(DROPPED, "");
    found = SPELLINGS[found] ?? found;
    known.set(code, found);
  }
  return found;
}

/**
 * *text* without what only changes its looks: width, style, accents, invisible characters, digits of other scripts.
 * @param {string} text
 * @returns {Folded}
 */
export function fold(text) {
  /** @type {number[]} */
  const starts = [];
  let folded = "";
  for (let place = 0; place < text.length;) {
    const code = /** @type {number} */ (text.codePointAt(place));
    const found = plain(code);
    for (let unit = 0; unit < found.length; unit++) starts.push(place);
    folded += found;
    place += code > 0xffff ? 2 : 1;
  }
  return {
    text: folded,
    lower: folded.toLowerCase(),
    span(start, end) {
      let next = end;
      while (next < starts.length && starts[next] === starts[end - 1]) next++; // the other parts of the same character
      return [starts[start], next < starts.length ? starts[next] : text.length];
    },
  };
}

/**
 * The chunks of *text* that match *chunk*, put together where only *gap* is between them: a key that was broken into
 * lines or groups is whole again.
 * @param {string} text
 * @param {RegExp} chunk with the flag g
 * @param {RegExp} gap of at most 8 characters
 * @returns {Segment[]}
 */
export function segments(text, chunk, gap) {
  /** @type {Segment[]} */
  const found = [];
  let end = -Infinity, count = 0;
  for (const match of text.matchAll(chunk)) {
    const between = match.index - end <= 8 ? text.slice(end, match.index) : "";
    let last = found[found.length - 1];
    if (!between || !gap.test(between)) {
      last = {text: "", places: [], isEdge: [], chunks: []};
      found.push(last);
      count = 0;
    }
    last.text += match[0];
    for (let place = 0; place < match[0].length; place++) {
      last.places.push(match.index + place);
      last.isEdge.push(!place);
      last.chunks.push(count);
    }
    count++;
    end = match.index + match[0].length;
  }
  for (const each of found) each.isEdge.push(true);
  return found;
}

/**
 * @typedef {object} Piece
 * @property {string} text
 * @property {number} start in the folded text
 * @property {number} end
 * @property {number} chunks of how many it is
 */

/**
 * The parts of segments that are whole chunks and have one of *lengths*.
 * @param {Segment[]} from
 * @param {number[]} lengths characters
 * @returns {Generator<Piece>}
 */
export function* pieces(from, lengths) {
  for (const {text, places, isEdge, chunks} of from) {
    for (let start = 0; start + lengths[0] <= text.length; start++) {
      if (!isEdge[start]) continue;
      for (const length of lengths) {
        const end = start + length;
        if (!isEdge[end]) continue;
        yield {
          text: text.slice(start, end), start: places[start], end: places[end - 1] + 1,
          chunks: chunks[end - 1] - chunks[start] + 1,
        };
      }
    }
  }
}

/**
 * How many different characters a text has: few in what only fills a place, such as xxxx.
 * @param {string} text
 */
export const distinct = (text) => new Set(text).size;
