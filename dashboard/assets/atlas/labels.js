/* Names on the base map: countries and provinces, and the towns of the view, as many as fit. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const TOWNS_FROM = 5; // zoom level
  const TILE = 512;
  const KEPT = 200; // tiles of towns

  const STYLES = {
    country: { font: "600 13px", upper: true, spacing: "0.8px", colour: "label", height: 9 },
    province: { font: "400 11.5px", spacing: "0px", colour: "sublabel", height: 9 },
    town: { font: "400 11px", spacing: "0px", colour: "label", height: 7, dot: true },
  };

  const Labels = atlas.Canvas.extend({
    options: { pane: "atlas-labels" },
    draw(pen, frame) {
      const places = this.places || [];
      const shown = places.filter((p) => frame.zoom >= p.zoom && frame.zoom <= p.until);
      const countries = shown.filter((place) => place.kind === "country");
      const provinces = shown.filter((place) => place.kind !== "country");
      const taken = (atlas.labelBoxes = []); // for tests: what is written, in pixels
      pen.textBaseline = "middle";
      pen.lineJoin = "round";
      // The largest towns come before provinces: they are what a report names.
      const towns = atlas.townsIn(this._map, frame.zoom, () => this.redraw());
      const large = towns.filter((town) => town.people >= 500000);
      const small = towns.filter((town) => town.people < 500000);
      [...countries, ...large, ...provinces, ...small].forEach((place) =>
        this._write(pen, frame, place, taken));
      pen.letterSpacing = "0px";
    },
    _write(pen, frame, place, taken) {
      const style = STYLES[place.kind];
      const world = 256 * Math.pow(2, frame.zoom);
      pen.font = `${style.font} ${atlas.font}`;
      pen.letterSpacing = style.spacing;
      const text = style.upper ? place.name.toUpperCase() : place.name;
      const wide = pen.measureText(text).width;
      for (const shift of [-world, 0, world]) {
        const x = place.x * world + shift - frame.origin.x;
        const y = place.y * world - frame.origin.y;
        if (x < -wide || y < -10 || x > frame.size.x + wide || y > frame.size.y + 10) continue;
        const left = style.dot ? x + 5 : x - wide / 2;
        const box = [Math.min(left, x) - 4, y - style.height, left + wide + 4, y + style.height];
        if (taken.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]))
          continue;
        taken.push(box);
        this._draw(pen, style, text, left, x, y);
      }
    },
    _draw(pen, style, text, left, x, y) {
      pen.textAlign = "left";
      pen.strokeStyle = atlas.theme.halo;
      pen.lineWidth = 3;
      pen.strokeText(text, left, y);
      pen.fillStyle = atlas.theme[style.colour];
      pen.fillText(text, left, y);
      if (!style.dot) return;
      pen.beginPath();
      pen.arc(x, y, 1.6, 0, 2 * Math.PI);
      pen.fill();
    },
  });

  /* ---- towns: asked tile by tile, kept; what has not come yet is drawn when it does ---- */

  const tiles = new Map();

  function tileOf(key, then) {
    if (!tiles.has(key)) {
      if (tiles.size >= KEPT) tiles.delete(tiles.keys().next().value);
      tiles.set(key, []);
      fetch(`/base/towns/${key}`)
        .then((answer) => (answer.ok ? answer.json() : []))
        .then((towns) => {
          tiles.set(key, towns.map((town) =>
            ({ ...town, kind: "town", ...atlas.unitSquare(town.lat, town.lon) })));
          if (towns.length) then();
        })
        .catch(() => tiles.delete(key)); // a map without towns is still a map
    }
    return tiles.get(key);
  }

  /* Towns of what is in view, the most populous first. */
  atlas.townsIn = function (map, zoom, then) {
    const level = Math.round(zoom);
    if (level < TOWNS_FROM) return [];
    const across = Math.pow(2, level) / 2;
    const bounds = map.getPixelBounds();
    const [first, last] = [bounds.min.divideBy(TILE).floor(), bounds.max.divideBy(TILE).floor()];
    const found = [];
    for (let x = first.x; x <= last.x; x += 1)
      for (let y = Math.max(0, first.y); y <= Math.min(across - 1, last.y); y += 1)
        found.push(...(tileOf(`${level}/${((x % across) + across) % across}/${y}`, then) || []));
    return found.sort((a, b) => b.people - a.people);
  };

  atlas.labels = function (map) {
    const labels = new Labels().addTo(map);
    fetch("/base/labels")
      .then((answer) => answer.json())
      .then((places) => {
        labels.places = places.map((p) => ({ ...p, ...atlas.unitSquare(p.lat, p.lon) }));
        labels.redraw();
      })
      .catch(() => { labels.places = []; }); // a map without names is still a map
    if (document.fonts) document.fonts.load(`12px ${atlas.font}`).then(() => labels.redraw());
    return labels;
  };
})();
