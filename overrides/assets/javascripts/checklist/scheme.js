// Gives the page the colors that the reader chose on the other pages, or those of the device.
"use strict";
{
  const stored = Object.keys(localStorage).filter((key) => key.endsWith(".__palette") && location.pathname.startsWith(key.slice(0, -10)));
  const [chosen] = stored.sort((one, two) => two.length - one.length).map((key) => JSON.parse(localStorage.getItem(key) ?? "{}").color);
  const isDark = matchMedia("(prefers-color-scheme: dark)");
  const follows = !chosen?.scheme || chosen.media === "(prefers-color-scheme)";
  const show = () => {
    document.documentElement.dataset.mdColorScheme = (follows ? isDark.matches : chosen.scheme === "slate") ? "slate" : "default";
  };
  isDark.addEventListener("change", show);
  show();
}
