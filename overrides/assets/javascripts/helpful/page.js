// Asks whether an article was helpful. What writes a report is loaded only for a reader whom it was not.

const box = /** @type {HTMLElement} */ (document.querySelector(".annai-helpful"));
const panel = /** @type {HTMLElement} */ (box.querySelector("#annai-report"));
const said = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));

/** @param {string} answer */
async function take(answer) {
  const isOpen = answer === "no" && panel.hidden;
  said.textContent = answer === "yes" ? said.dataset.thanks ?? "" : "";
  try {
    if (isOpen || !panel.hidden) (await import("./panel.js")).toggle(isOpen);
  } catch {
    said.textContent = said.dataset.notLoaded ?? "";
  }
}

for (const answer of ["yes", "no"]) box.querySelector(`[data-do=${answer}]`)?.addEventListener("click", () => take(answer));

export {};
