/* The map under the incidents: theme, a canvas that follows the map, land, borders and labels. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  /* The window of the page around the frame, or the frame's own where it cannot be seen. */
  function page() {
    try {
      return window.parent.location.search === undefined ? window : window.parent;
    } catch (error) {
      return window; // under a page of another site
    }
  }
  atlas.page = page();

  /* Listen to the page for as long as the frame is there. */
  atlas.listen = function (target, event, listener) {
    target.addEventListener(event, listener);
    window.addEventListener("pagehide", () => target.removeEventListener(event, listener));
  };

  /* ---- theme: the page's, which a component frame is told with every render ---- */

  const THEMES = {
    light: {
      sea: "#e9eff3", land: "#f8f8f7", country: "#a3a9af", province: "#d3d7da",
      label: "#4d555c", sublabel: "#656d74", halo: "#f8f8f7",
      ink: "#1c2126", paper: "#ffffff", faint: "#5f676e",
    },
    dark: {
      sea: "#12181d", land: "#1e2327", country: "#59626a", province: "#343b41",
      label: "#a3abb2", sublabel: "#858e96", halo: "#1e2327",
      ink: "#e8ebee", paper: "#15181b", faint: "#98a1a9",
    },
  };

  const paper = atlas.page.matchMedia("print");
  atlas.themes = THEMES;

  function pageTheme() {
    if (paper.matches) return "light";
    try {
      const app = window.parent.document.querySelector(".stApp");
      const [r, g, b] = getComputedStyle(app).backgroundColor.match(/\d+/g).map(Number);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
    } catch (error) {
      // The frame stands alone, or the page cannot be read: ask the browser instead.
      return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    }
  }

  function setTheme(name) {
    if (atlas.themeName === name) return;
    atlas.themeName = name;
    atlas.theme = THEMES[name];
    document.documentElement.dataset.theme = name;
    if (atlas.map) atlas.map.fire("atlas:theme");
  }

  setTheme(pageTheme());
  atlas.listen(paper, "change", () => setTheme(pageTheme()));
  if (window.Streamlit) {
    window.Streamlit.events.addEventListener("streamlit:render", () =>
      // The page repaints after it has told its frames.
      requestAnimationFrame(() => setTheme(pageTheme()))
    );
  }

  /* ---- a canvas as large as the view and a margin, moved with the map, redrawn when it rests */

  atlas.Canvas = L.Layer.extend({
    margin: 0.25, // of the view, on each side, so that a small pan shows no empty edge
    onAdd(map) {
      this._map = map;
      this._node = L.DomUtil.create("canvas", "atlas-canvas leaflet-zoom-animated");
      this.getPane(this.options.pane).appendChild(this._node);
      this.redraw();
    },
    onRemove() {
      this._node.remove();
      this._node = null;
    },
    getEvents() {
      const events = { moveend: this.redraw, resize: this.redraw, "atlas:theme": this.redraw };
      if (this._map.options.zoomAnimation) events.zoomanim = this._zoom;
      return events;
    },
    _zoom(event) {
      const scale = this._map.getZoomScale(event.zoom, this._drawnZoom);
      const corner = this._map._latLngToNewLayerPoint(this._corner, event.zoom, event.center);
      L.DomUtil.setTransform(this._node, corner, scale);
    },
    redraw() {
      const map = this._map;
      if (!this._node || !map) return;
      const size = map.getSize();
      if (!size.x || !size.y) return;
      const pad = size.multiplyBy(this.margin).round();
      const topLeft = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
      const whole = size.add(pad.multiplyBy(2));
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const node = this._node;
      const width = Math.round(whole.x * ratio);
      const height = Math.round(whole.y * ratio);
      if (node.width !== width || node.height !== height) {
        node.width = width;
        node.height = height;
        node.style.width = whole.x + "px";
        node.style.height = whole.y + "px";
      }
      L.DomUtil.setTransform(node, topLeft, 1);
      this._drawnZoom = map.getZoom();
      this._corner = map.layerPointToLatLng(topLeft);
      const origin = map.getPixelOrigin().add(topLeft);
      const pen = node.getContext("2d");
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, whole.x, whole.y);
      /* World pixels at this zoom, less `origin`, are canvas pixels. */
      this.draw(pen, { origin, size: whole, zoom: map.getZoom(), view: size, pad });
    },
  });

  /* ---- land and borders: small canvas tiles from our own outlines ---- */

  const Ground = L.GridLayer.extend({
    options: { tileSize: 512, minZoom: 0, maxZoom: 18, updateWhenZooming: false, keepBuffer: 1,
               noWrap: false, pane: "tilePane", className: "atlas-ground" },
    createTile(coords, done) {
      const tile = L.DomUtil.create("canvas");
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      tile.width = tile.height = 512 * ratio;
      const world = Math.pow(2, coords.z) / 2; // tiles of 512 pixels in a row
      const x = ((coords.x % world) + world) % world;
      fetch(`/base/${coords.z}/${x}/${coords.y}`)
        .then((answer) => {
          if (!answer.ok) throw new Error(`base map: ${answer.status}`);
          return answer.json();
        })
        .then((shapes) => {
          tile.shapes = shapes;
          this.paint(tile);
          done(null, tile);
        })
        .catch((error) => done(error, tile));
      return tile;
    },
    paint(tile) {
      const theme = atlas.theme;
      const pen = tile.getContext("2d");
      const scale = tile.width / tile.shapes.extent;
      const line = tile.width / 512;
      pen.clearRect(0, 0, tile.width, tile.height);
      const trace = (path) => {
        for (let i = 0; i < path.length; i += 2) {
          const [x, y] = [path[i] * scale, path[i + 1] * scale];
          if (i) pen.lineTo(x, y);
          else pen.moveTo(x, y);
        }
      };
      pen.lineJoin = pen.lineCap = "round";
      pen.fillStyle = theme.land;
      pen.beginPath();
      tile.shapes.land.forEach((ring) => { trace(ring); pen.closePath(); });
      pen.fill("evenodd");
      const stroke = (paths, colour, width, dash) => {
        if (!paths || !paths.length) return;
        pen.strokeStyle = colour;
        pen.lineWidth = width * line;
        pen.setLineDash(dash.map((length) => length * line));
        pen.beginPath();
        paths.forEach(trace);
        pen.stroke();
        pen.setLineDash([]);
      };
      stroke(tile.shapes.province, theme.province, 0.8, []);
      stroke(tile.shapes.country, theme.country, 1, []);
      stroke(tile.shapes.disputed, theme.country, 1, [4, 3]);
    },
    repaint() {
      Object.values(this._tiles).forEach(({ el }) => { if (el.shapes) this.paint(el); });
    },
  });

  atlas.font = '"Atlas Sans", system-ui, sans-serif';

  function unitSquare(latitude, longitude) {
    const point = L.CRS.EPSG3857.latLngToPoint(L.latLng(latitude, longitude), 0);
    return { x: point.x / 256, y: point.y / 256 };
  }
  atlas.unitSquare = unitSquare;

  /* The JSON that one of our addresses answers; what it complains of is the error. */
  atlas.ask = (address, options) => fetch(address, options).then((answer) =>
    answer.json().then((body) => {
      if (!answer.ok) throw new Error(body.error);
      return body;
    }));

  /* Where the system asks for less motion the map jumps instead of gliding. */
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (calm) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, inertia: false });
    const panBy = L.Map.prototype.panBy;
    L.Map.include({
      panBy(offset, options) { return panBy.call(this, offset, { ...options, animate: false }); },
      flyTo(center, zoom) { return this.setView(center, zoom, { animate: false }); },
    });
  }

  /* What a screen reader calls the frame and the map in it. */
  function nameTheMap(map) {
    const name = "Map of the incidents; the table below it lists the same ones";
    map.getContainer().setAttribute("role", "region");
    map.getContainer().setAttribute("aria-label", name);
    // folium forbids to enlarge the page where the frame stands alone.
    document.querySelector("meta[name='viewport']").content = "width=device-width, initial-scale=1";
    try {
      window.frameElement.setAttribute("aria-label", name);
    } catch (error) {
      return; // the frame stands alone, or under a page of another site
    }
  }

  atlas.start = function (map, credits, filterParts) {
    atlas.map = map;
    atlas.credits = credits || "";
    nameTheMap(map);
    if (map.getSize().x < 620) map.setMinZoom(1); // a phone can still show the whole world
    map.createPane("atlas-labels").style.zIndex = 350; // above land, below incidents
    map.getPane("atlas-labels").style.pointerEvents = "none";
    const ground = new Ground().addTo(map);
    map.on("atlas:theme", () => ground.repaint());
    const labels = atlas.labels(map);
    atlas.showOwnGround = (_, shown) => [ground, labels].forEach((layer) =>
      (shown ? layer.addTo(map) : layer.remove()));
    atlas.controls(map);
    atlas.grounds(map);
    atlas.startWindow(map);
    atlas.startExtent(map);
    atlas.followAddress(map, filterParts);
  };
})();
