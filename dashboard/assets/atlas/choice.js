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

  const listeners = [];

  atlas.chosen = function (name) {
    const value = new URLSearchParams(atlas.page.location.search).get(name);
    return CHOICES[name].includes(value) ? value : CHOICES[name][0];
  };

  atlas.choose = function (name, value) {
    if (atlas.chosen(name) === value) return;
    const address = new URL(atlas.page.location.href);
    if (value === CHOICES[name][0]) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
    atlas.page.history.pushState({}, "", address);
    tell();
  };

  atlas.onChoice = (listener) => listeners.push(listener);

  let before = "";
  function tell() {
    const now = Object.keys(CHOICES).map(atlas.chosen).join(" ");
    if (now !== before) listeners.forEach((listener) => listener());
    before = now;
  }

  atlas.listen(atlas.page, "popstate", tell);
})();
