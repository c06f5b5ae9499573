/* Change: the filter's period beside the period of equal length before it, by hexagon or area. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});
  const ask = atlas.newest();
  const WHERE = { hexagons: "Hexagons", districts: "Districts", provinces: "Provinces" };
  const ONE = { hexagons: "hexagon", districts: "district", provinces: "province" };
  const outlines = { districts: atlas.Outlines("districts"), provinces: atlas.Outlines("provinces") };

  let asked = null; // question of what is on its way or drawn, with zoom and bounds for hexagons
  let shown = null;
  let circles = [];

  function hasPeriod() {
    const params = new URLSearchParams(atlas.question().query);
    return params.has("since") && params.has("until");
  }

  const missing = () =>
    (hasPeriod() ? "" : "Change needs a first and a last day.");

  function load(map, { query, revision }) {
    const by = atlas.chosen("by");
    if (outlines[by]) outlines[by].load(map);
    const question = [query, revision, by].join("#");
    const zoom = Math.round(map.getZoom());
    const hexagons = by === "hexagons";
    const holds = asked && asked.question === question
      && (!hexagons || (asked.zoom === zoom && asked.bounds.contains(map.getBounds())));
    if (holds) return;
    const { bounds, words } = atlas.viewOf(map);
    asked = { question, zoom, bounds };
    const path = hexagons ? `hexagons/${zoom}/${words}` : `areas/${by}`;
    ask(map, atlas.withQuery(`/map/change/${path}`, query), (answer) => {
      shown = { ...answer, by, query, rows: new Map((answer.at || []).map((number, i) => [number, i])) };
      if (!hexagons) return;
      shown.places = answer.shape.map((ring, row) => ({ ...atlas.unpacked([ring]), row, id: answer.id[row] }));
    }, () => { asked = null; });
  }

  /* Seven colours: much fewer … as many … much more; a class stands as far out on either side. */
  function colourOf(row) {
    const change = shown.n[row] - shown.before[row];
    const colours = atlas.diverging();
    if (!change) return colours[3];
    return colours[3 + Math.sign(change) * stepOf(atlas.classOf(shown.classes, Math.abs(change)))];
  }

  const stepOf = (place) => place + (shown.classes.length < 3 ? 2 : 1); // few classes, clear colours

  function draw(pen, frame) {
    circles = [];
    if (!shown) return 0;
    const line = { colour: atlas.theme.faint, width: 0.5 };
    if (shown.by === "hexagons")
      return atlas.drawPlaces(pen, frame, shown.places, ({ row }) => colourOf(row), line);
    if (atlas.facts.bounded[shown.by])
      return atlas.drawPlaces(pen, frame, outlines[shown.by].at(frame.zoom),
        ({ number }) => (shown.rows.has(number) ? colourOf(shown.rows.get(number)) : null), line);
    const most = Math.max(...shown.n.map((n, row) => Math.abs(n - shown.before[row])), 1);
    circles = atlas.drawCircles(pen, frame, shown.at.map((number, row) =>
      ({ number, row, x: shown.x[row], y: shown.y[row], colour: colourOf(row),
         radius: atlas.circleRadius(Math.abs(shown.n[row] - shown.before[row]), most) })));
    return circles.length;
  }

  function at(latlng) {
    if (!shown) return null;
    if (shown.by === "hexagons") return atlas.placeAt(shown.places, latlng);
    const found = atlas.facts.bounded[shown.by]
      ? atlas.placeAt(outlines[shown.by].at(atlas.map.getZoom()), latlng)
      : atlas.circleAt(atlas.map, circles, latlng);
    return found && shown.rows.has(found.number) ? { ...found, row: shown.rows.get(found.number) } : null;
  }

  function open(map, place, latlng) {
    const hexagon = shown.by === "hexagons";
    const where = hexagon ? "this hexagon"
      : atlas.areaName({ name: shown.name[place.row], parent: shown.parent[place.row] });
    const path = hexagon ? `hexagons/${shown.zoom}/members/${place.id}` : `areas/${shown.by}/members/${place.number}`;
    atlas.openTally(map, latlng, `in ${where}, ${shown.period}`, atlas.withQuery(`/map/change/${path}`, shown.query));
  }

  function legend(box) {
    atlas.legendSelect(box, "By", "by", Object.entries(WHERE));
    if (!shown) return;
    const colours = atlas.diverging();
    const steps = shown.classes.map((limits, place) => [stepOf(place), atlas.limitWords(limits)]);
    const rows = [
      ...steps.slice().reverse().map(([step, words]) => [colours[3 + step], `${words} more`]),
      [colours[3], "as many as before"],
      ...steps.map(([step, words]) => [colours[3 - step], `${words} fewer`]),
    ];
    atlas.legendClasses(box, `Change of incidents in a ${ONE[shown.by]}`, rows);
    atlas.legendNote(box, `${shown.period}: ${atlas.plain(shown.inside)}`);
    atlas.legendNote(box, `${shown.before_period}: ${atlas.plain(shown.before_inside)}`);
    if (shown.stacked || shown.before_stacked)
      atlas.legendNote(box, `+ ${atlas.plain(shown.stacked)} (before: ${atlas.plain(shown.before_stacked)}) in no ${ONE[shown.by]}`);
  }

  atlas.addLayer("change", { title: "Change", keeps: () => false, missing, load, draw, at, open, legend });
})();
