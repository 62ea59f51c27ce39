// Times as readers know them, by the clock on their wall, and as support needs them, in UTC.

/**
 * How many minutes the clocks of a time zone are ahead of UTC.
 * @param {number} instant milliseconds since 1970
 * @param {string} zone a name of the IANA time zone database
 */
export function offsetAt(instant, zone) {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23",
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  });
  const {year, month, day, hour, minute, second} = Object.fromEntries(
    format.formatToParts(instant).map(({type, value}) => [type, Number(value)]),
  );
  return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - instant) / 60_000);
}

/**
 * When the clocks of a time zone show a time. An hour that they show twice is the first one; an hour
 * that they skip counts as if they had not been put forward yet (as ECMAScript's Temporal does).
 * @param {string} local such as 2026-11-22T12:04
 * @param {string} zone
 * @returns {number} milliseconds since 1970; NaN for what is no time
 */
export function instantOf(local, zone) {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return NaN;
  const day = 24 * 60 * 60_000;
  const before = offsetAt(wall - day, zone), after = offsetAt(wall + day, zone);
  const found = [before, after].find((offset) => offsetAt(wall - offset * 60_000, zone) === offset);
  return wall - (found ?? before) * 60_000;
}

/**
 * Whether a text is a time in years that people write.
 * @param {string} local such as 2026-11-22T12:04
 * @param {string} zone
 */
export const isTime = (local, zone) => /^[12]\d{3}-/.test(local) && !Number.isNaN(instantOf(local, zone));

/**
 * A time in UTC and by the clock on the wall (ISO 8601).
 * @param {string} local such as 2026-11-22T12:04
 * @param {string} zone
 * @returns {{utc: string, local: string, offset: string}}
 */
export function stamp(local, zone) {
  const instant = instantOf(local, zone), minutes = offsetAt(instant, zone);
  const two = (/** @type {number} */ number) => String(Math.floor(number)).padStart(2, "0");
  const size = Math.abs(minutes);
  return {
    utc: `${new Date(instant).toISOString().slice(0, 16)}Z`,
    local: local.replace("T", " "),
    offset: `UTC${minutes < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`,
  };
}
