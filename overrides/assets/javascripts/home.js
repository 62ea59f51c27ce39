// @ts-check
// The large search field of a home page opens the search of the theme.

const field = document.querySelector(".annai-hero__search");
const toggle = document.getElementById("__search");
const query = document.querySelector("[data-md-component=search-query]");
if (field && toggle instanceof HTMLInputElement && query instanceof HTMLElement) {
  field.setAttribute("role", "button");
  field.addEventListener("click", (event) => {
    event.preventDefault();
    if (!toggle.checked) toggle.click();
    query.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && event.key === " ") event.preventDefault();
    if (event instanceof KeyboardEvent && event.key === " " && field instanceof HTMLElement) field.click();
  });
}
