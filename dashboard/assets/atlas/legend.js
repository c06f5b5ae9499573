/* The legend: which layer is shown, and what its signs mean. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const PRECISIONS = [
    ["sharp", "Exact site or known town"],
    ["draft", "Hollow: draft, not yet reviewed"],
    ["near", "Ring: somewhere within this distance"],
    ["area", "Hatched: district or province only"],
    ["several", "Area and number: incidents here"],
    ["state", "Square: a government’s own forces"],
  ];

  function node(tag, className, text) {
    const made = L.DomUtil.create(tag, className);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* ---- parts that layers put together ---- */

  function sample(kind) {
    const canvas = node("canvas", "atlas-sample");
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = 30 * ratio;
    canvas.height = 24 * ratio;
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const ink = atlas.theme.faint;
    const many = kind === "several" ? 7 : 1;
    const data = { groups: [{ colour: ink, state: kind === "state" }], draft: [kind === "draft"] };
    const mark = { items: [0], n: many, mix: [{ group: 0, n: many }], radius: 5, reach: 0 };
    if (kind === "near") Object.assign(mark, { radius: 3.5, reach: 10 });
    if (kind === "several") mark.radius = 10;
    if (kind === "area") atlas.drawArea(pen, 15, 12, { ...mark, radius: 10 }, data);
    else atlas.drawSharp(pen, 15, 12, mark, data);
    return canvas;
  }

  function entry(picture, text, count) {
    const row = node("li");
    row.append(picture, node("span", "atlas-legend-text", text));
    if (count !== undefined) row.append(node("span", "atlas-legend-count", count));
    return row;
  }

  function signs(box, kinds) {
    const marks = node("ul", "atlas-legend-marks");
    marks.append(...PRECISIONS.filter(([kind]) => kinds.includes(kind))
      .map(([kind, words]) => entry(sample(kind), words)));
    box.append(marks);
  }

  /* Rows of [colour, words]. */
  atlas.legendClasses = function (box, title, rows) {
    const list = node("ul", "atlas-legend-classes");
    for (const [colour, words, count] of rows) {
      const patch = node("span", "atlas-patch");
      patch.style.background = colour;
      list.append(entry(patch, words, count));
    }
    box.append(node("h4", "", title), list);
  };

  atlas.legendNote = (box, words) => box.append(node("p", "atlas-legend-note", words));

  /* What is known only to a district or province stands on top as it always does. */
  atlas.legendStacks = function (box, number, where) {
    if (!number) return;
    signs(box, ["area"]);
    atlas.legendNote(box, `+ ${atlas.plain(number)} known only to a district or province, ${where}.`);
  };

  /* ---- incidents ---- */

  let data = null; // the last answer, with its groups

  function groupRows() {
    const counts = new Map();
    if (data.legend) data.legend.forEach(([group, n]) => counts.set(group, n));
    else data.group.forEach((group) => counts.set(group, (counts.get(group) || 0) + 1));
    const rows = [];
    let others = 0;
    for (const [place, n] of [...counts].sort((a, b) => b[1] - a[1])) {
      const group = data.groups[place];
      if (group.other) others += n;
      else rows.push(groupRow(group, n));
    }
    if (others) rows.push(groupRow({ ...data.other, state: false }, others));
    return rows;
  }

  function groupRow(group, n) {
    const swatch = node("span", "atlas-swatch" + (group.state ? " atlas-square" : ""));
    swatch.style.background = group.colour;
    return entry(swatch, group.name, atlas.plain(n));
  }

  atlas.incidentLegend = function (box) {
    if (!data) return;
    const groups = node("ul", "atlas-legend-groups");
    groups.append(...groupRows());
    box.append(groups);
    signs(box, PRECISIONS.map(([kind]) => kind));
  };

  /* ---- the box, and the choice of a layer ---- */

  function kept() {
    try {
      const state = localStorage.getItem("atlas-legend");
      return state ? state === "open" : window.innerWidth > 620;
    } catch (error) {
      return window.innerWidth > 620; // storage is off: the width decides
    }
  }

  function keep() {
    try {
      localStorage.setItem("atlas-legend", atlas.legendBox.open ? "open" : "closed");
    } catch (error) {
      return; // storage is off: not remembered
    }
  }

  function radio(name) {
    const label = node("label", "atlas-layer");
    const input = node("input");
    input.type = "radio";
    input.name = "atlas-layer";
    input.value = name;
    input.addEventListener("change", () => atlas.choose("layer", name));
    label.append(input, node("span", "", atlas.layerNamed(name).title));
    return label;
  }

  let body = null;
  let switcher = null;

  function build(map) {
    atlas.legendBox = node("details", "atlas-legend");
    atlas.legendBox.open = kept();
    atlas.legendBox.addEventListener("toggle", keep);
    switcher = node("fieldset", "atlas-layers");
    switcher.append(node("legend", "", "Show"), ...atlas.layerNames().map(radio));
    body = node("div", "atlas-legend-body");
    atlas.legendBox.append(node("summary", "", "Legend"), switcher, body);
    atlas.control("topright", atlas.legendBox, map);
    map.on("atlas:theme", () => atlas.refreshLegend(map));
  }

  /* Say the layer anew; the radio buttons stay, so that the keyboard's place is not lost. */
  atlas.refreshLegend = function (map) {
    if (!atlas.legendBox || !atlas.facts) return;
    const layer = atlas.layer();
    for (const input of switcher.querySelectorAll("input")) {
      input.checked = input.value === layer.name;
      const why = atlas.layerNamed(input.value).missing();
      input.disabled = Boolean(why) && !input.checked;
      input.parentElement.title = why;
    }
    const focused = body.contains(document.activeElement) ? document.activeElement.name : "";
    body.replaceChildren();
    layer.legend(body, map);
    const again = focused && body.querySelector(`[name="${focused}"]`);
    if (again) again.focus();
  };

  atlas.legend = function (map, answer) {
    data = answer;
    if (!atlas.legendBox) build(map);
    atlas.refreshLegend(map);
  };
})();
