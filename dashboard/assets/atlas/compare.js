/* Two periods against each other: tables of change, and timelines of groups on one scale.
   All names enter as textContent. */
export default function ({ data, parentElement, setTriggerValue }) {
  const SVG = "http://www.w3.org/2000/svg";
  const [WIDTH, HEIGHT] = [240, 44];
  const DAY = 86400000;
  const root = parentElement.querySelector(".compare");

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function draw(tag, attributes) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  }

  /* ---- tables ---- */

  function table({ title, part, rows, rest, none }) {
    const box = make("section");
    box.append(make("h2", "", title));
    if (!rows.length) box.append(make("p", "", none));
    if (!rows.length) return box;
    const made = make("table");
    const head = made.createTHead().insertRow();
    data.columns.forEach((words, i) => {
      const cell = make(i ? "th" : "td", i ? "number" : "", words);
      if (i) cell.scope = "col";
      if (i === 3) cell.colSpan = 2;
      head.append(cell);
    });
    const body = made.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      const name = make("th");
      name.scope = "row";
      const pick = make("button", "", row.words);
      pick.type = "button";
      pick.title = row.chosen ? `${row.words}: take back` : `Only ${row.words}`;
      pick.setAttribute("aria-pressed", String(row.chosen));
      pick.addEventListener("click", () => setTriggerValue("pick", [part, row.name]));
      name.append(pick);
      name.dir = "auto";
      const bar = make("span", row.share > 0 ? "change-bar more" : "change-bar fewer");
      bar.style.width = `${Math.abs(row.share) * 50}%`;
      const room = make("td", "change-room");
      if (row.share) room.append(bar);
      line.append(name, make("td", "number", row.before), make("td", "number", row.now),
                  make("td", "number change", row.change), room);
    }
    box.append(made);
    if (rest) box.append(make("p", "", rest));
    return box;
  }

  /* ---- timelines of groups ---- */

  const day = (iso) => Date.parse(iso + "T00:00:00Z");
  const { charts, step, title } = data.multiples;
  const length = { day: 1, week: 7, month: 30.4, year: 365.25 }[step] * DAY;
  const starts = charts.flatMap(({ bars }) => bars.map(([start]) => day(start)));
  const first = Math.min(...starts);
  const last = Math.max(...starts) + length;
  const most = Math.max(1, ...charts.flatMap(({ bars }) => bars.map(([, n]) => n)));
  const x = (time) => ((Math.max(first, Math.min(last, time)) - first) / (last - first)) * WIDTH;

  function chart({ name, colour, bars, rest }) {
    const box = make("figure");
    const caption = make("figcaption", "", name);
    caption.dir = "auto";
    caption.title = name;
    const total = bars.reduce((sum, [, n]) => sum + n, 0);
    const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img",
      "aria-label": `${name}: ${total} incidents by ${step}, at most ${Math.max(0, ...bars.map(([, n]) => n))}` });
    const [from, to] = [x(day(data.since)), x(day(data.until) + DAY)];
    svg.append(draw("rect", { x: from, y: 0, width: Math.max(1, to - from), height: HEIGHT, class: "chosen" }));
    for (const [start, n] of bars) {
      const [left, right] = [x(day(start)), x(day(start) + length)];
      const height = Math.max(1, (n / most) * HEIGHT);
      svg.append(draw("rect", { x: left, y: HEIGHT - height, height, fill: colour,
        width: Math.max(0.8, right - left - (right - left > 3 ? 0.8 : 0)) }));
    }
    box.append(caption, svg, make("span", "", rest));
    return box;
  }

  const tables = make("div", "compare-tables");
  tables.append(...data.tables.map(table));
  const multiples = make("div", "compare-multiples");
  multiples.append(...charts.filter(({ bars }) => bars.length).map(chart));
  root.replaceChildren(make("p", "compare-sentence", data.sentence), tables);
  if (starts.length) root.append(make("h2", "", `${title}: the highest bar is ${most}`), multiples);
}
