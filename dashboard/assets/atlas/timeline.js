/* Incidents over time. Drag over the bars to choose a period; a click takes one bar. What is dated
   less exactly than the bars lies in hatched bands under them, over all the days it may be of. */
export default function ({ data, parentElement, setTriggerValue }) {
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 108;
  const EDGE = { left: 34, right: 6, top: 8, bottom: 20 };
  const WIDEST = 36; // of one bar, in pixels
  const LANE = 13; // height of a band and the gap under it, in pixels
  const DIGIT = 6.2; // width of a figure in a band, in pixels
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
  const bands = data.bands.map((band) => ({ ...band, from: day(band.since), to: day(band.until) + DAY }));
  const lanes = bands.reduce((most, band) => Math.max(most, band.lane + 1), 0);
  const height = HEIGHT + lanes * LANE;
  const since = data.since ? day(data.since) : -Infinity;
  const until = data.until ? day(data.until) + DAY : Infinity;
  const chosen = (bar) => bar.to > since && bar.from < until;

  let markPlayed = () => {};
  let showKeyed = () => {};

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
    const all = [...bars, ...bands];
    const first = Math.min(...all.map((one) => one.from));
    const last = Math.max(...all.map((one) => one.to));
    const room = (next(first) - first) * most - (last - first);
    const side = Math.max(0, Math.floor(room / 2 / DAY)) * DAY;
    return [first - side, last + side];
  }

  function draw() {
    const width = Math.max(240, root.clientWidth);
    const svg = make("svg", { width, height, role: "img", "aria-label": `${data.label}. ${data.note}` });
    if (bars.length) byKeyboard(svg);
    if (!bars.length && !bands.length) return root.replaceChildren(Object.assign(document.createElement("p"),
      { textContent: data.none }));
    const inner = width - EDGE.left - EDGE.right;
    const [first, last] = span(inner / WIDEST);
    const x = (time) => EDGE.left + ((time - first) / (last - first)) * inner;
    const time = (px) => first + ((px - EDGE.left) / inner) * (last - first);
    const most = Math.max(1, ...bars.map((bar) => bar.n));
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
    drawBands(svg, x);
    const brush = make("rect", { y: EDGE.top, height: base - EDGE.top, class: "brush", width: 0 });
    svg.append(brush);
    const played = make("rect", { y: EDGE.top, height: base - EDGE.top, class: "played", width: 0 });
    svg.append(played);
    markPlayed = () => {
      const [from, to] = root.played ? [day(root.played.since), day(root.played.until) + DAY] : [first, first];
      played.setAttribute("x", x(Math.max(first, from)));
      played.setAttribute("width", Math.max(0, x(Math.min(last, to)) - x(Math.max(first, from))));
    };
    markPlayed();
    const held = root.contains(document.activeElement); // a run of the page must not drop the keyboard's place
    root.replaceChildren(svg, note());
    if (held) svg.focus({ preventScroll: true });
    listen(svg, brush, x, time, { first, last });
    showKeyed = (range) => {
      brush.setAttribute("x", range ? x(range[0]) : 0);
      brush.setAttribute("width", range ? x(range[1]) - x(range[0]) : 0);
    };
  }

  function drawBands(svg, x) {
    if (!bands.length) return;
    const hatch = make("pattern", { id: "timeline-hatch", width: 5, height: 5,
      patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    hatch.append(make("line", { x1: 0, x2: 0, y1: 0, y2: 5, class: "hatch" }));
    svg.append(hatch);
    for (const band of bands) {
      const wide = Math.max(2, x(band.to) - x(band.from) - 1);
      const y = height - LANE * (band.lane + 1);
      svg.append(make("rect", { x: x(band.from), y, width: wide, height: LANE - 2,
        class: chosen(band) ? "band in" : "band out", fill: "url(#timeline-hatch)" }));
      const text = String(band.n);
      const room = text.length * DIGIT + 6;
      if (wide < room) continue;
      const middle = x(band.from) + wide / 2;
      svg.append(make("rect", { x: middle - room / 2, y: y + 1, width: room, height: LANE - 4, class: "plate" }));
      svg.append(make("text", { x: middle, y: y + LANE - 4, class: "band-number" }, text));
    }
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

  /* Without a mouse: arrow keys go from bar to bar, with Shift over several; Enter or Space chooses. */
  function byKeyboard(svg) {
    let [anchor, at] = [-1, -1];
    const range = () => [bars[Math.min(anchor, at)].from, bars[Math.max(anchor, at)].to];
    const limits = { tabindex: 0, role: "slider", "aria-valuemin": 1, "aria-valuemax": bars.length, "aria-valuenow": 1,
      "aria-label": `${data.label}. ${data.note} Arrow keys go from bar to bar, with Shift over several; Enter chooses.`,
      "aria-valuetext": "No bar" };
    Object.entries(limits).forEach(([name, value]) => svg.setAttribute(name, value));
    const go = (to, wider) => {
      at = Math.max(0, Math.min(bars.length - 1, to));
      if (!wider || anchor < 0) anchor = at;
      showKeyed(range());
      const held = bars.slice(Math.min(anchor, at), Math.max(anchor, at) + 1);
      const sum = (name) => held.reduce((total, bar) => total + bar[name], 0);
      const [from, to_] = range();
      const words = said({ from, to: to_, n: sum("n"), killed: sum("killed") });
      svg.setAttribute("aria-valuenow", at + 1);
      svg.setAttribute("aria-valuetext", words);
      hintLine().textContent = words;
    };
    const leave = () => { [anchor, at] = [-1, -1]; showKeyed(null); hintLine().textContent = ""; };
    svg.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (step) go(at < 0 ? (step > 0 ? 0 : bars.length - 1) : at + step, event.shiftKey);
      else if (event.key === "Home") go(0, event.shiftKey);
      else if (event.key === "End") go(bars.length - 1, event.shiftKey);
      else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
        const [from, to] = range();
        setTriggerValue("period", { since: iso(from), until: iso(to - DAY) });
      } else if (event.key === "Escape" && at >= 0) leave();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    svg.addEventListener("blur", leave);
  }

  function listen(svg, brush, x, time, span) {
    let from = null;
    const heightOf = (event) => event.clientY - svg.getBoundingClientRect().top;
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
      hint(here, heightOf(event));
    });
    svg.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const range = snapped(from, at(event));
      const band = Math.abs(at(event) - from) < (span.last - span.first) / 400 && bandAt(from, heightOf(event));
      from = null;
      if (band) setTriggerValue("period", { since: band.since, until: band.until });
      else if (range) setTriggerValue("period", { since: iso(range[0]), until: iso(range[1] - DAY) });
    });
    svg.addEventListener("pointercancel", () => { from = null; show(null); });
    svg.addEventListener("pointerleave", () => { if (from === null) hint(null); });
  }

  /* The band under a time and a height in pixels. */
  function bandAt(time, y) {
    const lane = Math.floor((height - y) / LANE);
    return bands.find((one) => one.lane === lane && one.from <= time && time < one.to);
  }

  function hint(here, y) {
    const band = here === null ? null : bandAt(here, y);
    const bar = here === null || y > HEIGHT ? null : bars.find((one) => one.from <= here && here < one.to);
    const under = band || bar;
    hintLine().textContent = under ? `${band ? "Somewhere within " : ""}${said(under)}` : "";
  }

  function hintLine() {
    const line = root.querySelector(".timeline-note");
    let span = line.querySelector(".timeline-hint");
    if (!span) line.append((span = Object.assign(document.createElement("span"), { className: "timeline-hint" })));
    return span;
  }

  function said({ from, to, n, killed }) {
    return `${spoken(from)}${to - from <= DAY ? "" : " – " + spoken(to - DAY)}: ` +
      `${n} incident${n === 1 ? "" : "s"}, ${killed} killed`;
  }

  if (root.leave) root.leave(); // what watched for the data before
  const hear = (event) => { root.played = event.detail; markPlayed(); };
  document.addEventListener("atlas:window", hear); // what play.js shows on the map
  draw();
  let known = root.clientWidth;
  const watch = new ResizeObserver(() => {
    if (root.clientWidth !== known) { known = root.clientWidth; draw(); }
  });
  watch.observe(root);
  root.leave = () => {
    watch.disconnect();
    document.removeEventListener("atlas:window", hear);
  };
  return root.leave;
}
