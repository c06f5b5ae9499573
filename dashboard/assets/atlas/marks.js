/* How an incident looks: the drawing of each precision class, and which marks share a place.

   Sharp places (site, settlement, near, sea) become discs whose area is their number; places that
   would overlap on screen are merged at the largest of them. Districts and provinces become
   hatched rings of their own extent with the number beside them, never a sharp point. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const SINGLE = 5; // radius of one incident, in pixels
  const LARGEST = 24; // radius of the fullest disc
  const NUMBERED = 9.5; // from this radius on a number fits inside
  const RING = { least: 12, most: 110 }; // radius of a district's or province's ring
  const TOUCH = 11; // places closer than this are one disc
  const BADGE = 25; // areas closer than this share one number
  const DIAGONAL = Math.SQRT1_2;
  const EQUATOR_KM = 40075.017;

  /* ---- from columns to marks ---- */

  function kmInPixels(latitude, zoom) {
    return (256 * Math.pow(2, zoom)) / (EQUATOR_KM * Math.cos((latitude * Math.PI) / 180));
  }

  /* An item is one incident, or of a large project the incidents of a cell: `n` of them. */
  const weight = (data, item) => (data.n ? data.n[item] : 1);

  /* Items with the same position (sharp) or the same district or province (area). */
  function gather(data) {
    const sharp = new Map();
    const areas = new Map();
    for (let i = 0; i < data.lat.length; i++) {
      if (data.hidden && data.hidden[i]) continue; // outside the window of time that is played
      const area = data.area[i];
      const home = area < 0 ? sharp : areas;
      const key = area < 0 ? data.lat[i] + "," + data.lon[i] : area;
      let unit = home.get(key);
      if (!unit) {
        unit = { lat: data.lat[i], lon: data.lon[i], items: [], n: 0,
                 area: area < 0 ? null : data.areas[area] };
        Object.assign(unit, atlas.unitSquare(unit.lat, unit.lon));
        home.set(key, unit);
      }
      unit.items.push(i);
      unit.n += weight(data, i);
    }
    const byNumber = (a, b) => b.n - a.n || a.lat - b.lat;
    return { sharp: [...sharp.values()].sort(byNumber), areas: [...areas.values()].sort(byNumber) };
  }

  /* A grid over the screen finds what lies near a pixel, so that merging stays linear. */
  function Near(cell) {
    const grid = new Map();
    const key = (x, y) => Math.floor(x / cell) + "," + Math.floor(y / cell);
    return {
      add(mark) {
        const at = key(mark.px, mark.py);
        if (!grid.has(at)) grid.set(at, []);
        grid.get(at).push(mark);
      },
      find(x, y, test) {
        for (let i = -1; i <= 1; i++)
          for (let j = -1; j <= 1; j++)
            for (const mark of grid.get(key(x + i * cell, y + j * cell)) || [])
              if (test(mark)) return mark;
        return null;
      },
    };
  }

  /* Merge marks that come closer than `reach(a, b)` pixels (at most `cell`) into the fuller one. */
  function merged(marks, cell, reach) {
    const near = Near(cell);
    const kept = [];
    for (const mark of marks) {
      const host = near.find(mark.px, mark.py, (other) =>
        Math.hypot(other.px - mark.px, other.py - mark.py) < reach(other, mark));
      if (host) {
        if (!host.own) Object.assign(host, { units: host.units.slice(), items: host.items.slice(), own: true });
        for (const unit of mark.units) host.units.push(unit);
        for (const item of mark.items) host.items.push(item);
        host.n += mark.n;
      } else {
        kept.push(mark);
        near.add(mark);
      }
    }
    return kept;
  }

  function marksOf(units, zoom) {
    const world = 256 * Math.pow(2, zoom);
    return units.map((unit) => ({ x: unit.x, y: unit.y, lat: unit.lat, px: unit.x * world,
                                  py: unit.y * world, units: [unit], items: unit.items, n: unit.n }));
  }

  /* Discs by size: the fullest has the largest allowed, and area stays in proportion. */
  function sized(marks) {
    const fullest = marks.reduce((most, mark) => Math.max(most, mark.n), 1);
    const unit = Math.min(SINGLE, LARGEST / Math.sqrt(fullest));
    for (const mark of marks)
      mark.radius = Math.max(SINGLE, unit * Math.sqrt(mark.n));
    return marks.sort((a, b) => b.n - a.n);
  }

  function discs(units, zoom) {
    let marks = sized(merged(marksOf(units, zoom), TOUCH, () => TOUCH));
    for (let round = 0; round < 4; round++) {
      const before = marks.length;
      marks = sized(merged(marks, 2 * LARGEST, (a, b) => 0.8 * (a.radius + b.radius)));
      if (marks.length === before) break;
    }
    return marks;
  }

  function mixOf(items, data) {
    const counts = new Map();
    const add = (group, n) => counts.set(group, (counts.get(group) || 0) + n);
    for (const item of items) {
      if (!data.mix) add(data.group[item], 1);
      else for (let i = 0; i < data.mix[item].length; i += 2) add(data.mix[item][i], data.mix[item][i + 1]);
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([group, n]) => ({ group, n }));
  }

  atlas.marksAt = function (data, zoom) {
    data.gathered = data.gathered || gather(data);
    const sharp = discs(data.gathered.sharp, zoom);
    const areas = merged(marksOf(data.gathered.areas, zoom), BADGE, () => BADGE);
    for (const mark of sharp) {
      mark.mix = mixOf(mark.items, data);
      mark.draft = mark.items.every((item) => data.draft[item]);
      mark.reach = ringOf(mark, data, zoom);
    }
    for (const mark of areas) {
      mark.mix = mixOf(mark.items, data);
      mark.area = mark.units[0].area;
      mark.draft = mark.items.every((item) => data.draft[item]);
      const km = data.precisions[data.precision[mark.items[0]]].radius_km;
      const true_radius = km * kmInPixels(mark.lat, zoom);
      mark.radius = Math.min(RING.most, Math.max(RING.least, true_radius));
    }
    placeBadges(areas, sharp);
    return { sharp, areas };
  };

  /* The number of an area stands on the rim of its ring; where a numbered disc would lie under it,
     on the rim of that disc. */
  function placeBadges(areas, sharp) {
    const near = Near(2 * LARGEST);
    sharp.filter((mark) => mark.radius >= NUMBERED).forEach((mark) => near.add(mark));
    for (const area of areas) {
      area.dx = area.dy = area.radius * DIAGONAL;
      const [x, y] = [area.px + area.dx, area.py - area.dy];
      const disc = near.find(x, y, (mark) => Math.hypot(mark.px - x, mark.py - y) < mark.radius + 8);
      if (!disc) continue;
      area.dx = disc.px - area.px + (disc.radius + 7) * DIAGONAL;
      area.dy = area.py - disc.py + (disc.radius + 7) * DIAGONAL;
    }
  }

  /* Radius in pixels within which the least exactly placed incident of a disc lies; 0 for none. */
  function ringOf(mark, data, zoom) {
    let km = 0;
    for (const item of mark.items) {
      const precision = data.precisions[data.precision[item]];
      if (precision.name === "near" || precision.name === "sea") km = Math.max(km, precision.radius_km);
    }
    const pixels = km * kmInPixels(mark.lat, zoom);
    return pixels > mark.radius + 3 ? Math.min(pixels, 400) : 0;
  }

  /* ---- drawing ---- */

  function circle(pen, x, y, radius) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  }

  const patterns = new Map();
  function hatch(pen, colour) {
    const ratio = Math.round(pen.getTransform().a);
    const key = colour + ratio;
    if (patterns.has(key)) return patterns.get(key);
    const tile = document.createElement("canvas");
    tile.width = tile.height = 6 * ratio;
    const ink = tile.getContext("2d");
    ink.scale(ratio, ratio);
    ink.strokeStyle = colour;
    ink.lineWidth = 1;
    ink.beginPath();
    for (const shift of [-6, 0, 6]) {
      ink.moveTo(shift - 1, 7);
      ink.lineTo(shift + 7, -1);
    }
    ink.stroke();
    const pattern = pen.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / ratio));
    patterns.set(key, pattern);
    return pattern;
  }

  function number(pen, text, x, y, size) {
    pen.font = `600 ${size}px ${atlas.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(text, x, y + 0.5);
  }

  const short = (n) => (n < 1000 ? String(n) : (n / 1000).toFixed(n < 10000 ? 1 : 0) + "k");

  atlas.drawArea = function (pen, x, y, mark, data) {
    const colour = data.groups[mark.mix[0].group].colour;
    pen.save();
    circle(pen, x, y, mark.radius);
    pen.globalAlpha = 0.34;
    pen.fillStyle = hatch(pen, colour);
    pen.fill();
    pen.globalAlpha = 0.8;
    pen.strokeStyle = colour;
    pen.lineWidth = 1.25;
    if (mark.draft) pen.setLineDash([4, 3]);
    pen.stroke();
    pen.restore();
  };

  /* The same without the colours of groups, for layers whose colours mean numbers. */
  atlas.muted = (data) =>
    ({ ...data, groups: data.groups.map((group) => ({ ...group, colour: atlas.theme.faint })) });

  /* The number of an area, on the rim of its ring, so that a town in the middle stays visible. */
  atlas.drawAreaNumber = function (pen, x, y, mark, data) {
    const theme = atlas.theme;
    const text = short(mark.n);
    const [bx, by] = atlas.badgeAt(x, y, mark);
    pen.font = `600 11px ${atlas.font}`;
    const half = Math.max(8, pen.measureText(text).width / 2 + 5);
    pen.beginPath();
    pen.roundRect(bx - half, by - 8, 2 * half, 16, 8);
    pen.fillStyle = theme.paper;
    pen.fill();
    pen.strokeStyle = data.groups[mark.mix[0].group].colour;
    pen.lineWidth = 1.25;
    pen.stroke();
    pen.fillStyle = theme.ink;
    number(pen, text, bx, by, 11);
  };

  atlas.badgeAt = (x, y, mark) => [x + mark.dx, y - mark.dy];

  atlas.drawSharp = function (pen, x, y, mark, data) {
    if (mark.reach) {
      circle(pen, x, y, mark.reach);
      pen.strokeStyle = data.groups[mark.mix[0].group].colour;
      pen.globalAlpha = 0.55;
      pen.lineWidth = 1;
      pen.stroke();
      pen.globalAlpha = 1;
    }
    if (mark.n === 1) single(pen, x, y, mark, data);
    else several(pen, x, y, mark, data);
  };

  function single(pen, x, y, mark, data) {
    const group = data.groups[mark.mix[0].group];
    const draft = data.draft[mark.items[0]];
    const radius = draft ? mark.radius - 0.5 : mark.radius;
    pen.beginPath();
    if (group.state) pen.rect(x - radius * 0.89, y - radius * 0.89, radius * 1.78, radius * 1.78);
    else pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = draft ? atlas.theme.paper : group.colour;
    pen.fill();
    pen.strokeStyle = draft ? group.colour : atlas.theme.paper;
    pen.lineWidth = draft ? 2.25 : 1;
    pen.stroke();
  }

  function several(pen, x, y, mark, data) {
    const { radius, mix } = mark;
    const theme = atlas.theme;
    circle(pen, x, y, radius + 1);
    pen.fillStyle = theme.paper;
    pen.fill();
    let angle = -Math.PI / 2;
    for (const { group, n } of mix) {
      const end = angle + (n / mark.n) * 2 * Math.PI;
      pen.beginPath();
      pen.moveTo(x, y);
      pen.arc(x, y, radius, angle, end);
      pen.closePath();
      pen.fillStyle = data.groups[group].colour;
      pen.fill();
      angle = end;
    }
    if (radius < NUMBERED && !mark.draft) return;
    const thick = Math.max(2.25, Math.min(5, radius * 0.28));
    circle(pen, x, y, radius - thick);
    pen.fillStyle = theme.paper;
    pen.fill();
    if (radius < NUMBERED) return;
    pen.fillStyle = theme.ink;
    number(pen, short(mark.n), x, y, Math.min(13, Math.max(9.5, radius * 0.78)));
  }

  atlas.drawHalo = function (pen, x, y, radius) {
    circle(pen, x, y, radius + 4);
    pen.strokeStyle = atlas.theme.ink;
    pen.lineWidth = 2;
    pen.stroke();
  };
})();
