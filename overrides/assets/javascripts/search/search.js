// Searches the index of a locale. hooks/annai/index.py describes the files it reads, and reads none before the first
// query. worker.js loads it, and says in `settings` what the theme told it.
"use strict";
importScripts("tokenizer.js");

const BASE = new URL(`../../../${self.location.search.slice(1)}search/`, self.location.href);
const PAGES = 10; // in a result
const SECTIONS = 6; // of a page in a result
const EXCERPT = 220; // characters
const LONGEST = 400; // characters of a query that are read
const LIKE = 0.3; // how much of a title is like a query that finds nothing, at least (Dice coefficient)

// What a word of the query is worth as another word of the index, and how evidence adds up. Tuned
// with `make bench-search`.
const WORTH = {
  prefix: 0.85, beginning: 0.6, stem: 0.65, inside: 0.3, typo: 0.5, typos: 0.3, arabic: 0.7, article: 0.8,
  near: 0.6, swapped: 0.5, composing: 0.7, single: 0.4, hiragana: 0.4, mixed: 0.8, synonym: 0.8,
  section: 0.8, page: 0.2, coverage: 1.5, title: 0.25, heading: 1.0,
};

let index = null; // a promise of it
let shards = new Map();
let texts = new Map();

/* Reading the index */

async function read(name, kind) {
  const response = await fetch(new URL(`${settings.index}/${name}`, BASE));
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return response[kind]();
}

async function readIndex() {
  const meta = await read("meta.json", "json");
  const variants = {};
  const pairs = [...meta.variants];
  for (let place = 0; place < pairs.length; place += 2) variants[pairs[place]] = pairs[place + 1];
  const compared = (text) => normalize(text, variants);
  const letters = new Map(); // compared one by one, which is slow
  const pages = meta.pages.map(([url, title, count]) => ({url, title, count, compared: compared(title).trim()}));
  const pageOf = [];
  pages.forEach((page, number) => {
    page.first = pageOf.length;
    for (let left = page.count; left; left--) pageOf.push(number);
  });
  const terms = meta.terms.split("\n");
  return {
    ...meta, compared, pages, pageOf, terms,
    letter(each) {
      if (!letters.has(each)) letters.set(each, compared(each));
      return letters.get(each);
    },
    synonyms: meta.synonyms.map((group) => group.map((word) => joined(compared(word)))),
    stems: meta.lang.startsWith("ar") ? stemsOf(terms) : null,
  };
}

/** The shard with a term, and where in it each of its terms begins. */
function shardOf(term, {shards: starts, counts, terms}) {
  const number = lastAtMost(starts, term);
  if (!shards.has(number)) {
    shards.set(number, read(`p${number}.bin`, "arrayBuffer").then((buffer) => {
      const bytes = new Uint8Array(buffer), offsets = [];
      for (let next = starts[number], end = starts[number + 1] ?? terms.length, offset = 0; next < end; next++) {
        offsets.push(offset);
        for (let left = counts[next]; left; left--) while (bytes[offset++] > 127);
      }
      return {bytes, offsets, first: starts[number]};
    }));
  }
  return shards.get(number);
}

