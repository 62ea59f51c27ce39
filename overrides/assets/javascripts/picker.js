/**
 * Asks two questions in the place of a table, and shows the cell that answers both.
 *
 * What there is to choose are the headers of the rows and of the columns. The table stays, folded, and is printed.
 * All words are those of the table and of the template in partials/picker.html.
 */

/**
 * Puts a copy of what *cell* says, and the language it says it in, into *target*.
 *
 * @param {HTMLElement} target
 * @param {HTMLTableCellElement} cell
 */
function say(target, cell) {
  target.replaceChildren(...cell.cloneNode(true).childNodes);
  for (const each of target.querySelectorAll("[id]")) each.removeAttribute("id");
  for (const name of ["lang", "dir"]) {
    const value = cell.getAttribute(name);
    if (value) target.setAttribute(name, value);
    else target.removeAttribute(name);
  }
}

/**
 * Fills *fieldset* with a choice among *cells*, and calls *chosen* with the number of the one chosen.
 *
 * @param {HTMLFieldSetElement} fieldset
 * @param {HTMLTableCellElement[]} cells
 * @param {string} name
 * @param {(index: number) => void} chosen
 */
function ask(fieldset, cells, name, chosen) {
  for (const [index, cell] of cells.entries()) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const text = document.createElement("span");
    Object.assign(input, { type: "radio", name, autocomplete: "off" });
    input.addEventListener("change", () => chosen(index));
    say(text, cell);
    label.append(input, text);
    fieldset.append(label);
  }
}

/**
 * Puts the questions before the *table*, in *picker*.
 *
 * @param {Element} picker
 * @param {HTMLTableElement} table
 * @param {HTMLTemplateElement} template
 * @param {string} name
 */
function replace(picker, table, template, name) {
  const [head, ...rows] = [...table.rows].map((row) => [...row.cells]);
  const made = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const [down, across] = made.querySelectorAll("fieldset");
  const legend = made.querySelector("legend");
  const answer = made.querySelector("p");
  const details = made.querySelector("details");
  if (!head?.[0].textContent || !legend || !answer || !details) return;
  let row = -1;
  let column = -1;
  const show = () => {
    const cell = rows[row]?.[column];
    if (cell) say(answer, cell);
  };
  say(legend, head[0]);
  ask(down, rows.map((cells) => cells[0]), `${name}-down`, (index) => { row = index; show(); });
  ask(across, head.slice(1), `${name}-across`, (index) => { column = index + 1; show(); });
  details.append(...picker.childNodes);
  picker.append(made);
  addEventListener("beforeprint", () => (details.open = true));
}

const template = document.querySelector("template#annai-picker");
for (const [index, picker] of document.querySelectorAll(".annai-picker").entries()) {
  const table = picker.querySelector("table");
  if (table && template instanceof HTMLTemplateElement) replace(picker, table, template, `annai-picker-${index}`);
}
