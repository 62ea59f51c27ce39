// Which language of a site a reader understands best.

/**
 * The first of the languages that a reader prefers which the site has, or nothing.
 *
 * A language and its script have to be the same, the likely one where a tag names none (UTS 35,
 * "Likely Subtags"): zh-TW is no zh-Hans. Territories may differ: pt-PT is served by pt-BR.
 * @param {readonly string[]} wanted language tags (BCP 47), the best first
 * @param {readonly string[]} tags those of the site
 * @returns {string | undefined} one of *tags*
 */
export function best(wanted, tags) {
  const offered = tags.map((tag) => ({tag, ...parts(tag)}));
  for (const each of wanted) {
    const {written, region} = parts(each);
    const found = offered.filter((other) => other.written && other.written === written);
    if (found.length) return (found.find(({tag}) => tag === each) ?? found.find((other) => other.region === region) ?? found[0]).tag;
  }
  return undefined;
}

/**
 * Language with script, and region, of a tag; nothing where browsers know no such tag.
 * @param {string} tag
 * @returns {{written?: string, region?: string}}
 */
function parts(tag) {
  try {
    const {language, script, region} = new Intl.Locale(tag).maximize();
    return {written: `${language}-${script}`, region};
  } catch {
    return {};
  }
}
