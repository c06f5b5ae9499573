/* "Only what the map shows" over the table. The map says where it looks with an event on the
   document (page.js in its frame); moving it runs nothing, a click on "Update to the map" does. */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".follow");
  if (root.leave) root.leave();
  let seen = null; // what the map shows now

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  const take = () => { if (seen) setTriggerValue("extent", seen); };
  const update = button("Update to the map", take);
  const same = () => seen && data.extent && ["since", "until"].every((end) => seen[end] === data.extent[end])
    && seen.box.every((side, i) => side === data.extent.box[i]);

  function paint() {
    update.hidden = !seen || same();
  }

  function hear(event) {
    seen = event.detail;
    paint();
  }

  const held = root.contains(document.activeElement);
  if (data.extent) {
    const words = document.createElement("span");
    words.textContent = data.words;
    root.replaceChildren(words, update, button("All of them", () => setTriggerValue("extent", { box: null })));
  } else {
    root.replaceChildren(button("Only what the map shows", take));
  }
  paint();
  if (held) root.querySelector("button:last-of-type").focus({ preventScroll: true });
  document.addEventListener("atlas:extent", hear);
  document.dispatchEvent(new CustomEvent("atlas:where"));
  root.leave = () => document.removeEventListener("atlas:extent", hear);
  return root.leave;
}
