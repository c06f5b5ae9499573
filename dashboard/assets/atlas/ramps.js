/* Colours of numbers: classes and ramps for the theme, and rows of the legend for them. */
(function () {
  "use strict";
  const atlas = (window.atlas = window.atlas || {});

  /* From few to many; what stands out from the page is many. */
  atlas.ramp = function () {
    const { sequential } = atlas.facts.ramps;
    return atlas.themeName === "dark" ? sequential.slice().reverse() : sequential;
  };

  atlas.diverging = () =>
    atlas.facts.ramps[atlas.themeName === "dark" ? "diverging_dark" : "diverging"];

  /* Colours of so many classes, spread over the whole ramp. */
  atlas.classColours = function (ramp, classes) {
    if (classes === 1) return [ramp[Math.round(ramp.length / 2)]];
    return Array.from({ length: classes }, (_, i) =>
      ramp[Math.round((i * (ramp.length - 1)) / (classes - 1))]);
  };

  /* Number of the class that a value is in; -1 for none. */
  atlas.classOf = (limits, value) => (value > 0 ? limits.findIndex(([, most]) => value <= most) : -1);

  atlas.plain = function (value) {
    const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(3));
    return rounded.toLocaleString("en", { maximumFractionDigits: 6 }).replace(/,/g, "\u202f");
  };

  atlas.limitWords = ([least, most]) =>
    least === most ? atlas.plain(least) : `${atlas.plain(least)} – ${atlas.plain(most)}`;
})();
