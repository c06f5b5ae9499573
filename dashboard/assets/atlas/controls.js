/* What stands around the map: zoom and fit, scale, attribution, a line for messages. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const ATTRIBUTION =
    "Outlines: Natural Earth. Places: GeoNames, CC BY 4.0. Borders are not an endorsement.";

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
  atlas.control = control;

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
    atlas.startLayers(map);
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
})();
