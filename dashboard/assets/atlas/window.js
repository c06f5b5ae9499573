/* The window of time that the timeline plays (play.js): the map shows what touches it.

   The page says a window with an event on its own document (page.js); nothing of it runs the page.
   Where the browser has every incident it
   filters by itself; of a large answer it asks the cells of the window, the next one ahead. An
   incident whose date is known less exactly is shown in every window that it may belong to, as
   the filter would. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});
  const DAY = 86400000;

  let shown = null; // {since, until} as ISO days, and {next}: the window to fetch ahead
  let ahead = null; // an address and its promised answer

  const dayOf = (iso) => Date.parse(iso + "T00:00:00Z") / DAY;
  const same = (a, b) => (a && b ? a.since === b.since && a.until === b.until : !a && !b);

  /* What of an answer is in the window. Items keep their places: one outside is only hidden. */
  atlas.inWindow = function (data) {
    if (!shown || data.cells) return shown ? { ...data, window: shown } : data;
    const [from, to] = [dayOf(shown.since), dayOf(shown.until)];
    const hidden = new Uint8Array(data.lat.length);
    let count = 0;
    let loose = 0;
    for (let i = 0; i < hidden.length; i++) {
      const first = data.day[i];
      const last = first + data.span[i];
      hidden[i] = first === null || first > to || last < from;
      if (hidden[i]) continue;
      count += 1;
      loose += first < from || last > to;
    }
    return { ...data, hidden, count, loose, gathered: null, window: shown };
  };

  /* The query of what is shown: a filter's, with the window for its period. */
  atlas.windowQuery = function (query, wanted = shown) {
    if (!wanted) return query;
    const params = new URLSearchParams(query);
    params.set("since", wanted.since);
    params.set("until", wanted.until);
    return params.toString();
  };

  atlas.cellsAddress = (zoom, view, query) => `/map/cells/${zoom}/${view}` + (query ? "?" + query : "");

  /* Ask for cells, or take the answer that was asked for ahead. */
  atlas.askCells = function (address, options) {
    const kept = ahead && ahead.head === atlas.stage.head && ahead.address === address;
    return kept ? ahead.answer : atlas.ask(address, options);
  };

  function askAhead(map) {
    if (!shown || !shown.next || !atlas.stage.head) return;
    const query = atlas.windowQuery(atlas.stage.head.words, shown.next);
    const address = atlas.cellsAddress(Math.round(map.getZoom()), atlas.viewOf(map).words, query);
    const { head } = atlas.stage; // another one after any change of the project
    if (ahead && ahead.head === head && ahead.address === address) return;
    const answer = atlas.ask(address, { cache: "no-cache" });
    ahead = { head, address, answer };
    answer.catch(() => { ahead = null; }); // asked again, and told, when it is wanted
  }

  function show(map, wanted) {
    shown = wanted;
    const stage = atlas.stage;
    if (!stage || !stage.whole) return;
    map.closePopup();
    atlas.loadLayer(map);
    if (!stage.head) stage.show(stage.whole, stage.query);
    else if (same(stage.data.window, shown)) stage.redraw();
    else atlas.loadView(map);
  }

  function words({ since, until }, { count, loose }) {
    const sure = count - (loose || 0);
    const said = `${spoken(since, until)}: ${sure.toLocaleString("en")} incident${sure === 1 ? "" : "s"}`;
    return loose ? `${said}, and ${loose.toLocaleString("en")} that may be of these days` : said;
  }

  function spoken(since, until) {
    const say = (iso, parts) => new Date(iso + "T00:00:00Z").toLocaleDateString("en-GB",
      { day: "numeric", timeZone: "UTC", ...parts });
    const end = say(until, { month: "short", year: "numeric" });
    if (since === until) return end;
    const month = since.slice(0, 7) === until.slice(0, 7) ? {} : { month: "short" };
    const year = since.slice(0, 4) === until.slice(0, 4) ? {} : { year: "numeric" };
    return `${say(since, { ...month, ...year })} – ${end}`;
  }

  function drawn(map, box) {
    const data = atlas.stage.data;
    if (!same(data.window, shown)) return; // the answer to an older question
    box.hidden = !shown;
    box.textContent = shown ? words(shown, data) : "";
    if (!shown) return;
    atlas.announce("atlas:window-drawn", { since: shown.since, until: shown.until, count: data.count });
    askAhead(map);
  }

  atlas.startWindow = function (map) {
    const box = L.DomUtil.create("div", "atlas-window", map.getContainer());
    box.hidden = true;
    map.on("atlas:drawn", () => drawn(map, box));
    map.on("atlas:failed", () => { if (shown) atlas.announce("atlas:window-drawn", { ...shown, failed: true }); });
    atlas.playing = () => Boolean(shown);
    atlas.hear("atlas:window", (wanted) => show(map, wanted));
    atlas.announce("atlas:map-ready", null);
  };
})();
