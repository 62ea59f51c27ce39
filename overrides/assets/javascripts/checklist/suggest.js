// Suggests articles, and the kind of problem, from what a reader writes. No text leaves the page.

/* global normalize, runs, tokens -- search/tokenizer.js */

/** @typedef {import("./model.js").Category} Category */
/**
 * @typedef {{page: string, url: string, title: string}} Article
 * @typedef {{articles: Article[], words: Object<string, number[]>, variants: Object<string, string>}} Index annai.suggestions
 * @typedef {{articles: Article[], category: string, isLoss: boolean}} Suggestions
 */

const ARTICLES = 5; // at most
const READ = 1000; // characters of a text
const CERTAIN = 6; // how much has to speak for a kind of problem

/**
 * Whether there is enough to go on: 10 characters, or 4 of scripts that say more with each.
 * @param {string} text
 */
export function isEnough(text) {
  const size = [...text.trim()].length;
  return size >= 10 || (size >= 4 && /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/.test(text));
}

/**
 * The nearest articles, and the kind of problem if one stands out.
 * @param {string} text
 * @param {Index} index
 * @param {Category[]} categories
 * @returns {Suggestions}
 */
export function suggest(text, index, categories) {
  const read = text.slice(0, READ), scores = scoresOf(read, index);
  const told = categories.map((category) => ({category, hits: hits(read, category.keywords, index.variants)}));
  const isLoss = told.some(({category, hits: found}) => category.is_loss && found);
  for (const {category, hits: found} of told) {
    const place = index.articles.findIndex(({page}) => page === category.page);
    if (place >= 0) scores[place] += 4 * found;
  }
  const order = [...index.articles.keys()].filter((place) => scores[place] > 0).sort((one, two) => scores[two] - scores[one]);
  const best = order.map((place) => index.articles[place]);
  const [first] = told
    .map(({category, hits: found}) => ({category, score: 4 * found + (best[0]?.page === category.page ? scores[order[0]] / 2 : 0)}))
    .sort((one, two) => two.score - one.score);
  const loss = isLoss ? index.articles.filter(({page}) => categories.some((each) => each.is_loss && each.page === page)) : [];
  return {
    articles: [...loss, ...best.filter((each) => !loss.includes(each))].slice(0, ARTICLES),
    category: first && first.score >= CERTAIN ? first.category.id : "",
    isLoss,
  };
}

/**
 * How much each article has of the words of a text; rare words count more.
 * @param {string} text
 * @param {Index} index
 */
function scoresOf(text, {articles, words, variants}) {
  const scores = articles.map(() => 0), count = articles.length;
  for (const word of new Set(tokens(text, variants))) {
    const found = words[word] ?? [];
    const rarity = Math.log((count + 1) / (found.length / 2 + 0.5));
    for (let place = 0; place < found.length; place += 2) scores[found[place]] += (rarity * found[place + 1]) / 4;
  }
  return scores;
}

const JOINED = /[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff]/; // scripts that put words together

/**
 * How many of some keywords stand in a text, at the beginning of a word in most scripts.
 * @param {string} text
 * @param {string[]} keywords
 * @param {Object<string, string>} variants
 */
function hits(text, keywords, variants) {
  const plain = (/** @type {string} */ each) => ` ${runs(normalize(each, variants)).map((run) => run.text).join(" ")}`;
  const read = plain(text);
  return keywords.filter((keyword) => read.includes(JOINED.test(keyword) ? plain(keyword).trim() : plain(keyword))).length;
}
