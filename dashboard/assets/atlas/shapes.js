/* Outlines on a canvas: unpacked from our server's whole numbers, drawn, found under a point. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});
  const GRID = Math.pow(2, 24); // steps of the grid along a side of the square (outline.py)

  /* A place of rings as the server packs them: x, y, dx, dy, dx, dy … */
  atlas.unpacked = function (packed) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const rings = packed.map((flat) => {
      const ring = new Float64Array(flat.length);
      let [x, y] = [0, 0];
      for (let i = 0; i < flat.length; i += 2) {
        x += flat[i];
        y += flat[i + 1];
        ring[i] = x / GRID;
        ring[i + 1] = y / GRID;
        if (ring[i] < box[0]) box[0] = ring[i];
        if (ring[i] > box[2]) box[2] = ring[i];
        if (ring[i + 1] < box[1]) box[1] = ring[i + 1];
        if (ring[i + 1] > box[3]) box[3] = ring[i + 1];
      }
      return ring;
    });
    return { rings, box };
  };

  /* Fill places that are in view, each with the colour that `colour` gives it, or none; gives how
     many of them were drawn. */
  atlas.drawPlaces = function (pen, frame, places, colour, line) {
    const world = 256 * Math.pow(2, frame.zoom);
    let drawn = 0;
    pen.save();
    pen.lineJoin = "round";
    for (const place of places) {
      const fill = colour(place);
      const [left, top, right, bottom] = place.box;
      let seen = false;
      for (const shift of [-1, 0, 1]) {
        const x = (value) => (value + shift) * world - frame.origin.x;
        const y = (value) => value * world - frame.origin.y;
        if (x(right) < 0 || y(bottom) < 0 || x(left) > frame.size.x || y(top) > frame.size.y) continue;
        seen = true;
        pen.beginPath();
        for (const ring of place.rings) {
          for (let i = 0; i < ring.length; i += 2) {
            if (i) pen.lineTo(x(ring[i]), y(ring[i + 1]));
            else pen.moveTo(x(ring[i]), y(ring[i + 1]));
          }
          pen.closePath();
        }
        if (fill) {
          pen.globalAlpha = 0.8;
          pen.fillStyle = fill;
          pen.fill("evenodd");
        }
        pen.globalAlpha = 1;
        pen.strokeStyle = line.colour;
        pen.lineWidth = line.width;
        pen.stroke();
      }
      if (seen && fill) drawn += 1;
    }
    pen.restore();
    return drawn;
  };

  function holds({ rings, box }, x, y) {
    if (x < box[0] || y < box[1] || x > box[2] || y > box[3]) return false;
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        const [ay, by] = [ring[i + 1], ring[j + 1]];
        if (ay > y !== by > y && x < ((ring[j] - ring[i]) * (y - ay)) / (by - ay) + ring[i])
          inside = !inside;
      }
    }
    return inside;
  }

  /* The place at a point of the map, on whichever copy of the world. */
  atlas.placeAt = function (places, latlng) {
    const { x, y } = atlas.unitSquare(latlng.lat, latlng.lng);
    const turns = [x - Math.floor(x), x - Math.floor(x) + 1, x - Math.floor(x) - 1];
    return places.find((place) => turns.some((turn) => holds(place, turn, y))) || null;
  };
})();
