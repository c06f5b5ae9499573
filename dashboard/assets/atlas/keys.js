/* Keys of the page: Esc closes the open incident, / goes to the search field.
   The map's frame passes on what it does not use itself. */
const BUSY = "input, textarea, select, [contenteditable='true'], [role='listbox'], [role='dialog']";

function closePanel() {
  // An open list or pop-over takes Esc itself; half-made corrections are not thrown away by a key.
  const open = document.querySelector("[role='listbox'], [data-testid='stPopoverBody']");
  const correcting = document.querySelector(".st-key-panel [data-testid='stCheckbox'] input:checked");
  const close = document.querySelector(".st-key-panel-close button");
  if (close && !open && !correcting) close.click();
}

function focusSearch() {
  const expand = document.querySelector("[data-testid='stExpandSidebarButton'] button, button[data-testid='stExpandSidebarButton']");
  if (expand) expand.click();
  const field = document.querySelector(".st-key-filter-text input");
  if (field) field.focus();
  return Boolean(field);
}

function onKey(event) {
  const typing = event.target instanceof Element && event.target.closest(BUSY);
  if (typing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") closePanel();
  else if (event.key === "/" && focusSearch()) event.preventDefault();
}

export default function ({ parentElement }) {
  document.addEventListener("keydown", onKey); // the same listener again is no second one
  parentElement.querySelector(".keys").dataset.ready = "true";
  // Never taken away: Streamlit may put up a new copy of this before it takes the old one down,
  // and on the Add page there is nothing that the keys would find.
}
