/* The incident table: a plain table, so that it can be read aloud, searched and printed. */
const MOST = 120; // letters of a cell; the open incident shows them all

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".incidents");
  const make = (tag, text, className) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (className) node.className = className;
    return node;
  };
  const table = make("table");
  table.setAttribute("aria-label", "Incidents that match the filter");
  const head = table.createTHead().insertRow();
  data.columns.forEach((column) => {
    const cell = make("th", column.label, column.number ? "number" : "");
    cell.scope = "col";
    head.append(cell);
  });
  const body = table.createTBody();
  for (const row of data.rows) {
    const line = body.insertRow();
    if (row.id === data.opened) line.setAttribute("aria-current", "true");
    data.columns.forEach((column, place) => {
      const text = row.cells[place];
      const cell = make("td", undefined, column.number ? "number" : "");
      if (place === 0) {
        const button = make("button", text);
        button.type = "button";
        button.title = "Open this incident";
        button.dataset.incident = row.id; // by which keys.js finds it again
        cell.append(button);
      } else {
        const letters = [...text];
        const shown = letters.length > MOST ? letters.slice(0, MOST - 1).join("") + "…" : text;
        if (shown !== text) cell.title = text;
        // "Remote explosive/landmine/IED" may go on after a stroke
        shown.split(/(?<=\/)/).forEach((part, i) => cell.append(...(i ? [make("wbr"), part] : [part])));
        cell.dir = "auto";
      }
      if (column.swatch && row.colour) {
        const swatch = make("span", undefined, row.state ? "group-swatch square" : "group-swatch");
        swatch.style.background = row.colour;
        cell.prepend(swatch);
      }
      line.append(cell);
    });
    line.addEventListener("click", () => {
      if (!String(getSelection())) setTriggerValue("open", row.id); // not while text is copied
    });
  }
  const held = root.contains(document.activeElement) ? document.activeElement.dataset.incident : "";
  root.replaceChildren(table);
  // A run of the page must not drop the keyboard's place.
  const again = [...table.querySelectorAll("button")].find((one) => held && one.dataset.incident === held);
  if (again) again.focus({ preventScroll: true });
}
