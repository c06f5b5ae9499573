/* An open map follows its project: when somebody adds or changes incidents, the page is told to
   answer anew. The map stays where it is. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});
  const EVERY = 1000; // milliseconds
  let told = null; // the newest revision that the page was told of

  function look() {
    if (document.hidden || atlas.revision === undefined) return;
    atlas.ask("/healthz", { cache: "no-store" })
      .then(({ revision }) => {
        if (revision === atlas.revision || revision === told) return;
        told = revision;
        atlas.tellPage({ changed: revision });
      })
      .catch(() => {}); // the server is away: the map says so when it next asks for something
  }

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
})();
