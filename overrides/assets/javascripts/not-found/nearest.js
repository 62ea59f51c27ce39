// Which pages a mistyped address may have meant.

/** @typedef {[url: string, title: string]} Listed a page, by its address below the folder of its language */

const UNLIKE = 0.4; // at most: of the letters of an address, how many are others
const PART = 0.35; // what it counts if all words of one name are among those of the other
const ELSEWHERE = 0.05; // what it counts if only the last part of the address is alike

/**
 * The pages whose addresses are most like one that leads nowhere, the best first.
 * @param {string} path below the folder of the language, as the address bar has it
 * @param {readonly Listed[]} pages
 * @param {number} most how many
 */
export function nearest(path, pages, most = 3) {
  const wrong = slug(path);
  if (!wrong) return [];
  return pages
    .map((page) => ({page, unlike: unlikeness(wrong, slug(page[0]))}))
    .filter(({unlike}) => unlike <= UNLIKE)
    .sort((one, two) => one.unlike - two.unlike)
    .slice(0, most)
    .map(({page}) => page);
}

/**
 * What tells a page in its address: `Problems/My_Page.html` is `problems/my-page`.
 * @param {string} path
 */
function slug(path) {
  let text = path;
  try {
    text = decodeURIComponent(path);
  } catch {
    // Not UTF-8: it is compared as it is.
  }
  const plain = text.normalize("NFKC").toLowerCase().replace(/[\s_]+/gu, "-");
  return plain.replace(/(^|\/)index(\.\w+)?$|\.\w{2,4}$/u, "").replace(/^\/+|\/+$/gu, "");
}

/**
 * From 0 (the same) to 1.
 * @param {string} wrong
 * @param {string} right
 */
function unlikeness(wrong, right) {
  const ends = [wrong, right].map((each) => each.slice(each.lastIndexOf("/") + 1));
  const [some, others] = ends.map((each) => each.split("-"));
  const isPart = some.every((word) => others.includes(word)) || others.every((word) => some.includes(word));
  return Math.min(share(wrong, right), share(ends[0], ends[1]) + ELSEWHERE, isPart ? PART : 1);
}

/**
 * @param {string} one
 * @param {string} two
 */
function share(one, two) {
  return distance([...one], [...two]) / Math.max(one.length, two.length, 1);
}

/**
 * Insertions, deletions, changes and swaps between two texts (optimal string alignment).
 * @param {string[]} one
 * @param {string[]} two
 */
function distance(one, two) {
  /** @type {number[]} */
  let before = [];
  let last = Array.from({length: two.length + 1}, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= two.length; j++) {
      const isSwap = i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1];
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + Number(one[i - 1] !== two[j - 1]), isSwap ? before[j - 2] + 1 : Infinity));
    }
    [before, last] = [last, row];
  }
  return last[two.length];
}
