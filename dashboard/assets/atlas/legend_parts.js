/* Parts of a legend that layers put together: classes, a ramp, circles, signs, notes, choices. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const PRECISIONS = [
    ["sharp", "Exact site or known town"],
    ["draft", "Hollow: draft, not yet reviewed"],
    ["near", "Ring: somewhere within this distance"],
    ["area", "Hatched: district or province only"],
    ["several", "Area and number: incidents here"],
    ["state", "Square: a government’s own forces"],
  ];

  function node(tag, className, text) {
    const made = L.DomUtil.create(tag, className);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function picture(width, height, paint) {
    const canvas = node("canvas", "");
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = width + "px";
    canvas.style.height = height + "px";
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(pen);
    return canvas;
  }

  function sample(kind) {
    const ink = atlas.theme.faint;
    const many = kind === "several" ? 7 : 1;
    const data = { groups: [{ colour: ink, state: kind === "state" }], draft: [kind === "draft"] };
    const mark = { items: [0], n: many, mix: [{ group: 0, n: many }], radius: 5, reach: 0 };
    if (kind === "near") Object.assign(mark, { radius: 3.5, reach: 10 });
    if (kind === "several") mark.radius = 10;
    const canvas = picture(30, 24, (pen) => {
      if (kind === "area") atlas.drawArea(pen, 15, 12, { ...mark, radius: 10 }, data);
      else atlas.drawSharp(pen, 15, 12, mark, data);
    });
    canvas.className = "atlas-sample";
    return canvas;
  }

  function entry(picture, text, count) {
    const row = node("li");
    row.append(picture, node("span", "atlas-legend-text", text));
    if (count !== undefined) row.append(node("span", "atlas-legend-count", count));
    return row;
  }

  atlas.legendEntry = entry;

  /* The signs of incidents, all of them or some. */
  atlas.legendSigns = function (box, kinds) {
    const marks = node("ul", "atlas-legend-marks");
    marks.append(...PRECISIONS.filter(([kind]) => !kinds || kinds.includes(kind))
      .map(([kind, words]) => entry(sample(kind), words)));
    box.append(marks);
  };

  /* Rows of [colour, words]. */
  atlas.legendClasses = function (box, title, rows) {
    const list = node("ul", "atlas-legend-classes");
    for (const [colour, words, count] of rows) {
      const patch = node("span", "atlas-patch");
      if (colour) patch.style.background = colour;
      list.append(entry(patch, words, count));
    }
    box.append(node("h4", "", title), list);
  };

  atlas.legendNote = (box, words) => box.append(node("p", "atlas-legend-note", words));

  /* What is known only to a district or province stands on top as it always does. */
  atlas.legendStacks = function (box, number, where) {
    if (!number) return;
    atlas.legendSigns(box, ["area"]);
    atlas.legendNote(box, `+ ${atlas.plain(number)} known only to a district or province, ${where}.`);
  };

  const WIDE = 226; // of a picture in the legend, in pixels

  /* The ramp as one band, with words at places from 0 to 1 along it. */
  atlas.legendRamp = function (box, title, places) {
    const band = picture(WIDE, 12, (pen) => {
      const fill = pen.createLinearGradient(0, 0, WIDE, 0);
      atlas.ramp().forEach((colour, i, all) => fill.addColorStop(i / (all.length - 1), colour));
      pen.fillStyle = fill;
      pen.fillRect(0, 0, WIDE, 12);
    });
    const words = node("div", "atlas-legend-scale");
    for (const [place, text] of places) {
      const label = node("span", "", text);
      label.style.left = `${place * 100}%`;
      label.style.transform = `translateX(-${place * 100}%)`;
      words.append(label);
    }
    box.append(node("h4", "", title), band, words);
  };

  /* Circles in one another with their numbers: rows of [radius, words], the largest first. */
  atlas.legendCircles = function (box, title, rows, colour) {
    const largest = rows.length ? rows[0][0] : 0;
    const high = 2 * largest + 8;
    const drawing = picture(WIDE, high, (pen) => {
      pen.font = `12px ${atlas.font}`;
      pen.textBaseline = "middle";
      rows.forEach(([radius, words]) => {
        pen.beginPath();
        pen.arc(largest + 1, high - 2 - radius, radius, 0, 2 * Math.PI);
        pen.globalAlpha = 0.3;
        pen.fillStyle = colour;
        pen.fill();
        pen.globalAlpha = 1;
        pen.strokeStyle = pen.fillStyle = atlas.theme.faint;
        pen.stroke();
        const y = high - 2 - 2 * radius;
        pen.beginPath();
        pen.moveTo(largest + 1, y);
        pen.lineTo(2 * largest + 12, y);
        pen.stroke();
        pen.fillStyle = atlas.theme.ink;
        pen.fillText(words, 2 * largest + 16, Math.min(high - 6, Math.max(6, y)));
      });
    });
    box.append(node("h4", "", title), drawing);
  };

  /* A choice that stands in the address: options of [value, words]. */
  atlas.legendSelect = function (box, title, name, options) {
    const field = node("label", "atlas-legend-field");
    const list = node("select");
    list.name = name;
    for (const [value, words] of options) {
      const option = node("option", "", words);
      option.value = value;
      list.append(option);
    }
    list.value = atlas.chosen(name);
    if (!list.value) list.value = options[0][0];
    list.addEventListener("change", () => atlas.choose(name, list.value));
    field.append(node("span", "", title), list);
    box.append(field);
  };
})();
