/* Districts and provinces: areas in colours where the project has their boundaries, else circles in
   their middle whose area is the number. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const LARGEST = 30; // radius of the largest circle, in pixels
  const LEAST = 3;
  const MEASURES = { incidents: "Incidents", killed: "People killed",
                     rate: "Incidents per 100 000 people" };
  const ONE = { districts: "district", provinces: "province" };

  /* ---- outlines, asked once for each degree of detail and kept ---- */

  const kept = new Map();

  function detailAt(zoom) {
    const at = atlas.facts.details.findIndex((most) => zoom <= most);
    return at < 0 ? atlas.facts.details.length - 1 : at;
  }

  const nameOf = (kind, detail) => [atlas.facts.edition, kind, detail].join(" ");

  /* Ask for the outlines that suit the zoom level; nothing where there are none or they are here. */
  atlas.Outlines = function (kind) {
    const ask = atlas.newest();
    return {
      load(map) {
        const detail = detailAt(Math.round(map.getZoom()));
        const name = nameOf(kind, detail);
        if (!atlas.facts.bounded[kind] || kept.has(name)) return;
        ask(map, `/map/shapes/${kind}/${detail}`, ({ names, rings }) =>
          kept.set(name, rings.map((packed, number) =>
            ({ ...atlas.unpacked(packed), number, name: names[number] }))));
      },
      /* The best that are here for a zoom level. */
      at(zoom) {
        const wanted = detailAt(Math.round(zoom));
        const near = atlas.facts.details.map((_, detail) => detail)
          .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
        const found = near.find((detail) => kept.has(nameOf(kind, detail)));
        return found === undefined ? [] : kept.get(nameOf(kind, found));
      },
    };
  };

  /* ---- circles ---- */

  /* Circles in the middle of areas, the large ones under the small; gives what was drawn. */
  atlas.drawCircles = function (pen, frame, circles) {
    const world = 256 * Math.pow(2, frame.zoom);
    const drawn = [];
    pen.save();
    for (const circle of circles.slice().sort((a, b) => b.radius - a.radius)) {
      for (const shift of [-world, 0, world]) {
        const x = circle.x * world + shift - frame.origin.x;
        const y = circle.y * world - frame.origin.y;
        if (x < -LARGEST || y < -LARGEST || x > frame.size.x + LARGEST || y > frame.size.y + LARGEST) continue;
        pen.beginPath();
        pen.arc(x, y, circle.radius, 0, 2 * Math.PI);
        pen.globalAlpha = 0.65;
        pen.fillStyle = circle.colour;
        pen.fill();
        pen.globalAlpha = 1;
        pen.strokeStyle = atlas.theme.paper;
        pen.lineWidth = 1;
        pen.stroke();
        drawn.push({ ...circle, at: L.point(x, y).add(frame.origin) });
      }
    }
    pen.restore();
    return drawn;
  };

  atlas.circleRadius = (value, most) => Math.max(LEAST, LARGEST * Math.sqrt(value / Math.max(1, most)));

  /* The circle at a point of the map: the smallest of those that hold it. */
  atlas.circleAt = function (map, drawn, latlng) {
    const point = map.project(latlng);
    return drawn.slice().reverse().find(({ at, radius }) => point.distanceTo(at) <= radius + 2) || null;
  };

  /* ---- the layer ---- */

  const fullName = ({ name, parent }) => (parent && parent !== name ? `${name}, ${parent}` : name);
  atlas.areaName = fullName;

  function addAreas(kind, title) {
    const ask = atlas.newest();
    const outlines = atlas.Outlines(kind);
    let asked = "";
    let shown = null;
    let circles = [];

    function load(map, { query, revision }) {
      outlines.load(map);
      const question = query + "#" + revision;
      if (asked === question) return;
      asked = question;
      ask(map, atlas.withQuery(`/map/areas/${kind}`, query), (answer) => {
        shown = answer;
        shown.query = query;
        shown.rows = new Map(answer.at.map((number, i) => [number, i]));
      }, () => { asked = ""; });
    }

    const bounded = () => atlas.facts.bounded[kind];
    const measure = () => (atlas.chosen("measure") === "rate" && !shown.people ? "incidents" : atlas.chosen("measure"));

    function colours() {
      const limits = shown.classes[measure()];
      const ramp = atlas.classColours(atlas.ramp(), limits.length);
      return (number) => {
        const row = shown.rows.get(number);
        return row === undefined ? null : ramp[atlas.classOf(limits, shown[measure()][row])] || null;
      };
    }

    function draw(pen, frame) {
      circles = [];
      if (!shown) return 0;
      if (bounded()) {
        const colour = colours();
        return atlas.drawPlaces(pen, frame, outlines.at(frame.zoom), (place) => colour(place.number),
                                { colour: atlas.theme.faint, width: 0.5 });
      }
      const values = shown[measure()];
      const most = Math.max(...values, 1);
      circles = atlas.drawCircles(pen, frame, shown.at
        .map((number, i) => ({ number, x: shown.x[i], y: shown.y[i], value: values[i],
                               colour: atlas.facts.ramps.sequential[3],
                               radius: atlas.circleRadius(values[i], most) }))
        .filter(({ value }) => value > 0));
      return circles.length;
    }

    function at(latlng) {
      if (!shown) return null;
      const found = bounded() ? atlas.placeAt(outlines.at(atlas.map.getZoom()), latlng)
        : atlas.circleAt(atlas.map, circles, latlng);
      return found && shown.rows.has(found.number) ? found : null;
    }

    function open(map, { number }, latlng) {
      const row = shown.rows.get(number);
      const name = fullName({ name: shown.name[row], parent: shown.parent[row] });
      atlas.openTally(map, latlng, `in ${name}`,
                      atlas.withQuery(`/map/areas/${kind}/members/${number}`, shown.query));
    }

    function legend(box) {
      if (!shown) return;
      atlas.legendSelect(box, "Number of", "measure", Object.entries(MEASURES)
        .filter(([name]) => name !== "rate" || shown.people));
      if (bounded()) areaRows(box);
      else circleRows(box);
      beside(box);
    }

    function areaRows(box) {
      const limits = shown.classes[measure()];
      const ramp = atlas.classColours(atlas.ramp(), limits.length);
      const rows = limits.map((pair, i) => [ramp[i], atlas.limitWords(pair)]);
      const filled = shown[measure()].filter((value) => value > 0).length;
      rows.unshift(["", "none", atlas.plain(shown.count - filled)]);
      atlas.legendClasses(box, `${MEASURES[measure()]} in a ${ONE[kind]}`, rows);
      if (limits.length > 4) atlas.legendNote(box, `Each colour: about as many ${kind}.`);
      atlas.legendNote(box, `Boundaries: ${shown.words}.`);
    }

    function circleRows(box) {
      const most = Math.max(...shown[measure()], 1);
      const sizes = [most, Math.round(most / 4), 1].filter((n, i, all) => n > 0 && all.indexOf(n) === i);
      atlas.legendCircles(box, `${MEASURES[measure()]} in a ${ONE[kind]}`,
        sizes.map((n) => [atlas.circleRadius(n, most), atlas.plain(n)]), atlas.facts.ramps.sequential[3]);
      atlas.legendNote(box, `The project has no boundaries of ${kind}: circles stand in the middle of `
        + `each one’s incidents. To colour areas: incidents boundaries add FILE`);
    }

    function beside(box) {
      const { coarse, outside, unplaced } = shown;
      const coarser = bounded() || kind === "districts" ? "known only to a province" : "without a province";
      const words = [
        coarse && (bounded() ? coarser : `that name no ${ONE[kind]}`),
        outside && `outside these ${kind}`,
        unplaced && "without a place on the map",
      ];
      [coarse, outside, unplaced].forEach((n, i) => {
        if (n) atlas.legendNote(box, `+ ${atlas.plain(n)} ${words[i]}`);
      });
    }

    atlas.addLayer(kind, { title, keeps: () => false, load, draw, at, open, legend });
  }

  addAreas("districts", "Districts");
  addAreas("provinces", "Provinces");
})();
