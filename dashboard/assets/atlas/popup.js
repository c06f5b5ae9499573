/* Pop-ups. All text comes from reports and is hostile: it only ever enters as textContent. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});
  const LISTED = 40; // incidents in a list; the table has the rest

  function node(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* Words of one source in their own direction. In our own lines the server sets names off. */
  function own(made) {
    made.dir = "auto";
    return made;
  }

  /* Leaflet asks the clicked node's parents whether a click is meant for the map, and a node that
     the click has replaced has none. */
  function onClick(button, act) {
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      act();
    });
    return button;
  }

  /* Where the words of a mark's incidents are asked: by their ids, or by the cells they are in. */
  function addressOf(mark, data) {
    const items = mark.items.slice(0, LISTED);
    if (data.id) return "/map/incidents?" + new URLSearchParams(items.map((i) => ["id", data.id[i]]));
    const keys = items.map((i) => data.key[i]).join(",");
    return `/map/cells/${data.zoom}/members/${keys}` + (data.query ? "?" + data.query : "");
  }

  /* Tell the page; nothing else that happens on the map does. */
  let told = 0;
  atlas.tellPage = function (message) {
    told += 1;
    if (window.Streamlit) window.Streamlit.setComponentValue({ ...message, n: Date.now() + told });
  };

  function card(incident, back) {
    const box = node("article", "atlas-card");
    if (back) {
      box.append(onClick(node("button", "atlas-link", "All here"), back));
    }
    const group = node("div", "atlas-card-group");
    const swatch = node("span", "atlas-swatch");
    swatch.style.background = incident.colour;
    group.append(swatch, own(node("span", "", incident.group)), node("span", "atlas-status", incident.status));
    box.append(group, node("h3", "", incident.headline));
    if (incident.quote) {
      box.append(own(node("blockquote", "", "“" + incident.quote + "”")));
    }
    box.append(node("p", "atlas-source", incident.source));
    const precision = incident.precision + (incident.point ? ` (${incident.point})` : "");
    box.append(node("p", "atlas-precision", precision[0].toUpperCase() + precision.slice(1)));
    box.append(onClick(node("button", "atlas-button", "Details"), () => {
      atlas.tellPage({ incident: incident.id });
      atlas.map.closePopup();
    }));
    return box;
  }

  function list(title, incidents, more, choose) {
    const box = node("div", "atlas-list");
    box.append(node("h3", "", title));
    const rows = node("ul");
    for (const incident of incidents) {
      const row = node("li");
      const button = node("button", "atlas-row");
      const swatch = node("span", "atlas-swatch");
      swatch.style.background = incident.colour;
      button.append(swatch, node("span", "", incident.headline));
      row.append(onClick(button, () => choose(incident)));
      rows.append(row);
    }
    box.append(rows);
    if (more > 0) box.append(node("p", "atlas-source", `${more} more in the table below the map`));
    return box;
  }

  function titleOf(mark) {
    const n = mark.n;
    const noun = n === 1 ? "incident" : "incidents";
    if (!mark.area) return `${n.toLocaleString("en")} ${noun} here`;
    if (mark.units.length > 1) return `${n} ${noun} known only to ${mark.units.length} areas`;
    const { name, kind } = mark.area;
    return `${n} ${noun} known only to ${name}${kind === "district" ? " district" : ""}`;
  }

  function spread(map, mark) {
    const bounds = L.latLngBounds(mark.units.map((unit) => [unit.lat, unit.lon]));
    const zoom = Math.min(map.getBoundsZoom(bounds.pad(0.3)), map.getZoom() + 3, 12);
    return mark.units.length > 1 && zoom > map.getZoom() ? { center: bounds.getCenter(), zoom } : null;
  }

  /* Room that a pop-up leaves to what stands around the map: it is drawn under the controls. On a
     phone there is none, and the controls above make way instead (map.css). */
  function clearOf(map) {
    const wide = map.getSize().x > 620;
    const legend = map.getContainer().querySelector(".atlas-legend");
    const right = wide && legend ? legend.offsetWidth + 24 : 14;
    const corners = [...map.getContainer().querySelectorAll(".leaflet-bottom")];
    const below = Math.max(...corners.map((corner) => corner.offsetHeight)) + 14;
    return { autoPanPaddingTopLeft: [wide ? 52 : 14, 14], autoPanPaddingBottomRight: [right, below] };
  }

  atlas.openMark = function (map, mark, data, clicked) {
    const closer = spread(map, mark);
    if (closer) {
      map.flyTo(closer.center, closer.zoom, { duration: 0.4 });
      return;
    }
    const at = L.latLng(mark.units[0].lat, mark.units[0].lon);
    at.lng += Math.round((clicked.lng - at.lng) / 360) * 360; // the copy of the world clicked on
    openAt(map, at, addressOf(mark, data), (body, put) => {
      const { incidents } = body;
      if (incidents.length === 1) return put(card(incidents[0]));
      return put(browsed(titleOf(mark), [], incidents, mark.n, put));
    });
  };

  /* A list whose rows open a card, from which "All here" leads back. */
  function browsed(title, lines, incidents, n, put) {
    const all = () => {
      const box = list(title, incidents, n - incidents.length, (one) => put(card(one, () => put(all()))));
      box.querySelector("h3").after(...lines);
      return box;
    };
    return all();
  }

  function openAt(map, at, address, show) {
    const box = node("div", "atlas-popup", "Loading …");
    const width = Math.min(320, map.getSize().x - 60);
    const popup = L.popup({ maxWidth: width, minWidth: Math.min(240, width), ...clearOf(map),
                            maxHeight: Math.max(160, map.getSize().y - 140), offset: [0, 0] });
    popup.setLatLng(at).setContent(box).openOn(map);
    const put = (content) => {
      box.replaceChildren(content);
      popup.update();
    };
    atlas.ask(address)
      .then((body) => show(body, put))
      .catch((error) => { box.textContent = `This could not be loaded: ${error.message}`; });
  }

  const several = (n, noun) => `${atlas.plain(n)} ${noun}${n === 1 ? "" : "s"}`;

  /* What is added up in a hexagon or an area (tally.py), then its incidents. */
  atlas.openTally = function (map, at, where, address) {
    openAt(map, at, address, (tally, put) => {
      const lines = [node("p", "atlas-toll", tollWords(tally)), ...beforeLine(tally)];
      if (tally.groups.length) lines.push(groupLines(tally));
      put(browsed(`${several(tally.n, "incident")} ${where}`, lines, tally.incidents, tally.n, put));
    });
  };

  function tollWords({ killed, untold }) {
    return `${atlas.plain(killed)} killed` + (untold ? `; toll not known for ${atlas.plain(untold)}` : "");
  }

  function beforeLine({ before }) {
    if (!before) return [];
    return [node("p", "atlas-toll", `${before.period}: ${several(before.n, "incident")}, ${tollWords(before)}`)];
  }

  function groupLines({ groups, more_groups }) {
    const rows = node("ul", "atlas-tally");
    for (const { name, n, colour } of groups) {
      const row = node("li");
      const swatch = node("span", "atlas-swatch");
      swatch.style.background = colour;
      row.append(swatch, node("span", "atlas-legend-text", name), node("span", "atlas-legend-count", atlas.plain(n)));
      rows.append(row);
    }
    if (more_groups) rows.append(node("li", "atlas-source", `and ${several(more_groups, "other group")}`));
    return rows;
  }
})();
