/* Controls that a lesson locks: they are seen and, with a screen reader, heard, but neither pointer
   nor keys move them. They stay in the tab order, so that one comes by and hears why. */

const FIELDS = "input, textarea, button, select, [role=slider], [role=combobox], [role=radiogroup], [tabindex='0']";
const SAID = "locked_said";
const MOVES = "pointerdown mousedown touchstart click dblclick keydown keyup beforeinput paste drop wheel";

let watching;

export default function ({ data }) {
  document.getElementById(SAID)?.remove();
  watching?.disconnect();
  const lock = () => {
    for (const one of document.querySelectorAll("[data-locked]"))
      if (!data.selector || !one.matches(data.selector)) release(one);
    if (data.selector) document.querySelectorAll(data.selector).forEach(hold);
  };
  lock();
  if (!data.selector) return;
  const said = Object.assign(document.createElement("span"), { id: SAID, hidden: true });
  said.textContent = data.said;
  document.body.append(said);
  for (const name of MOVES.split(" ")) addEventListener(name, stop, { capture: true, passive: false });
  watching = new MutationObserver(lock);
  watching.observe(document.querySelector(".stApp"), { childList: true, subtree: true });
}

function hold(element) {
  element.toggleAttribute("data-locked", true);
  for (const field of element.querySelectorAll(FIELDS)) {
    field.setAttribute("aria-disabled", "true");
    field.setAttribute("aria-describedby", SAID);
  }
}

function release(element) {
  element.toggleAttribute("data-locked", false);
  for (const field of element.querySelectorAll(`[aria-describedby="${SAID}"]`)) {
    field.removeAttribute("aria-disabled");
    field.removeAttribute("aria-describedby");
  }
}

function stop(event) {
  if (!event.target.closest?.("[data-locked]")) return;
  if (event.key === "Tab" || (event.type.startsWith("key") && (event.ctrlKey || event.metaKey))) return;
  const help = event.target.closest("[data-testid=stTooltipHoverTarget]");
  if (help && !event.type.startsWith("key")) return; // what the control does can be read
  event.stopImmediatePropagation();
  if (event.type !== "wheel") event.preventDefault(); // a page scrolls on
}
