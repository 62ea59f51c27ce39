// Gives the page the colors that the reader chose on the other pages, or those of the device.
"use strict";
{
  /** What the theme keeps for the site that the page belongs to; nothing where the browser keeps nothing. */
  const recall = () => {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.endsWith(".__palette") && location.pathname.startsWith(key.slice(0, -10)));
      const [nearest] = keys.sort((one, two) => two.length - one.length);
      return JSON.parse(localStorage.getItem(nearest ?? "") ?? "null")?.color;
    } catch {
      return undefined;
    }
  };
  const chosen = recall(), isDark = matchMedia("(prefers-color-scheme: dark)");
  const follows = !chosen?.scheme || chosen.media === "(prefers-color-scheme)";
  const show = () => {
    document.documentElement.dataset.mdColorScheme = (follows ? isDark.matches : chosen.scheme === "slate") ? "slate" : "default";
  };
  isDark.addEventListener("change", show);
  show();
}
