// @ts-check
// The menu of a narrow screen, with the keyboard. The theme makes it of labels, which no key reaches and which may
// not be called buttons (W3C, ARIA in HTML): the picture or the words in each become the button.

export {};

const NARROW = matchMedia("(max-width: 76.234375em)");

const toggle = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-md-toggle=drawer]"));
const menu = /** @type {HTMLElement | null} */ (document.querySelector(".md-sidebar--primary"));
const labels = /** @type {NodeListOf<HTMLLabelElement>} */ (
  document.querySelectorAll(".md-header [for=__drawer], .md-sidebar--primary label[for]:not([for=__drawer])")
);

/** What tells a reader where *label* leads. @param {HTMLLabelElement} label */
const named = (label) =>
  label.textContent?.trim() || label.parentElement?.querySelector("a")?.textContent?.trim() || menu?.querySelector("nav")?.ariaLabel || "";

/** What of *label* is the button. @param {HTMLLabelElement} label */
const button = (label) =>
  /** @type {HTMLElement | SVGElement} */ (label.querySelector("svg, .md-ellipsis, .md-nav__icon") ?? label);

/** Makes the buttons, while the menu is of use. */
const show = () => {
  for (const label of labels) {
    const each = button(label), isIn = menu?.contains(label);
    const isButton = NARROW.matches && (!isIn || toggle?.checked);
    each.role = isButton ? "button" : null;
    each.ariaLabel = isButton ? named(label) : null;
    each.ariaExpanded = isButton ? String(/** @type {HTMLInputElement} */ (label.control)?.checked) : null;
    if (isButton) each.setAttribute("tabindex", "0");
    else each.removeAttribute("tabindex");
  }
};

/** Puts the focus on the first thing in the menu that can have it. */
const enter = () => {
  const able = /** @type {NodeListOf<HTMLElement>} */ (menu?.querySelectorAll("a[href], [role=button]"));
  [...able].find((each) => each.checkVisibility({visibilityProperty: true}))?.focus();
};

if (toggle && menu) {
  for (const each of [toggle, menu, NARROW]) each.addEventListener("change", show);
  show();
  for (const label of labels) {
    button(label).addEventListener("keydown", (event) => {
      if (!(event instanceof KeyboardEvent) || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      label.click();
      enter();
    });
  }
  menu.addEventListener("keydown", ({key}) => {
    if (key !== "Escape" || !toggle.checked) return;
    toggle.click();
    if (labels[0]) button(labels[0]).focus();
  });
  menu.addEventListener("focusout", ({relatedTarget}) => {
    if (toggle.checked && relatedTarget instanceof Node && !menu.contains(relatedTarget)) toggle.click();
  });
}
