/* The filter stands in the address of the page, which changes as soon as the server has taken a
   choice, before the page draws its lists and tells the map. The map asks for it then: while the
   page draws, nothing else in the browser runs. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  /* The filter of an address, as the server writes it (`Filter.to_query`). */
  atlas.filterOf = function (search) {
    const params = new URLSearchParams(search);
    [...params.keys()].forEach((name) => { if (!atlas.filterParts.includes(name)) params.delete(name); });
    return params.toString().replace(/%7E/g, "~").replace(/\*/g, "%2A");
  };

  atlas.followAddress = function (map, parts) {
    const { location, navigation } = atlas.page;
    if (!navigation) return; // the browser does not say: the page will
    atlas.filterParts = parts;
    const path = location.pathname; // of the page Map
    atlas.listen(navigation, "currententrychange", () => {
      if (location.pathname === path) atlas.askAhead(map, atlas.filterOf(location.search));
    });
  };
})();
