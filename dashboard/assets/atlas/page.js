/* The map's frame and the page around it speak by events on the page's document, which both reach
   because they come from one server. Unlike `atlas.tellPage`, none of it runs the page. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  atlas.announce = function (name, detail) {
    try {
      const page = window.parent;
      page.document.dispatchEvent(new page.CustomEvent(name, { detail }));
    } catch (error) {
      return; // the frame stands alone, or under a page of another site: nobody listens
    }
  };

  atlas.hear = function (name, act) {
    try {
      const page = window.parent.document;
      const listener = (event) => act(event.detail);
      page.addEventListener(name, listener);
      window.addEventListener("pagehide", () => page.removeEventListener(name, listener));
    } catch (error) {
      return; // as above: nobody speaks
    }
  };

  /* Where the map is looking, for the table that can follow it (follow.js). */
  atlas.startExtent = function (map) {
    const say = () => {
      const b = map.getBounds();
      const box = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
      const { since, until } = (atlas.stage && atlas.stage.data && atlas.stage.data.window) || {};
      atlas.announce("atlas:extent", {
        box: box.map((degrees) => Number(degrees.toFixed(4))), since: since || null, until: until || null,
      });
    };
    map.on("moveend atlas:drawn", say);
    atlas.hear("atlas:where", say);
    say();
  };
})();
