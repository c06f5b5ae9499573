/* Hexagons: incidents added up by place, in H3 cells that suit the zoom level. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});
  const ask = atlas.newest();
  let loaded = null; // zoom, bounds and question of what is drawn
  let shown = null; // the server's answer, with its places unpacked

  function load(map, { query, revision }) {
    const zoom = Math.round(map.getZoom());
    const same = loaded && loaded.query === query && loaded.revision === revision;
    if (same && loaded.zoom === zoom && loaded.bounds.contains(map.getBounds())) return;
    const { bounds, words } = atlas.viewOf(map);
    ask(map, atlas.withQuery(`/map/hexagons/${zoom}/${words}`, query), (answer) => {
      loaded = { zoom, bounds, query, revision };
      shown = answer;
      shown.places = answer.shape.map((ring, i) =>
        ({ ...atlas.unpacked([ring]), id: answer.id[i], n: answer.n[i] }));
    });
  }

  function draw(pen, frame) {
    if (!shown) return 0;
    const colours = atlas.classColours(atlas.ramp(), shown.classes.length);
    return atlas.drawPlaces(pen, frame, shown.places,
                            (place) => colours[atlas.classOf(shown.classes, place.n)],
                            { colour: atlas.theme.halo, width: 0.75 });
  }

  function open(map, place, latlng) {
    const path = `/map/hexagons/${shown.zoom}/members/${place.id}`;
    atlas.openTally(map, latlng, "in this hexagon", atlas.withQuery(path, loaded.query));
  }

  function legend(box) {
    if (!shown) return;
    const colours = atlas.classColours(atlas.ramp(), shown.classes.length);
    const rows = shown.classes.map((limits, i) => [colours[i], atlas.limitWords(limits)]);
    atlas.legendClasses(box, "Incidents in a hexagon", rows);
    if (rows.length > 4) atlas.legendNote(box, "Equal steps on a logarithmic scale; limits as they occur.");
    atlas.legendStacks(box, shown.stacked, "not in the hexagons");
  }

  atlas.addLayer("hexagons", { title: "Hexagons", load, draw, legend, open,
    at: (latlng) => (shown ? atlas.placeAt(shown.places, latlng) : null) });
})();
