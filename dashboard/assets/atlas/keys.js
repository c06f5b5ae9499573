/* Keys of the page: Esc closes the open incident, / goes to the search field. The keyboard goes
   into the incident that is opened, and back to where it was when that is closed.
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

/* ---- where the keyboard is ---- */

const PATIENCE = 5000; // milliseconds in which the page shows what was opened
let opened = null; // incident of the run before; null before the first
let origin = null; // what had the focus before the panel opened

const inPanel = () => Boolean(document.activeElement && document.activeElement.closest(".st-key-panel"));

/* Call with the element that a selector finds, once the page has it. */
function once(selector, act) {
  const until = Date.now() + PATIENCE;
  const look = () => {
    const found = document.querySelector(selector);
    if (found) act(found);
    else if (Date.now() < until) requestAnimationFrame(look);
  };
  look();
}

function enterPanel() {
  if (!inPanel()) origin = document.activeElement;
  once(".st-key-panel", (panel) => {
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "The open incident");
    panel.tabIndex = -1;
    if (!inPanel()) panel.focus({ preventScroll: true });
  });
}

/* Another run of the page may have drawn the same button anew: its incident tells it. */
function leavePanel(left) {
  const lost = document.activeElement === document.body || inPanel();
  if (!lost) return; // the keyboard went elsewhere by itself
  const row = document.querySelector(`.incidents button[data-incident="${CSS.escape(left)}"]`);
  const back = origin && origin.isConnected && origin !== document.body ? origin : row;
  if (!back) return;
  back.focus({ preventScroll: true });
  if (back.tagName === "IFRAME") back.contentWindow.focus();
}

function follow(incident) {
  const before = opened;
  opened = incident;
  if (incident) once(".st-key-panel", (panel) => panel.setAttribute("aria-label", "The open incident"));
  if (before === null || before === incident) return;
  if (incident) enterPanel();
  else leavePanel(before);
}

export default function ({ data, parentElement }) {
  follow(data.incident);
  document.addEventListener("keydown", onKey); // the same listener again is no second one
  parentElement.querySelector(".keys").dataset.ready = "true";
  // Never taken away: Streamlit may put up a new copy of this before it takes the old one down,
  // and on the Add page there is nothing that the keys would find.
}
