/* The choice of a base map: our outlines, a plain ground, files of streets, tiles of a provider. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});
  const KEPT = "atlas-base-map";

  let layer = null; // of another base map than ours
  let chosen = "own";

  function remembered() {
    try {
      return localStorage.getItem(KEPT) || "own";
    } catch (error) {
      return "own"; // storage is off
    }
  }

  function remember(name) {
    try {
      localStorage.setItem(KEPT, name);
    } catch (error) {
      return; // storage is off: not remembered
    }
  }

  function script(address) {
    return new Promise((done, failed) => {
      if (window.protomapsL) return done();
      const tag = document.createElement("script");
      tag.src = address;
      tag.onload = done;
      tag.onerror = () => failed(new Error("its script could not be loaded"));
      document.head.append(tag);
    });
  }

  /* The credit is our own text; Leaflet takes HTML, so it goes in escaped all the same. */
  function credit(one) {
    const words = document.createElement("span");
    words.textContent = one.credit || "";
    return words.outerHTML;
  }

  function made(one) {
    if (one.kind === "tiles")
      // The providers ask for a true Referer, and would refuse a page that hides where it is from.
      return Promise.resolve(L.tileLayer(one.url, {
        attribution: credit(one), maxZoom: 18, maxNativeZoom: one.max_zoom,
        referrerPolicy: "strict-origin-when-cross-origin", pane: "tilePane" }));
    if (one.kind === "vector")
      return script(one.script).then(() => window.protomapsL.leafletLayer({
        url: one.url, maxDataZoom: one.max_zoom, flavor: atlas.themeName === "dark" ? "dark" : "light", lang: "en",
        attribution: credit(one), pane: "tilePane" }));
    return Promise.resolve(null);
  }

  function choose(map, one) {
    chosen = one.name;
    remember(one.name);
    made(one).then((next) => {
      if (chosen !== one.name) return; // another was chosen meanwhile
      if (layer) layer.remove();
      layer = next;
      if (layer) layer.addTo(map).on("tileerror", () => say(map, one));
      map.getContainer().dataset.ground = one.name;
      atlas.showOwnGround(map, one.kind === "own");
    }).catch((error) => atlas.say(map, `“${one.title}” could not be shown: ${error.message}`));
  }

  let said = false;
  function say(map, one) {
    if (said || one.kind !== "tiles") return;
    said = true;
    atlas.say(map, `${one.title} cannot be reached; the outlines need no internet.`);
  }

  atlas.grounds = function (map) {
    atlas.ask("/base/maps").then((maps) => {
      const box = L.DomUtil.create("details", "atlas-grounds");
      const head = L.DomUtil.create("summary", "", box);
      head.textContent = "Base map";
      const list = L.DomUtil.create("fieldset", "", box);
      list.setAttribute("aria-label", "Base map");
      const first = maps.find((one) => one.name === remembered()) || maps[0];
      maps.forEach((one) => {
        const label = L.DomUtil.create("label", "", list);
        const radio = L.DomUtil.create("input", "", label);
        Object.assign(radio, { type: "radio", name: "ground", value: one.name,
                               checked: one === first });
        label.append(one.title);
        radio.addEventListener("change", () => choose(map, one));
      });
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      const made = L.control({ position: "bottomleft" });
      made.onAdd = () => box;
      made.addTo(map);
      map.on("atlas:theme", () => {
        const one = maps.find(({ name }) => name === chosen);
        if (one && one.kind === "vector") choose(map, one);
      });
      if (first.name !== "own") choose(map, first);
    }).catch(() => {}); // without the list there are our outlines
  };
})();
