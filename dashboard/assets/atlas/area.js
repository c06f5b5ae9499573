/* An area that is drawn by hand: click its corners; it becomes a part of the filter.

   While it holds it stays on the map. A double-click, Enter or "Done" closes the ring, Esc gives
   up. The box of the view, beside it, is the way without a mouse. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});
  const MOST = 100; // corners
  const HOW = "Click the corners of the area; double-click or Enter closes it, Esc gives up.";

  let drawing = null; // {map, corners, line}
  let held = null; // the area of the filter, on the map

  atlas.drawing = () => Boolean(drawing);

  /* What the filter in a query holds, shown as long as it does. */
  atlas.showArea = function (map, query) {
    if (held) held.remove();
    held = null;
    const text = new URLSearchParams(query).get("polygon");
    if (!text) return;
    const ring = text.split(";").map((corner) => corner.split(",").map(Number).reverse());
    held = L.polygon(ring, { interactive: false, className: "atlas-area" }).addTo(map);
  };

  const pressed = (on) => atlas.areaButton.setAttribute("aria-pressed", String(on));

  function begin(map) {
    if (drawing) return end();
    const line = L.polygon([], { interactive: false, className: "atlas-area atlas-area-open" });
    drawing = { map, corners: [], line: line.addTo(map) };
    pressed(true);
    map.closePopup();
    map.doubleClickZoom.disable();
    map.getContainer().classList.add("atlas-drawing");
    map.on("click", corner);
    map.on("mousemove", follow);
    map.on("dblclick", close);
    document.addEventListener("keydown", key, true);
    atlas.say(map, HOW, { label: "Done", run: close });
  }

  function corner(event) {
    const { corners } = drawing;
    if (corners.length < MOST) corners.push(event.latlng);
    follow(event);
  }

  function follow(event) {
    const { corners, line } = drawing;
    line.setLatLngs(corners.length < MOST ? [...corners, event.latlng] : corners);
  }

  function key(event) {
    if (event.key !== "Escape" && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") close();
    else end();
  }

  function end() {
    const { map, line } = drawing;
    line.remove();
    pressed(false);
    map.off("click", corner);
    map.off("mousemove", follow);
    map.off("dblclick", close);
    document.removeEventListener("keydown", key, true);
    map.getContainer().classList.remove("atlas-drawing");
    atlas.say(map, "");
    // The double-click that closed the ring is still on its way to the map.
    setTimeout(() => { drawing = null; map.doubleClickZoom.enable(); }, 0);
  }

  /* Corners without those that a double-click set twice. */
  function apart(map, corners) {
    const pixel = (point) => map.latLngToContainerPoint(point);
    return corners.filter((point, i) => !i || pixel(point).distanceTo(pixel(corners[i - 1])) > 3);
  }

  function close() {
    const { map } = drawing;
    const corners = apart(map, drawing.corners);
    if (corners.length < 3) {
      atlas.say(map, `An area has at least three corners. ${HOW}`, { label: "Done", run: close });
      return;
    }
    const middle = corners.reduce((sum, { lng }) => sum + lng, 0) / corners.length;
    const shift = 360 * Math.round(middle / 360); // drawn on a copy of the world
    const degrees = (value, most) => String(Number(Math.max(-most, Math.min(most, value)).toFixed(4)));
    const polygon = corners.map(({ lat, lng }) => `${degrees(lng - shift, 180)},${degrees(lat, 90)}`);
    end();
    atlas.tellPage({ polygon: polygon.join(";") });
  }

  atlas.beginArea = begin;
})();
