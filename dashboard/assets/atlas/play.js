/* Play the time of the filter: the map shows one window after the other (window.js in its frame).

   The window is said with an event on the document, "atlas:window", and the map answers with
   "atlas:window-drawn"; the next window waits for that, so a slow answer is never overtaken. No
   event of it runs the page. */
export default function ({ data, parentElement }) {
  const DAY = 86400000;
  const root = parentElement.querySelector(".play");
  const key = JSON.stringify(data);
  if (root.player && root.player.key === key) return root.player.end; // the page ran; play goes on
  if (root.player) root.player.end();

  const day = (iso) => Date.parse(iso + "T00:00:00Z");
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const spoken = (text) => new Date(day(text)).toLocaleDateString("en-GB",
    { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const state = { on: false, running: false, at: 0, step: data.step, width: "1", speed: "1000",
                  drawn: true, timer: 0 };
  let starts = [];

  function make(tag, attributes, text) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text !== undefined) node.textContent = text;
    return node;
  }

  /* ---- time ---- */

  function first(time) {
    const date = new Date(time);
    if (state.step === "week") return time - ((date.getUTCDay() + 6) % 7) * DAY;
    if (state.step === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    return time;
  }

  function next(time) {
    const date = new Date(time);
    if (state.step === "day") return time + DAY;
    if (state.step === "week") return time + 7 * DAY;
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }

  function cut() {
    starts = [];
    for (let time = first(day(data.since)); time <= day(data.until); time = next(time)) starts.push(time);
  }

  /* The window that ends with a step; it never leaves the time of the filter. */
  function windowAt(at) {
    if (at >= starts.length) return null;
    const from = state.width === "all" ? starts[0] : starts[Math.max(0, at - Number(state.width) + 1)];
    return { since: iso(Math.max(from, day(data.since))),
             until: iso(Math.min(next(starts[at]) - DAY, day(data.until))) };
  }

  /* ---- what the map is told ---- */

  const tell = (detail) => document.dispatchEvent(new CustomEvent("atlas:window", { detail }));

  function show(at) {
    state.at = Math.max(0, Math.min(starts.length - 1, at));
    state.drawn = false;
    clearTimeout(state.timer);
    const shown = windowAt(state.at);
    slider.value = state.at;
    slider.setAttribute("aria-valuetext", `${spoken(shown.since)} to ${spoken(shown.until)}`);
    tell({ ...shown, next: windowAt(state.at + 1) });
  }

  function schedule() {
    clearTimeout(state.timer);
    if (!state.running) return;
    if (state.at >= starts.length - 1) return run(false);
    state.timer = setTimeout(() => show(state.at + 1), Number(state.speed));
  }

  function heard(event) {
    const shown = state.on && windowAt(state.at);
    if (!shown || state.drawn || event.detail.since !== shown.since || event.detail.until !== shown.until) return;
    state.drawn = true;
    schedule();
  }

  const again = () => { if (state.on) show(state.at); }; // the map's frame is new

  /* ---- play, pause, stop ---- */

  function run(running) {
    state.running = running && !calm.matches;
    clearTimeout(state.timer);
    paint();
    if (state.running && state.drawn) schedule();
  }

  function toggle() {
    if (!state.on) {
      state.on = true;
      cut();
      slider.max = starts.length - 1;
      run(true);
      show(0);
    } else if (calm.matches) show(state.at >= starts.length - 1 ? 0 : state.at + 1);
    else if (!state.running && state.at >= starts.length - 1) { run(true); show(0); }
    else run(!state.running);
  }

  function stop() {
    if (!state.on) return;
    run(false);
    state.on = false;
    tell(null);
    paint();
  }

  /* Go to a step by hand; playing pauses. */
  function go(at) {
    run(false);
    show(at);
  }

  function change(name, value) {
    const time = starts[state.at];
    state[name] = value;
    cut();
    slider.max = starts.length - 1;
    const at = starts.findIndex((start) => next(start) > time);
    if (name !== "speed") show(at < 0 ? starts.length - 1 : at);
  }

  /* ---- the control ---- */

  const main = make("button", { type: "button", class: "play-main" });
  const end = make("button", { type: "button" }, "Stop");
  const slider = make("input", { type: "range", min: 0, max: 0, step: 1, "aria-label": "Time shown on the map" });
  const rest = make("span", { class: "play-rest" });

  function choice(name, label, options) {
    const list = make("select", { "aria-label": label, title: label });
    for (const [value, text] of options) list.append(make("option", { value }, text));
    list.value = state[name];
    list.addEventListener("change", () => change(name, list.value));
    return list;
  }

  function paint() {
    rest.hidden = end.hidden = slider.hidden = note.hidden = !state.on;
    const words = calm.matches ? "Next step" : state.running ? "Pause" : "Play";
    main.textContent = state.on ? words : "Play over time";
  }

  const note = make("p", {}, data.note);
  rest.append(
    choice("step", "Step", [["day", "by day"], ["week", "by week"], ["month", "by month"]]),
    choice("width", "How much is shown at once", [["1", "one step"], ["4", "four steps"],
      ["12", "twelve steps"], ["all", "all so far"]]),
    choice("speed", "Speed", [["2000", "slow"], ["1000", "normal"], ["400", "fast"]]));
  main.addEventListener("click", toggle);
  end.addEventListener("click", () => { stop(); main.focus(); });
  slider.addEventListener("input", () => go(Number(slider.value)));
  root.replaceChildren(main, end, slider, rest, note);
  root.onkeydown = (event) => {
    const onList = event.target.tagName === "SELECT";
    const onButton = event.target.tagName === "BUTTON";
    const steps = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape" && state.on) stop();
    else if (event.key === " " && !onList && !onButton) toggle();
    else if (steps && state.on && onButton) go(state.at + steps);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("atlas:window-drawn", heard);
  document.addEventListener("atlas:map-ready", again);
  root.player = {
    key,
    end() {
      stop();
      document.removeEventListener("atlas:window-drawn", heard);
      document.removeEventListener("atlas:map-ready", again);
    },
  };
  paint();
  return root.player.end;
}
