/* Heat: how densely incidents lie, as a surface on a canvas of its own. Each incident counts for
   the places around it, less the farther off; what is known only to a district or province does
   not. It works from what the map has in view, single incidents or cells. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const REACH = 30; // pixels to which an incident counts
  const STEP = 3; // pixels of the screen to one of the surface
  const EQUATOR_KM = 40075.017;

  let told = null; // highest value and reach in km of what is drawn

  /* Weights of an incident on the surface: (1 - d²)², 1 in the middle, 0 at the reach. */
  const kernel = (function () {
    const half = Math.floor(REACH / STEP);
    const side = 2 * half + 1;
    const weights = new Float32Array(side * side);
    for (let j = -half; j <= half; j++)
      for (let i = -half; i <= half; i++) {
        const far = Math.min(1, ((i * i + j * j) * STEP * STEP) / (REACH * REACH));
        weights[(j + half) * side + i + half] = (1 - far) * (1 - far);
      }
    return { half, side, weights };
  })();

  function surface(data, frame) {
    const width = Math.ceil(frame.size.x / STEP);
    const height = Math.ceil(frame.size.y / STEP);
    const counts = new Float32Array(width * height);
    const world = 256 * Math.pow(2, frame.zoom);
    const { half, side, weights } = kernel;
    for (const unit of data.gathered.sharp) {
      for (const shift of [-world, 0, world]) {
        const x = Math.round((unit.x * world + shift - frame.origin.x) / STEP);
        const y = Math.round((unit.y * world - frame.origin.y) / STEP);
        if (x < -half || y < -half || x >= width + half || y >= height + half) continue;
        for (let j = Math.max(0, y - half); j <= Math.min(height - 1, y + half); j++) {
          const row = (j - y + half) * side + half - x;
          for (let i = Math.max(0, x - half); i <= Math.min(width - 1, x + half); i++)
            counts[j * width + i] += unit.n * weights[row + i];
        }
      }
    }
    return { counts, width, height };
  }

  /* 256 colours along the ramp, see-through where there is next to nothing. */
  function scale() {
    const ramp = atlas.ramp().map((hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
    const table = new Uint8ClampedArray(256 * 4);
    for (let i = 0; i < 256; i++) {
      const place = (i / 255) * (ramp.length - 1);
      const low = Math.min(Math.floor(place), ramp.length - 2);
      for (let c = 0; c < 3; c++)
        table[4 * i + c] = ramp[low][c] + (place - low) * (ramp[low + 1][c] - ramp[low][c]);
      table[4 * i + 3] = i ? 90 + 130 * Math.min(1, i / 60) : 0;
    }
    return table;
  }

  function paint({ counts, width, height }, most) {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext("2d");
    const picture = pen.createImageData(width, height);
    const table = scale();
    for (let i = 0; i < counts.length; i++) {
      // By the root: a quarter of the most stands in the middle of the scale.
      const colour = counts[i] < 0.05 ? 0 : Math.max(1, Math.round(255 * Math.sqrt(counts[i] / most)));
      picture.data.set(table.subarray(4 * colour, 4 * colour + 4), 4 * i);
    }
    pen.putImageData(picture, 0, 0);
    return canvas;
  }

  function draw(pen, frame, stage) {
    const made = surface(stage.data, frame);
    const most = made.counts.reduce((top, value) => Math.max(top, value), 0);
    const middle = stage._map.getCenter().lat;
    const km = (REACH * EQUATOR_KM * Math.cos((middle * Math.PI) / 180)) / (256 * Math.pow(2, frame.zoom));
    const before = told;
    told = { most, km };
    if (most) {
      pen.save();
      pen.imageSmoothingQuality = "high";
      pen.drawImage(paint(made, Math.max(1, most)), 0, 0, made.width * STEP, made.height * STEP);
      pen.restore();
    }
    if (!before || before.most !== most || before.km !== km) atlas.refreshLegend(stage._map);
    return made.counts.filter((value) => value >= 0.05).length;
  }

  function legend(box) {
    if (!told || !told.most) return;
    const most = Math.max(1, told.most);
    const km = told.km < 10 ? told.km.toFixed(1) : Math.round(told.km);
    atlas.legendRamp(box, `Incidents within ${km} km`, [[0, "0"], [0.5, about(most / 4)], [1, about(most)]]);
    atlas.legendNote(box, "Nearer incidents weigh more. The scale goes up to the densest place in view.");
    const stacked = atlas.stage.data.gathered.areas.reduce((sum, { n }) => sum + n, 0);
    atlas.legendStacks(box, stacked, "not in the surface");
  }

  const about = (value) => (value < 10 ? value.toFixed(1) : atlas.plain(Math.round(value)));

  atlas.addLayer("heat", { title: "Heat", draw, legend });
})();
