/* Incidents over time. Drag over the bars to choose a period; a click takes one bar. */
export default function ({ data, parentElement, setTriggerValue }) {
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 108;
  const EDGE = { left: 34, right: 6, top: 8, bottom: 20 };
  const WIDEST = 36; // of one bar, in pixels
  const DAY = 86400000;
  const root = parentElement.querySelector(".timeline");

  const day = (iso) => Date.parse(iso + "T00:00:00Z");
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const spoken = (time) =>
    new Date(time).toLocaleDateString("en-GB",
      { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

  /* First day after the step that begins at a time. */
  function next(time) {
    const date = new Date(time);
    if (data.step === "day") return time + DAY;
    if (data.step === "week") return time + 7 * DAY;
    if (data.step === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    return Date.UTC(date.getUTCFullYear() + 1, 0, 1);
  }

  const bars = data.bars.map(([start, n, killed]) => {
    const from = day(start);
    return { from, to: next(from), n, killed };
  });
  const since = data.since ? day(data.since) : -Infinity;
  const until = data.until ? day(data.until) + DAY : Infinity;
  const chosen = (bar) => bar.to > since && bar.from < until;

  function make(tag, attributes, text) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function ticks(first, last, width) {
    const room = Math.max(2, Math.floor(width / 76));
    const start = new Date(first);
    const months = (last - first) / (30.4 * DAY);
    const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((m) => months / m <= room) || 600;
    if (months < 2.5) return days(first, last, room);
    const found = [];
    let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
    month = Math.ceil(month / step) * step;
    for (; ; month += step) {
      const time = Date.UTC(Math.floor(month / 12), month % 12, 1);
      if (time > last) return found;
      if (time < first) continue;
      const year = Math.floor(month / 12);
      const name = new Date(time).toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" });
      const january = month % 12 === 0;
      found.push([time, step >= 12 ? String(year) : january || !found.length ? `${name} ${year}` : name]);
    }
  }

  function days(first, last, room) {
    const step = Math.max(1, Math.ceil((last - first) / DAY / room)) * DAY;
    const found = [];
    for (let time = first; time < last; time += step) found.push([time, spoken(time).slice(0, -5)]);
    return found;
  }

  /* The time drawn, in milliseconds: a few bars get empty time around them and not all the width. */
  function span(most) {
    const [first, last] = [bars[0].from, bars[bars.length - 1].to];
    const room = (bars[0].to - first) * most - (last - first);
    const side = Math.max(0, Math.floor(room / 2 / DAY)) * DAY;
    return [first - side, last + side];
  }

  function draw() {
    const width = Math.max(240, root.clientWidth);
    const svg = make("svg", { width, height: HEIGHT, role: "img", "aria-label": data.label });
    if (!bars.length) return root.replaceChildren(Object.assign(document.createElement("p"),
      { textContent: data.none }));
    const inner = width - EDGE.left - EDGE.right;
    const [first, last] = span(inner / WIDEST);
    const x = (time) => EDGE.left + ((time - first) / (last - first)) * inner;
    const time = (px) => first + ((px - EDGE.left) / inner) * (last - first);
    const most = Math.max(...bars.map((bar) => bar.n));
    const base = HEIGHT - EDGE.bottom;
    const tall = (n) => (n / most) * (base - EDGE.top);
    svg.append(make("line", { x1: EDGE.left, x2: width - EDGE.right, y1: base, y2: base, class: "axis" }));
    svg.append(make("line", { x1: EDGE.left, x2: width - EDGE.right, y1: EDGE.top, y2: EDGE.top, class: "grid" }));
    svg.append(make("text", { x: EDGE.left - 6, y: EDGE.top + 4, class: "end" }, String(most)));
    svg.append(make("text", { x: EDGE.left - 6, y: base + 1, class: "end" }, "0"));
    for (const [at, words] of ticks(first, last, inner)) {
      svg.append(make("line", { x1: x(at), x2: x(at), y1: base, y2: base + 4, class: "axis" }));
      if (x(at) < width - 40) svg.append(make("text", { x: x(at) + 3, y: HEIGHT - 5 }, words));
    }
    for (const bar of bars) {
      if (!bar.n) continue;
      const wide = Math.max(1, x(bar.to) - x(bar.from) - (x(bar.to) - x(bar.from) > 3 ? 1 : 0));
      const height = Math.max(1, tall(bar.n));
      svg.append(make("rect", { x: x(bar.from), y: base - height, width: wide, height,
        class: chosen(bar) ? "bar in" : "bar out" }));
    }
    const brush = make("rect", { y: EDGE.top, height: base - EDGE.top, class: "brush", width: 0 });
    svg.append(brush);
    root.replaceChildren(svg, note());
    listen(svg, brush, x, time, { first, last });
  }

  function note() {
    const line = document.createElement("div");
    line.className = "timeline-note";
    line.textContent = data.note;
    if (data.since || data.until) {
      const whole = document.createElement("button");
      whole.type = "button";
      whole.textContent = "Whole period";
      whole.addEventListener("click", () => setTriggerValue("period", { since: null, until: null }));
      line.append(" ", whole);
    }
    return line;
  }

  function listen(svg, brush, x, time, span) {
    let from = null;
    const at = (event) => Math.min(span.last - 1, Math.max(span.first,
      time(event.clientX - svg.getBoundingClientRect().left)));
    const snapped = (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const touched = bars.filter((bar) => bar.to > low && bar.from <= high);
      return touched.length ? [touched[0].from, touched[touched.length - 1].to] : null;
    };
    const show = (range) => {
      brush.setAttribute("x", range ? x(range[0]) : 0);
      brush.setAttribute("width", range ? x(range[1]) - x(range[0]) : 0);
    };
    svg.addEventListener("pointerdown", (event) => {
      from = at(event);
      svg.setPointerCapture(event.pointerId);
      show(snapped(from, from));
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      const here = at(event);
      if (from !== null) show(snapped(from, here));
      hint(svg, here);
    });
    svg.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const range = snapped(from, at(event));
      from = null;
      if (range) setTriggerValue("period", { since: iso(range[0]), until: iso(range[1] - DAY) });
    });
    svg.addEventListener("pointercancel", () => { from = null; show(null); });
    svg.addEventListener("pointerleave", () => { if (from === null) hint(svg, null); });
  }

  function hint(svg, here) {
    const line = root.querySelector(".timeline-note");
    const bar = here === null ? null : bars.find((b) => b.from <= here && here < b.to);
    let span = line.querySelector(".timeline-hint");
    if (!span) line.append((span = Object.assign(document.createElement("span"), { className: "timeline-hint" })));
    span.textContent = bar
      ? `${spoken(bar.from)}${data.step === "day" ? "" : " – " + spoken(bar.to - DAY)}: ` +
        `${bar.n} incident${bar.n === 1 ? "" : "s"}, ${bar.killed} killed`
      : "";
  }

  draw();
  let known = root.clientWidth;
  const watch = new ResizeObserver(() => {
    if (root.clientWidth !== known) { known = root.clientWidth; draw(); }
  });
  watch.observe(root);
  return () => watch.disconnect();
}
