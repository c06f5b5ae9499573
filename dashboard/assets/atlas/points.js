/* The incidents of a filter: asked from our server, drawn on one canvas, hit-tested by hand.

   st_folium removes the old layer and adds the new one when the filter changes. The canvas and the
   old marks stay until the new answer is there, so nothing flickers; an answer that a newer
   question has overtaken is dropped, so nothing stale shows. Of a large project only the cells in
   view are asked, again after every move. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  const PANEL = 430; // width of the panel that opens over the map, in pixels

  const Stage = atlas.Canvas.extend({
    options: { pane: "overlayPane" },
    draw(pen, frame) {
      this.hits = [];
      if (!this.data) return;
      const zoom = Math.round(frame.zoom);
      if (this._markedZoom !== zoom) {
        this.marks = atlas.marksAt(this.data, zoom);
        this._markedZoom = zoom;
      }
      const world = 256 * Math.pow(2, frame.zoom);
      const shown = (marks) => this._shown(marks, world, frame);
      const all = { areas: shown(this.marks.areas), sharp: shown(this.marks.sharp) };
      const layer = atlas.layer();
      const places = atlas.facts ? layer.draw(pen, frame, this) : 0;
      const areas = all.areas.filter(({ mark }) => layer.keeps(mark));
      const sharp = layer.sharp ? all.sharp : [];
      // Large under small: rings, then discs, then the numbers of the rings.
      areas.sort((a, b) => b.mark.radius - a.mark.radius);
      sharp.sort((a, b) => b.mark.radius - a.mark.radius);
      const stacked = layer.sharp ? this.data : atlas.muted(this.data);
      areas.forEach(({ x, y, mark }) => atlas.drawArea(pen, x, y, mark, stacked));
      sharp.forEach(({ x, y, mark }) => atlas.drawSharp(pen, x, y, mark, this.data));
      areas.forEach(({ x, y, mark }) => atlas.drawAreaNumber(pen, x, y, mark, stacked));
      [...areas, ...sharp].forEach(({ x, y, mark }) => {
        if (this.selected >= 0 && mark.items.includes(this.selected))
          atlas.drawHalo(pen, x, y, mark.radius);
      });
      const at = this._unmarked(layer);
      if (at) this._ring(pen, at, world, frame);
      this.hits = { areas, sharp, origin: frame.origin };
      this._tell(all, { layer: layer.name, places, discs: sharp.length });
    },
    _shown(marks, world, frame) {
      const found = [];
      for (const mark of marks) {
        const margin = Math.max(mark.radius, mark.reach || 0) + 20;
        for (const shift of [-world, 0, world]) {
          const x = mark.x * world + shift - frame.origin.x;
          const y = mark.y * world - frame.origin.y;
          if (x > -margin && y > -margin && x < frame.size.x + margin && y < frame.size.y + margin)
            found.push({ x, y, mark });
        }
      }
      return found;
    },
    /* Where the open incident lies, if no mark of its own is drawn: it is one of a cell's. */
    _unmarked(layer) {
      if (this.selected < 0 || layer.sharp) return this.selected < 0 ? this.point : null;
      return [this.data.lat[this.selected], this.data.lon[this.selected]];
    },
    _ring(pen, at, world, frame) {
      const { x, y } = atlas.unitSquare(...at);
      for (const shift of [-world, 0, world])
        atlas.drawHalo(pen, x * world + shift - frame.origin.x, y * world - frame.origin.y, 6);
    },
    /* What is drawn, in words and numbers: for screen readers, tests and benchmarks. */
    _tell({ sharp, areas }, layer) {
      const inView = [...sharp, ...areas].filter(({ x, y }) => this._inside(x, y));
      const seen = new Set();
      inView.forEach(({ mark }) => mark.items.forEach((item) => seen.add(item)));
      const weight = (item) => (this.data.n ? this.data.n[item] : 1);
      const number = [...seen].reduce((sum, item) => sum + weight(item), 0);
      atlas.drawn = { query: this.query, revision: this.data.revision, count: this.data.count,
                      marks: sharp.length + areas.length, inView: number, at: Date.now(), ...layer };
      this._map.fire("atlas:drawn", atlas.drawn);
    },
    _inside(x, y) {
      const size = this._map.getSize();
      const pad = size.multiplyBy(this.margin);
      return x >= pad.x && y >= pad.y && x <= pad.x + size.x && y <= pad.y + size.y;
    },
    show(data, query) {
      this.whole = data;
      this.data = atlas.inWindow(data);
      this.query = query;
      this._markedZoom = null;
      this.select(this.selectedId, this.told);
    },
    select(id, point) {
      const before = this.selected >= 0 ? this.selected : this.ringed;
      this.selectedId = id;
      this.told = point;
      this.point = id && this.data && this.data.cells ? point : null;
      this.ringed = this.point ? id : "";
      this.selected = id && this.data && this.data.id ? this.data.id.indexOf(id) : -1;
      this.redraw();
      const now = this.selected >= 0 ? this.selected : this.ringed;
      if ((this.selected >= 0 || this.point) && now !== before) this._reveal();
    },
    /* Keep the open incident in sight, left of the panel that lies over the map's right side. */
    _reveal() {
      const { lat, lon } = this.data;
      const at = this.point || [lat[this.selected], lon[this.selected]];
      const point = this._map.latLngToContainerPoint(at);
      const size = this._map.getSize();
      const free = size.x > PANEL * 1.5 ? size.x - PANEL : size.x;
      const inside = point.x > 20 && point.y > 20 && point.x < free - 20 && point.y < size.y - 20;
      if (!inside) this._map.panBy([point.x - free / 2, point.y - size.y / 2]);
    },
    /* The mark under a point of the map's container; small marks first, then rings. */
    at(containerPoint) {
      if (!this.hits.sharp) return null;
      const point = this._map.containerPointToLayerPoint(containerPoint)
        .add(this._map.getPixelOrigin()).subtract(this.hits.origin);
      const near = ({ x, y, mark }) => Math.hypot(point.x - x, point.y - y) <= mark.radius + 3;
      const onBadge = ({ x, y, mark }) => {
        const [bx, by] = atlas.badgeAt(x, y, mark);
        return Math.abs(point.x - bx) <= 14 && Math.abs(point.y - by) <= 10;
      };
      const last = (list, test) => list.slice().reverse().find(test);
      const hit = last(this.hits.areas, onBadge) || last(this.hits.sharp, near)
        || last(this.hits.areas, near);
      return hit ? hit.mark : null;
    },
  });

  function stageOf(map) {
    if (!atlas.stage) {
      atlas.stage = new Stage().addTo(map);
      atlas.stage.hits = [];
      map.on("click", (event) => {
        if (atlas.drawing()) return;
        const mark = atlas.stage.at(event.containerPoint);
        if (mark) return atlas.openMark(map, mark, atlas.stage.data, event.latlng);
        const place = atlas.layer().at(event.latlng);
        if (place) atlas.layer().open(map, place, event.latlng);
      });
      map.on("moveend", () => loadView(map));
      atlas.onChoice(() => {
        const { query, revision } = atlas.question();
        if (askedWords !== coloured(query)) ask(map, query, revision);
      });
      map.on("mousemove", (event) => {
        const over = atlas.stage.at(event.containerPoint) || atlas.layer().at(event.latlng);
        map.getContainer().classList.toggle("atlas-over-mark", Boolean(over));
      });
    }
    return atlas.stage;
  }

  let askedWords = null; // of the newest question
  let asked = 0; // number of the newest question
  let abort = null;
  let fitted = false;

  /* The filter with what the incidents are coloured by, where that is not the group. */
  function coloured(query) {
    const colour = atlas.chosen("colour");
    return colour === "group" ? query : [query, "colour=" + colour].filter(Boolean).join("&");
  }

  function ask(map, query, revision) {
    const mine = ++asked;
    const stage = stageOf(map);
    if (abort) abort.abort();
    abort = new AbortController();
    atlas.asked(map, query, revision);
    const slow = setTimeout(() => atlas.say(map, "Loading incidents …"), 700);
    const words = coloured(query);
    askedWords = words;
    // Of a large project the cells in view are asked for with it: in a second question they would
    // wait until the page has drawn its lists.
    const ahead = stage.head && atlas.windowQuery(words) === words ? viewNow(map, words) : null;
    const asking = ahead ? [words, `view=${ahead.zoom}/${ahead.view}`].filter(Boolean).join("&") : words;
    atlas.ask(atlas.withQuery("/map/points", asking), { signal: abort.signal, cache: "no-cache" })
      .then((data) => {
        if (mine !== asked) return;
        atlas.say(map, "");
        if (query !== stage.query) map.closePopup(); // not while the project grows under it
        atlas.legend(map, data);
        stage.head = data.cells ? Object.assign(data, { query, words }) : null;
        loaded = null;
        if (!fitted && data.bounds) {
          fitted = true;
          atlas.fit(map, data, false);
        }
        if (data.cells && data.view) showView(stage.head, ahead, data.view);
        if (data.cells) loadView(map);
        else stage.show(data, query);
      })
      .catch((error) => {
        if (error.name === "AbortError" || mine !== asked) return;
        atlas.say(map, `The incidents could not be loaded: ${error.message}`);
      })
      .finally(() => clearTimeout(slow));
  }

  function isAsked(query, revision) {
    const newest = atlas.question();
    return newest.query === query && newest.revision === revision;
  }

  /* The page has another filter in its address; it says so itself when it has drawn the rest. */
  atlas.askAhead = function (map, query) {
    if (atlas.revision === undefined) return; // the page has not said anything yet
    atlas.showArea(map, query);
    if (!isAsked(query, atlas.revision)) ask(map, query, atlas.revision);
  };

  /* ---- a large project: what is in view, in cells ---- */

  let loaded = null; // zoom and bounds of the cells that are drawn
  let viewAsked = 0;
  let viewAbort = null;

  function viewNow(map, query) {
    const { bounds, words } = atlas.viewOf(map);
    return { zoom: Math.round(map.getZoom()), query, bounds, view: words };
  }

  function showView(head, view, cells) {
    loaded = view;
    atlas.stage.show({ ...head, ...cells, query: view.query, count: cells.total }, head.query);
  }

  function loadView(map) {
    const stage = atlas.stage;
    const head = stage.head;
    if (!head) return;
    const view = viewNow(map, atlas.windowQuery(head.words));
    const inside = loaded && loaded.zoom === view.zoom && loaded.bounds.contains(map.getBounds());
    if (inside && loaded.query === view.query) return;
    const mine = ++viewAsked;
    if (viewAbort) viewAbort.abort();
    viewAbort = new AbortController();
    const address = atlas.cellsAddress(view.zoom, view.view, view.query);
    atlas.askCells(address, { signal: viewAbort.signal, cache: "no-cache" })
      .then((cells) => {
        const wanted = head === stage.head && view.query === atlas.windowQuery(head.words);
        if (mine !== viewAsked || !wanted) return; // a newer question has overtaken it
        showView(head, view, cells);
      })
      .catch((error) => {
        if (error.name === "AbortError" || mine !== viewAsked) return;
        atlas.say(map, `The incidents could not be loaded: ${error.message}`);
        map.fire("atlas:failed");
      });
  }
  atlas.loadView = loadView;

  /* Room that an open legend takes at the right, where the map is wide enough to spare it. */
  function legendWidth(map) {
    const legend = map.getContainer().querySelector(".atlas-legend[open]");
    const wide = map.getSize().x > 620;
    return legend && wide ? legend.offsetWidth + 30 : 40;
  }

  atlas.fit = function (map, data, animate) {
    if (!data || !data.bounds) return;
    const [west, south, east, north] = data.bounds;
    map.fitBounds([[south, west], [north, east]],
                  { paddingTopLeft: [50, 40], paddingBottomRight: [legendWidth(map), 40],
                    maxZoom: 7, animate: animate !== false });
  };

  /* The layer that st_folium knows: it only says which filter is meant. */
  const Incidents = L.Layer.extend({
    initialize(options) { this._options = options; },
    onAdd(map) {
      const { query, revision, selected, point } = this._options;
      const stage = stageOf(map);
      atlas.showArea(map, query);
      atlas.revision = revision;
      if (isAsked(query, revision)) {
        if (selected !== stage.selectedId) stage.select(selected, point);
        return;
      }
      stage.selectedId = selected;
      stage.told = point;
      ask(map, query, revision);
    },
    onRemove() {}, // the marks stay until the next filter's are there
  });
  atlas.incidents = (options) => new Incidents(JSON.parse(options));
})();
