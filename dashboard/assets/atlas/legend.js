/* The legend: which layer is shown, and what its signs mean. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const COLOURS = [["group", "Group"], ["type", "Event type"], ["status", "Review"], ["source", "Data source"]];

  function node(tag, className, text) {
    const made = L.DomUtil.create(tag, className);
    if (text !== undefined) made.textContent = text;
    return made;
  }

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
    return atlas.legendEntry(swatch, group.name, atlas.plain(n));
  }

  atlas.incidentLegend = function (box) {
    if (!data) return;
    atlas.legendSelect(box, "Colour by", "colour", COLOURS);
    const groups = node("ul", "atlas-legend-groups");
    groups.append(...groupRows());
    box.append(groups);
    const by = atlas.chosen("colour");
    atlas.legendSigns(box, ["sharp", "draft", "near", "area", "several", by === "group" && "state"]);
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
    switcher.append(node("legend", "", "Show"), ...atlas.layerNames().map(radio),
                    node("p", "atlas-legend-note"));
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
      input.disabled = Boolean(why);
      input.parentElement.title = why;
    }
    const reasons = atlas.layerNames().map((name) => atlas.layerNamed(name).missing()).filter(Boolean);
    switcher.querySelector("p").textContent = reasons.join(" ");
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
