/* Which layer is drawn. A layer is an object: what it loads, draws under the marks, and says in the
   legend. `incidents` is what the map has always drawn; the others draw in its place. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});
  const layers = {};

  /* Layers with their parts, all but `title` optional:
     sharp, keeps(mark): whether discs, and which stacks of districts and provinces, are drawn;
     load(map, question): ask the server for what is not there yet;
     draw(pen, frame): draw, and give the number of places drawn;
     at(latlng), open(map, place, latlng): what is under the pointer, and its pop-up;
     missing(): why it cannot be chosen, or nothing;
     legend(box): put its part of the legend into a box. */
  atlas.addLayer = function (name, layer) {
    layers[name] = { name, sharp: false, keeps: () => true, load() {}, draw: () => 0, at: () => null,
                     missing: () => "", legend() {}, ...layer };
  };

  atlas.layerNamed = (name) => layers[name];
  atlas.layerNames = () => Object.keys(layers);

  /* The layer that is drawn: the chosen one, or incidents as long as that one cannot be. */
  atlas.layer = function () {
    const chosen = layers[atlas.chosen("layer")];
    return chosen && !chosen.missing() ? chosen : layers.incidents;
  };

  atlas.addLayer("incidents", { title: "Incidents", sharp: true,
                                legend: (box) => atlas.incidentLegend(box) });

  /* What is asked of the server: the filter's words, and the revision that makes it new. */
  let question = { query: "", revision: -1 };
  atlas.question = () => question;

  atlas.loadLayer = function (map) {
    if (!atlas.facts) return;
    const { query, revision } = question; // in a window of time that is played, what it shows
    atlas.layer().load(map, { query: atlas.windowQuery(query), revision });
  };

  /* Another filter, or the project has changed. */
  atlas.asked = function (map, query, revision) {
    const changed = revision !== question.revision;
    question = { query, revision };
    if (!changed) return atlas.loadLayer(map);
    return atlas.ask("/map/layers", { cache: "no-cache" })
      .then((facts) => {
        atlas.facts = facts;
        atlas.refreshLegend(map);
        atlas.loadLayer(map);
        if (atlas.stage) atlas.stage.redraw();
      })
      .catch((error) => atlas.say(map, `The layers of the map could not be loaded: ${error.message}`));
  };

  atlas.startLayers = function (map) {
    map.on("moveend", () => atlas.loadLayer(map));
    atlas.onChoice(() => {
      map.closePopup();
      atlas.refreshLegend(map);
      atlas.loadLayer(map);
      if (atlas.stage) atlas.stage.redraw();
    });
  };

  /* Ask for something of which only the newest answer counts. */
  atlas.newest = function () {
    let abort = null;
    return function (map, address, then, failed) {
      if (abort) abort.abort();
      const mine = (abort = new AbortController());
      const slow = setTimeout(() => atlas.say(map, "Loading the layer …"), 700);
      atlas.ask(address, { signal: mine.signal, cache: "no-cache" })
        .then((body) => {
          if (mine !== abort) return;
          atlas.say(map, "");
          then(body);
          if (atlas.stage) atlas.stage.redraw();
          atlas.refreshLegend(map);
        })
        .catch((error) => {
          if (error.name === "AbortError" || mine !== abort) return;
          if (failed) failed();
          atlas.say(map, `The layer could not be loaded: ${error.message}`);
        })
        .finally(() => clearTimeout(slow));
    };
  };

  atlas.viewOf = function (map) {
    const bounds = map.getBounds().pad(0.5);
    const view = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    return { bounds, words: view.map((degrees) => degrees.toFixed(3)).join(",") };
  };

  atlas.withQuery = (address, query) => address + (query ? "?" + query : "");
})();
