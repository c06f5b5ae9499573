/* What of the map is chosen beside the filter: layer, colours, measure. It stands in the address of
   the page, so that a link shows the same and Back takes it back; the page is not run for it. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  /* Each choice with what it may be, the first when the address says nothing. `address.py` knows
     the same names. */
  const CHOICES = {
    layer: ["incidents", "heat", "hexagons", "districts", "provinces", "change"],
    colour: ["group", "type", "status", "source"],
    measure: ["incidents", "killed", "rate"],
    by: ["hexagons", "districts", "provinces"],
  };

  function page() {
    try {
      return window.parent.location.search === undefined ? window : window.parent;
    } catch (error) {
      return window; // under a page of another site: the frame's own address
    }
  }

  const listeners = [];

  atlas.chosen = function (name) {
    const value = new URLSearchParams(page().location.search).get(name);
    return CHOICES[name].includes(value) ? value : CHOICES[name][0];
  };

  atlas.choose = function (name, value) {
    if (atlas.chosen(name) === value) return;
    const address = new URL(page().location.href);
    if (value === CHOICES[name][0]) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
    page().history.pushState({}, "", address);
    tell();
  };

  atlas.onChoice = (listener) => listeners.push(listener);

  let before = "";
  function tell() {
    const now = Object.keys(CHOICES).map(atlas.chosen).join(" ");
    if (now !== before) listeners.forEach((listener) => listener());
    before = now;
  }

  const outside = page();
  outside.addEventListener("popstate", tell);
  window.addEventListener("pagehide", () => outside.removeEventListener("popstate", tell));
})();
