/* Small sorted bars whose click filters. Rows are buttons; names enter as textContent only. */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".bars");
  const most = Math.max(1, ...data.rows.map((row) => row.n));
  const heading = document.createElement("h2");
  heading.textContent = data.title;
  const list = document.createElement("ul");
  for (const row of data.rows) {
    const item = document.createElement("li");
    if (row.within) item.className = "within";
    const line = document.createElement(row.name ? "button" : "div"); // the latter is no filter
    if (row.name) {
      line.type = "button";
      line.dataset.name = row.name;
      line.setAttribute("aria-pressed", String(row.chosen));
      line.title = row.chosen ? `${row.words}: take back` : row.only || `Only ${row.words}`;
      line.addEventListener("click", () => setTriggerValue("pick", row.name));
    }
    line.classList.add("bar-row");
    const bar = document.createElement("span");
    bar.className = "bar";
    bar.style.width = `${Math.max(0.5, (row.n / most) * 100)}%`;
    if (row.colour) bar.style.background = row.colour;
    const name = document.createElement("span");
    name.className = "bar-name";
    name.textContent = row.words;
    name.dir = "auto";
    const count = document.createElement("span");
    count.className = "bar-count";
    count.textContent = row.count;
    line.append(name, count, bar);
    item.append(line);
    list.append(item);
  }
  const held = root.contains(document.activeElement) ? document.activeElement.dataset.name : undefined;
  root.replaceChildren(heading, list);
  // A run of the page must not drop the keyboard's place.
  const again = [...list.querySelectorAll("button")].find((button) => button.dataset.name === held);
  if (again) again.focus({ preventScroll: true });
  const words = data.rows.length ? data.note : data.none;
  if (words) {
    const note = document.createElement("p");
    note.textContent = words;
    root.append(note);
  }
}
