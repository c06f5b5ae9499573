/* What stands around the map: zoom and fit, scale, legend, attribution, a line for messages. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const ATTRIBUTION =
    "Outlines: Natural Earth. Places: GeoNames, CC BY 4.0. Borders are not an endorsement.";

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

  function control(position, content, map) {
    const made = L.control({ position });
    made.onAdd = () => {
      L.DomEvent.disableClickPropagation(content);
      L.DomEvent.disableScrollPropagation(content);
      return content;
    };
    return made.addTo(map);
  }

  function button(label, title, act) {
    const made = node("a", "", label);
    made.href = "#";
    made.role = "button";
    made.title = title;
    made.setAttribute("aria-label", title);
    L.DomEvent.on(made, "click", (event) => {
      L.DomEvent.stop(event);
      act();
    });
    return made;
  }

  atlas.controls = function (map) {
    L.control.zoom({ position: "topleft" }).addTo(map);
    const bar = node("div", "leaflet-bar atlas-bar");
    bar.append(
      button("⤢", "Fit the map to the incidents", () => atlas.fit(map, atlas.stage && atlas.stage.data)),
      button("", "Show only what is in this view", () => {
        const b = map.getBounds();
        const box = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
        atlas.tellPage({ bbox: box.map((degrees) => Number(degrees.toFixed(4))) });
      })
    );
    bar.lastChild.append(node("span", "atlas-box")); // drawn: few fonts have a sign for it
    atlas.areaButton = button("", "Draw an area and show only what is in it", () => atlas.beginArea(map));
    atlas.areaButton.setAttribute("aria-pressed", "false");
    bar.append(atlas.areaButton);
    bar.lastChild.append(node("span", "atlas-area-sign"));
    control("topleft", bar, map);
    L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
    const credit = L.control.attribution({ position: "bottomright", prefix: false }).addTo(map);
    credit.addAttribution(ATTRIBUTION);
    if (atlas.credits) {
      // Somebody's text, and Leaflet takes HTML: it goes in as text.
      credit.addAttribution(node("span", "", `Places also: ${atlas.credits}`).outerHTML);
    }
    atlas.message = node("div", "atlas-message");
    atlas.message.setAttribute("role", "status");
    map.getContainer().append(atlas.message);
    L.DomEvent.disableClickPropagation(atlas.message);
    map.on("atlas:drawn", (drawn) => sayEmptyView(map, drawn));
    document.addEventListener("keydown", (event) => {
      const open = map.getContainer().querySelector(".leaflet-popup");
      const onButton = event.target instanceof Element && event.target.closest("a[role='button']");
      if (event.key === "Escape" && open) map.closePopup();
      else if (event.key === " " && onButton) {
        event.preventDefault(); // Leaflet's buttons and ours are links, which Space would not press
        onButton.click();
      }
      else if (passOn(event.key)) event.preventDefault();
    });
  };

  /* Give a key that the map has no use for to the page around it (keys.js). */
  function passOn(key) {
    if (key !== "Escape" && key !== "/") return false;
    try {
      const same = new window.parent.KeyboardEvent("keydown", { key, bubbles: true });
      if (key === "/") window.parent.focus();
      window.parent.document.body.dispatchEvent(same);
      return true;
    } catch (error) {
      return false; // the frame stands alone
    }
  }

  atlas.say = function (map, text, act) {
    atlas.message.replaceChildren();
    atlas.message.hidden = !text;
    if (!text) return;
    atlas.message.append(node("span", "", text));
    if (act) atlas.message.append(button(act.label, act.label, act.run));
  };

  function sayEmptyView(map, drawn) {
    if (drawn.count && !drawn.inView && !atlas.playing()) {
      atlas.say(map, "No matching incident in this view.",
                { label: "Fit to incidents", run: () => atlas.fit(map, atlas.stage.data) });
      atlas.empty = true;
    } else if (atlas.empty) {
      atlas.empty = false;
      atlas.say(map, "");
    }
  }

  /* ---- legend ---- */

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

  function groupRows(data) {
    const counts = new Map();
    if (data.legend) data.legend.forEach(([group, n]) => counts.set(group, n));
    else data.group.forEach((group) => counts.set(group, (counts.get(group) || 0) + 1));
    const rows = [];
    let others = 0;
    for (const [place, n] of [...counts].sort((a, b) => b[1] - a[1])) {
      const group = data.groups[place];
      if (group.other) {
        others += n;
        continue;
      }
      rows.push(groupRow(group, n));
    }
    if (others) rows.push(groupRow({ ...data.other, state: false }, others));
    return rows;
  }

  function groupRow(group, n) {
    const swatch = node("span", "atlas-swatch" + (group.state ? " atlas-square" : ""));
    swatch.style.background = group.colour;
    return entry(swatch, group.name, n.toLocaleString("en").replace(/,/g, "\u202f"));
  }

  function open() {
    try {
      const kept = localStorage.getItem("atlas-legend");
      return kept ? kept === "open" : window.innerWidth > 620;
    } catch (error) {
      return window.innerWidth > 620; // storage is off: the width decides
    }
  }

  atlas.legend = function (map, data) {
    if (!atlas.legendBox) {
      atlas.legendBox = node("details", "atlas-legend");
      atlas.legendBox.open = open();
      atlas.legendBox.addEventListener("toggle", () => {
        try {
          localStorage.setItem("atlas-legend", atlas.legendBox.open ? "open" : "closed");
        } catch (error) {
          return; // storage is off: not remembered
        }
      });
      control("topright", atlas.legendBox, map);
      map.on("atlas:theme", () => atlas.legend(map, atlas.stage.data));
    }
    const groups = node("ul", "atlas-legend-groups");
    groups.append(...groupRows(data));
    const marks = node("ul", "atlas-legend-marks");
    marks.append(...PRECISIONS.map(([kind, words]) => entry(sample(kind), words)));
    atlas.legendBox.replaceChildren(node("summary", "", "Legend"), groups, marks);
  };
})();