/** Tells *take* each section with a term, and the weight of the term in it, from 0 to 1. */
async function postings(term, index, take) {
  const {bytes, offsets, first} = await shardOf(term, index);
  let offset = offsets[term - first], section = -1;
  for (let left = index.counts[term]; left; left--) {
    let value = 0, shift = 0, byte;
    do {
      byte = bytes[offset++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    section += (value >> 4) + 1;
    take(section, (value & 15) / 15);
  }
}

function textsOf(page) {
  if (!texts.has(page)) texts.set(page, read(`t${page}.json`, "json"));
  return texts.get(page);
}

/* Finding words in the vocabulary */

/** The place of the last number in a sorted list that is at most *value*. */
function lastAtMost(numbers, value) {
  let low = 0, high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Where *word* is among the sorted terms, or would be. */
function placeOf(word, terms) {
  let low = 0, high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

function termOf(word, {terms}) {
  const place = placeOf(word, terms);
  return terms[place] === word ? place : -1;
}

function* termsWith(prefix, {terms}, most = 400) {
  for (let place = placeOf(prefix, terms); most-- && terms[place]?.startsWith(prefix); place++) yield place;
}

/** An Arabic word without its article, conjunction and endings. */
function arabicStem(word) {
  let stem = word.length > 4 && word[0] === "و" ? word.slice(1) : word;
  const prefix = ["بال", "كال", "فال", "لل", "ال"].find((each) => stem.startsWith(each) && stem.length - each.length >= 3);
  if (prefix) stem = stem.slice(prefix.length);
  const ending = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"].find((each) => stem.endsWith(each) && stem.length - each.length >= 3);
  return ending ? stem.slice(0, -ending.length) : stem;
}

const isArabic = (word) => /^[\u0621-\u064a]+$/.test(word);

function stemsOf(terms) {
  const stems = new Map();
  terms.forEach((term, place) => {
    if (!isArabic(term)) return;
    const stem = arabicStem(term);
    if (!stems.has(stem)) stems.set(stem, []);
    stems.get(stem).push(place);
  });
  return stems;
}

/** Insertions, deletions, changes and swaps between two words (optimal string alignment); Infinity above *most*. */
function distance(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return Infinity;
  let before = [], last = Array.from({length: two.length + 1}, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= two.length; j++) {
      let steps = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) steps = Math.min(steps, before[j - 2] + 1);
      row.push(steps);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[two.length] <= most ? last[two.length] : Infinity;
}

function sharedStart(one, two) {
  let length = 0;
  while (length < one.length && one[length] === two[length]) length++;
  return length;
}

/** The terms that a word may stand for, with their worth. *isOpen*: it may still be typed. */
function expand(word, isOpen, index) {
  const {terms} = index, found = new Map();
  const put = (term, worth) => { if (worth > (found.get(term) ?? 0)) found.set(term, worth); };
  const forms = [[word, 1]];
  if (index.lang.startsWith("de") && /[aou]e/.test(word)) forms.push([word.replace(/([aou])e/g, "$1"), 0.9]);
  if (index.stems && isArabic(word)) {
    for (const term of index.stems.get(arabicStem(word)) ?? []) put(term, terms[term] === word ? 1 : WORTH.arabic);
    const bare = word.replace(/^(وال|بال|ال|لل)(?=..)/, "");
    if (isOpen && word.length > 1) forms.push([bare === word ? `ال${word}` : bare, WORTH.article]);
  }
  for (const [form, worth] of forms) {
    const exact = termOf(form, index);
    if (exact >= 0) put(exact, worth);
    if (isOpen || form.length >= 3) {
      for (const term of termsWith(form, index)) {
        if (term !== exact) put(term, worth * (isOpen ? WORTH.prefix : WORTH.beginning) * Math.sqrt(form.length / terms[term].length));
      }
    }
    if (form.length < 4) continue;
    const kept = Math.max(3, form.length - Math.min(4, Math.floor(form.length * 0.4)));
    for (const term of termsWith(form.slice(0, kept), index, 600)) {
      const longer = Math.max(form.length, terms[term].length), shared = sharedStart(form, terms[term]);
      if (longer - shared <= Math.min(4, shared)) put(term, (worth * WORTH.stem * shared) / longer);
    }
    if (form === word) scan(word, isOpen, exact >= 0, index, put);
  }
  if (isOpen && !found.size && word.length >= 4) {
    terms.forEach((term, place) => {
      if (term.length > word.length && distance(word, term.slice(0, word.length), 1) <= 1) put(place, WORTH.typos);
    });
  }
  return found;
}

/** Parts of compounds, and words with typos where the exact word does not occur. */
function scan(word, isOpen, isKnown, {terms}, put) {
  const most = isKnown ? 0 : word.length >= 8 ? 2 : 1;
  terms.forEach((term, place) => {
    if (word.length >= 5 && term.length > word.length && term.indexOf(word) > 0) put(place, WORTH.inside);
    if (!most || term.length < 3 || Math.abs(term.length - word.length) > most) return;
    const steps = distance(word, term, most);
    if (steps <= most) put(place, (steps === 1 ? WORTH.typo : WORTH.typos) * (term[0] === word[0] ? 1 : 0.7));
  });
}

/* Reading the query */

const COMPOSING = /[\u3131-\u318e\u1100-\u11ff]+$/; // a Hangul syllable that has just begun

const joined = (compared) => runs(compared).map(({text}) => text).join(" ");

/** The query with a synonym in the place of a word. */
function wordings(query, index) {
  const text = joined(index.compared(query)), found = [];
  const isKnown = (words) => runs(words).every(({kind, text: run}) => (kind === "word" ? [run] : pairs(run)).every((each) => termOf(each, index) >= 0));
  for (const group of index.synonyms) {
    for (const word of group) {
      const isWhole = word && ` ${text} `.includes(/^[\p{L}\p{N}]/u.test(word) && !isPaired(word) ? ` ${word} ` : word);
      if (!isWhole) continue;
      const other = group.find((each) => each !== word && !text.includes(each) && isKnown(each));
      if (other) found.push(text.replace(word, ` ${other} `));
      break;
    }
  }
  return found.slice(0, 4);
}

const isPaired = (word) => runs(word).some(({kind}) => kind !== "word");

/** The words of a query with the terms that each may stand for. */
function unitsOf(query, isTyped, index) {
  const words = query.trim().split(/\s+/).filter(Boolean), units = [];
  const grammar = grammarOf(query);
  words.forEach((word, number) => {
    const found = runs(index.compared(word).replace(COMPOSING, ""));
    found.forEach(({kind, text}, place) => {
      const isOpen = isTyped && number === words.length - 1 && place === found.length - 1;
      if (kind === "word") {
        units.push({word, isOpen, terms: expand(text, isOpen, index), weight: [...text].length < 2 ? WORTH.single : 1});
      } else {
        for (const unit of pairUnits(text, kind, isOpen, grammar, index)) units.push({word, isOpen, ...unit});
      }
    });
  });
  units.forEach((unit, number) => (unit.bit = 1 << number % 31));
  return units;
}

const GRAMMAR = /[\u3041-\u309f的了吗呢吧我你您是在怎么着过个被把给私]/;

/** The endings and particles of a query: its hiragana, as it was typed, and small words of Chinese. */
function grammarOf(query) {
  const typed = [...query.normalize("NFKC")], grammar = typed.filter((each) => GRAMMAR.test(each));
  return grammar.length < typed.filter((each) => /\p{L}/u.test(each)).length ? grammar.join("") : "";
}

/** The pairs of a run in a script without spaces, where a skipped or swapped character is forgiven. */
function* pairUnits(run, kind, isOpen, grammar, index) {
  const characters = [...run];
  if (characters.length === 1) {
    const terms = new Map();
    for (const term of termsWith(run, index, 300)) terms.set(term, index.terms[term] === run ? 1 : 0.8);
    yield {terms, weight: 1};
    return;
  }
  const count = characters.length - 1, share = (1 + 0.5 * (count - 1)) / count;
  for (let place = 0; place < count; place++) {
    const [before, one, two, after] = [-1, 0, 1, 2].map((step) => characters[place + step] ?? "");
    const terms = new Map(), exact = termOf(one + two, index);
    if (exact >= 0) terms.set(exact, 1);
    else {
      for (const [pair, worth] of [[one + after, WORTH.near], [before + two, WORTH.near], [two + one, WORTH.swapped]]) {
        const term = [...pair].length === 2 ? termOf(pair, index) : -1;
        if (term >= 0) terms.set(term, Math.max(worth, terms.get(term) ?? 0));
      }
    }
    if (kind === "hangul" && isOpen && place === count - 1) {
      const begun = two.normalize("NFD");
      for (const term of termsWith(one, index)) {
        const syllable = [...index.terms[term]][1];
        if (syllable && syllable !== two && syllable.normalize("NFD").startsWith(begun)) terms.set(term, WORTH.composing);
      }
    }
    const endings = [one, two].filter((each) => grammar.includes(each)).length;
    yield {terms, weight: share * [1, WORTH.mixed, WORTH.hiragana][endings]};
  }
}

/* Ranking */

/** Pages with their sections and scores, the best first. */
async function rank(query, units, index) {
  await Promise.all(units.flatMap(({terms}) => [...terms.keys()].map((term) => shardOf(term, index))));
  const sections = new Map(), pages = new Map(), count = index.pageOf.length;
  let total = 0;
  for (const unit of units) {
    const rarity = Math.log(1 + (count - frequency(unit, index) + 0.5) / (frequency(unit, index) + 0.5));
    const weight = unit.weight * (unit.terms.size ? rarity : Math.log(1 + count));
    total += weight * (unit.terms.size ? 1 : 0.6);
    const best = new Map();
    for (const [term, worth] of unit.terms) {
      await postings(term, index, (section, strength) => {
        if (worth * strength > (best.get(section)?.score ?? 0)) best.set(section, {score: worth * strength, worth});
      });
    }
    const bestOfPage = new Map();
    for (const [section, {score, worth}] of best) {
      add(sections, section, weight * score, weight * worth).bits |= unit.bit;
      const page = index.pageOf[section], former = bestOfPage.get(page) ?? {score: 0, worth: 0};
      bestOfPage.set(page, {score: Math.max(score, former.score), worth: Math.max(worth, former.worth)});
    }
    for (const [page, {score, worth}] of bestOfPage) add(pages, page, weight * score, weight * worth);
  }
  const whole = index.compared(query).trim(), heading = fingerprint(whole);
  const homes = index.headings.filter((each) => each === heading).length;
  const soft = ({score, covered}) => score * (covered / total) ** WORTH.coverage; // a word left out costs, and excludes nothing
  const found = new Map();
  for (const [section, evidence] of sections) {
    const page = index.pageOf[section];
    const isHeading = index.headings[section] === heading && evidence.covered / total > 0.8;
    const score = soft(evidence) * (isHeading ? 1 + WORTH.heading / homes : 1);
    if (!found.has(page)) found.set(page, {page, sections: []});
    found.get(page).sections.push({section, score, bits: evidence.bits});
  }
  for (const each of found.values()) {
    each.sections.sort((one, two) => two.score - one.score);
    const title = index.pages[each.page].compared;
    const bonus = title === whole ? 2 * WORTH.title : whole.length > (isPaired(whole) ? 1 : 3) && title.includes(whole) ? WORTH.title : 0;
    each.score = (WORTH.section * each.sections[0].score + WORTH.page * soft(pages.get(each.page))) * (1 + bonus);
  }
  return [...found.values()].sort((one, two) => two.score - one.score);
}

function add(sums, key, score, covered) {
  const sum = sums.get(key) ?? {score: 0, covered: 0, bits: 0};
  sum.score += score;
  sum.covered += covered;
  sums.set(key, sum);
  return sum;
}

/** In how many sections a word of the query occurs, by the term that it most likely stands for. */
function frequency({terms}, {counts}) {
  let count = 0, best = 0;
  for (const [term, worth] of terms) {
    if (worth === 1) return counts[term];
    if (worth > 0.5) count = Math.max(count, counts[term]);
    else if (!count && worth > best) [best, count] = [worth, counts[term]];
  }
  return count;
}

async function search(query, index) {
  const isTyped = !/\s$/.test(query);
  const units = unitsOf(query, isTyped, index);
  const found = new Map((await rank(query, units, index)).map((each) => [each.page, each]));
  const others = [];
  for (const wording of wordings(query, index)) {
    const words = unitsOf(wording, false, index);
    for (const each of await rank(wording, words, index)) {
      each.score *= WORTH.synonym;
      if (!(found.get(each.page)?.score >= each.score)) found.set(each.page, each);
    }
    others.push(...words);
  }
  return {units, others, pages: [...found.values()].sort((one, two) => two.score - one.score)};
}

/* Showing results */

/** HTML of a text, or of the part around its first mark, with marks on the terms; *words* gets what is marked. */
function marked(text, terms, index, words, most = Infinity) {
  const places = [];
  let compared = "";
  for (let place = 0; place < text.length;) {
    const letter = String.fromCodePoint(text.codePointAt(place));
    for (const each of index.letter(letter)) {
      for (let unit = 0; unit < each.length; unit++) places.push(place);
      compared += each;
    }
    place += letter.length;
  }
  const end = (place) => {
    let next = places[place] + String.fromCodePoint(text.codePointAt(places[place])).length;
    while (next < text.length && !index.letter(text[next]).trim() && !/\s/.test(text[next])) next++; // marks and ー
    return next;
  };
  const spans = [];
  const span = (from, to) => {
    const last = spans[spans.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  };
  for (const {kind, text: run, start} of runs(compared)) {
    if (kind === "word") {
      if (terms.has(run)) span(places[start], end(start + run.length - 1));
      continue;
    }
    let offset = start;
    for (const pair of pairs(run)) {
      const [one] = pair;
      if (pair.length > one.length && terms.has(pair)) span(places[offset], end(offset + pair.length - 1));
      offset += one.length;
    }
  }
  for (const [start, stop] of spans) words.add(text.slice(start, stop));
  const whole = (place) => (/[\udc00-\udfff]/.test(text[place] ?? "") ? place + 1 : place); // behind a surrogate pair
  const from = whole(text.length > most && spans.length ? Math.max(0, spans[0][0] - 40) : 0);
  const to = whole(Math.min(text.length, from + most));
  let html = from ? "…" : "", place = from;
  for (const [start, stop] of spans) {
    if (start < from || stop > to) continue;
    html += `${escape(text.slice(place, start))}<mark data-md-highlight>${escape(text.slice(start, stop))}</mark>`;
    place = stop;
  }
  return html + escape(text.slice(place, to)) + (to < text.length ? "…" : "");
}

async function shown({units, others, pages}, index) {
  const best = pages.slice(0, PAGES);
  const terms = new Set([...units, ...others].flatMap((unit) => [...unit.terms.keys()].map((term) => index.terms[term])));
  const contents = await Promise.all(best.map(({page}) => textsOf(page)));
  return best.map(({page, sections}, place) => {
    const {url, title, first} = index.pages[page];
    const items = sections.slice(0, SECTIONS).map(({section, score, bits}) => {
      const [anchor, heading, text, code] = contents[place][section - first];
      const words = new Set();
      const missing = units.filter(({word}) => !units.some((each) => each.word === word && bits & each.bit));
      return {
        location: anchor ? `${url}#${anchor}` : url,
        title: marked(section === first ? title : heading, terms, index, words),
        text: marked(text || code, terms, index, words, EXCERPT),
        score: (best[place].score * score) / sections[0].score, // the theme opens the section with the highest
        terms: {...Object.fromEntries(missing.map(({word}) => [word, false])), ...Object.fromEntries([...words].map((word) => [word, true]))},
      };
    });
    if (!items.some(({location}) => location === url)) items.push({location: url, title: escape(title), text: "", score: 0, terms: {}});
    return items;
  });
}

/** The word that may be meant by what is being typed. */
function suggestion(query, units, index) {
  const unit = units[units.length - 1], word = query.split(/[\s-]+/).pop(), typed = index.compared(word);
  if (!unit?.isOpen || !typed) return [];
  const worth = ([term, each]) => each * Math.log(1 + index.counts[term]);
  return [...unit.terms]
    .filter(([term, each]) => each >= 0.5 && index.terms[term].startsWith(typed))
    .sort((one, two) => worth(two) - worth(one))
    .slice(0, 1)
    .map(([term]) => word + index.terms[term].slice(typed.length));
}

/** What is shown where nothing was found: where to get help, and the pages with the nearest titles. */
function nearest(query, index) {
  const chunks = (text) => new Set(pairs(text.replace(/\s/g, "")));
  const asked = chunks(index.compared(query.slice(0, 80)));
  const likeness = (title) => (2 * [...title].filter((chunk) => asked.has(chunk)).length) / (title.size + asked.size);
  const near = index.pages.map((page) => ({page, score: likeness(chunks(page.compared))})).filter(({score}) => score > LIKE);
  near.sort((one, two) => two.score - one.score);
  return [
    [message("nothing", settings.help ?? "")],
    ...near.slice(0, 3).map(({page, score}) => [{location: page.url, title: escape(page.title), text: "", score, terms: {}}]),
  ];
}

/* Answering */

async function results(query) {
  if (!runs(normalize(query)).length) return {items: []};
  index ??= readIndex();
  const known = await index;
  const found = await search(query.slice(0, LONGEST), known);
  if (!found.pages.length) return {items: nearest(query, known)};
  return {items: await shown(found, known), suggest: suggestion(query, found.units, known)};
}

/** Forget what was read, so that the next query reads it again; the site may have changed. */
async function forget() {
  index = null;
  shards = new Map();
  texts = new Map();
  const stub = await (await fetch(new URL("search_index.json", BASE), {cache: "no-store"})).json();
  settings = stub.config.annai;
}

async function answerOrSay(query) {
  try {
    return await results(query);
  } catch {
    try {
      await forget();
      return await results(query);
    } catch {
      index = null;
      return {items: [[message("offline")]]};
    }
  }
}
