/* What a page and its player need from each other, done where both are: in the browser.

   - The page's width, as the name of a layout, goes to the server when it changes: never else. The page
     is seen once it is laid out for it (":root[data-room]").
   - A player that is built anew (another width, n, language or theme) begins where the old one was,
     as a share of its run, as fast, and goes on playing.
   - The page orders where a player is to stand: at its start, there and playing, or at its end; or at
     its end unless the reader has touched it. What is told once it has run is hidden until then.
   - The time line's fill follows the step while it plays; where it rests, a screen reader says the
     numbers of that step.
   - Where it rests, the page's link says the step, as a share of the run; a page that a link opens, and
     "back", put it there.
   - Whether a run was seen to its end: what tells how it ended waits for that (":root[data-seen]").
   - While one presents, keys move the player from anywhere but a control or a field.
   - On a phone two buttons below the page open a sheet: the page's settings, or all pages.
   - A table that is wider than the page can be scrolled by keys.
   - A file is taken as the page makes it of what was typed last. */

const players = new Map(); // by the name of the chart: its controls, and the share of its run
const orders = new Map(); // by the same name: the number of the last order
const pending = new Map(); // and where a player is to stand that is still being built
const watched = new WeakSet();
const typedIn = new WeakSet(); // fields that were typed into since they were sent
const waited = new WeakSet(); // downloads that have waited
let sent = -Infinity; // when what was typed was last sent
const REST = 600; // milliseconds: what plays is said where it stops, or where it is slow
let saying;
let linking;
let arrived; // the address whose link has said where its player stands
let presented = false;
let wasWrong = false; // it is known that the page is laid out for another room
const root = document.documentElement;
let stop = () => {};

export default function ({ data, setStateValue }) {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return;
  stop(); // called again with another layout
  let told = data.layout;
  let waiting;

  // The width without a scroll bar's: a layout must not make one appear that asks for another.
  const tell = () => {
    const block = main.querySelector('[data-testid="stMainBlockContainer"]');
    if (isPresenting()) root.dataset.room = "";
    if (!block || isPresenting()) return;
    const { paddingLeft, paddingRight } = getComputedStyle(block);
    const width = main.offsetWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const fitting = Object.keys(data.least).filter((name) => data.least[name] <= width);
    const layout = fitting[fitting.length - 1];
    if (!layout) return; // the page has no width yet
    if (layout !== told) {
      setStateValue("layout", (told = layout));
      wasWrong = true;
    } else if (layout === data.layout) reveal(layout); // else the server has not answered
  };
  const resized = new ResizeObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, 100); // a sidebar that folds passes many widths
  });
  resized.observe(main);
  if (document.querySelector(".stSidebar")) tell(); // else the page has not its width yet

  const built = new MutationObserver(() => {
    const sliders = main.querySelectorAll(STEP);
    sliders.forEach(accompany);
    if (!sliders.length) {
      hush("player_place");
      delete root.dataset.seen;
      if (arrived !== location.pathname) arrived = undefined; // another page, which has no player
    }
    if (!main.querySelector(PEN)) hush("pen_place");
    main.querySelectorAll(TABLE).forEach(reach);
    begin();
    clearTimeout(linking);
    linking = setTimeout(tellLink, REST); // the server's copy of the address knows no step since
  });
  built.observe(main, { childList: true, subtree: true });
  main.querySelectorAll(STEP).forEach(accompany);
  const bar = makeBar(data.words);

  const listening = new AbortController();
  addEventListener("keydown", (event) => press(event), { signal: listening.signal });
  addEventListener("player-order", (event) => obey(event.detail), { signal: listening.signal });
  addEventListener("tell-link", tellLink, { signal: listening.signal });
  addEventListener("click", takeWhenMade, { signal: listening.signal, capture: true });
  for (const type of ["input", "keydown", "focusout"])
    addEventListener(type, noteTyping, { signal: listening.signal, capture: true });
  const goBack = () => arrived === location.pathname && followLink();
  addEventListener("popstate", goBack, { signal: listening.signal });
  return (stop = () => {
    clearTimeout(waiting);
    clearTimeout(linking);
    resized.disconnect();
    built.disconnect();
    listening.abort();
    bar.remove();
  });
}

const STEP = 'form.vega-bindings input[name="step"]';
const SWITCH = ".st-key-present_switch input";
const PEN = '[class*="canvas_pen"]';
const TABLE = '[data-testid="stTable"] > div';

/* Show the page. One that was laid out for another room is first made anew, as far as its player. */
function reveal(layout) {
  const player = document.querySelector('[class*="st-key-player_"]');
  const isLaidOut = player && getComputedStyle(player).getPropertyValue("--layout") === layout;
  if (!wasWrong || isLaidOut || isAtRest()) root.dataset.room = "";
  else setTimeout(reveal, 50, layout);
}

function accompany(slider) {
  const player = slider.closest('[class*="st-key-player_"]');
  const number = slider.nextElementSibling; // Vega writes the step here, whatever has moved it
  if (watched.has(slider) || !player || !number) return;
  watched.add(slider);
  delete root.dataset.seen;
  const name = [...player.classList].find((one) => one.startsWith("st-key-player_"));
  const last = Number(slider.max);
  const { playing, speed } = slider.form;
  const before = players.get(name);
  const now = { slider, playing, speed, share: before?.share, isTouched: before?.isTouched };
  now.placed = Number(slider.value);
  const follow = () => {
    const step = Number(number.textContent);
    now.isTouched ||= step !== now.placed;
    now.share = last ? step / last : 0;
    if (step >= last) root.dataset.seen = "";
    slider.style.setProperty("--vega-range-progress", `${100 * now.share}%`);
  };
  if (before) {
    place(now, before.share);
    if (speed.value !== before.speed.value) {
      speed.value = before.speed.value;
      speed.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (before.playing.checked && !playing.checked) playing.click();
  }
  players.set(name, now);
  if (slider === mainSlider() && arrived !== location.pathname) followLink();
  playing.addEventListener("change", () => playing.checked || told());
  follow();
  const moved = new MutationObserver(() => {
    follow();
    if (!playing.checked || now.share === 1) told();
    clearTimeout(saying);
    saying = setTimeout(() => say(player), REST);
  });
  moved.observe(number, { childList: true, characterData: true, subtree: true });
  if (pending.has(name)) put(now, pending.get(name));
  pending.delete(name);
}

/* Do once what the page orders; the first thing it says of a player is where that stands by itself. */
function obey({ player, number, where, inSight }) {
  const name = `st-key-player_${player}`;
  const isDone = (orders.get(name) ?? 0) === number;
  orders.set(name, number);
  if (isDone) return;
  const now = players.get(name);
  if (now) put(now, where);
  else pending.set(name, where);
  if (inSight) bringInSight(`.st-key-${inSight}`);
}

/* Scroll to what is out of sight; with a player comes what is asked about it, just above. */
function bringInSight(selector) {
  const found = document.querySelector(selector);
  const asked = selector.startsWith(".st-key-player_") && document.querySelector('[class*="st-key-prediction_"]');
  const { top } = (asked || found)?.getBoundingClientRect() ?? { top: 0 };
  if (top < 0 || top > innerHeight / 2) (asked || found)?.scrollIntoView();
}

/* Put a player at its start, there and playing, or at its end. */
function put(now, where) {
  const isRead = now.slider.form?.elements.next; // step by step: its end says nothing by itself
  if (where === "follow" && (now.isTouched || isRead)) return;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const plays = where === "play" && !isStill && now.slider.max !== "0";
  if (now.playing.checked && where !== "follow") now.playing.click();
  place(now, plays || where === "start" ? 0 : 1);
  if (plays || where === "start") delete root.dataset.seen;
  if (where === "start") now.isTouched = false;
  if (plays) {
    root.dataset.running = "";
    now.playing.click();
  }
}

/* What was guessed has been run, or the reader has stopped it: now it is told how far off one was. */
function told() {
  delete root.dataset.running;
}

/* Put a player at a share of its run; the reader has not done it. */
function place(now, share) {
  now.placed = Math.round(share * now.slider.max);
  now.share = share;
  move(now.slider, now.placed);
}

/* The time line that the link is about: that of the page's player. */
function mainSlider() {
  return document.querySelector(`[class*="st-key-steps_"] ${STEP}`);
}

function mainPlayer() {
  const slider = mainSlider();
  return [...players.values()].find((one) => one.slider === slider);
}

/* Have the link say the step; nothing says that it is the first. */
function tellLink() {
  const now = mainPlayer();
  if (!now || arrived !== location.pathname) return;
  const url = new URL(location.href);
  url.searchParams.delete("step");
  if (now.share) url.searchParams.set("step", Math.round(now.share * 1e4) / 1e4); // the last of all
  if (url.search === location.search) return;
  history.replaceState(history.state, "", url);
}

/* Put the player where the link says, as if the reader had: a setting leaves it there. */
function followLink() {
  const now = mainPlayer();
  if (!now) return;
  const said = new URLSearchParams(location.search).get("step");
  const share = Math.min(Math.max(Number(said) || 0, 0), 1);
  if (said !== null || arrived === location.pathname) {
    // else it stands where it stood on an earlier visit
    place(now, share);
    now.isTouched = share > 0;
  }
  arrived = location.pathname;
}

/* Say where the time line is and the lines of numbers, the only marks that are not silent. */
function say(player) {
  if (!player.isConnected) return; // the page has gone on meanwhile
  const lines = [...player.querySelectorAll("svg.marks g.mark-text.role-mark:not([aria-hidden]) text")];
  const at = player.querySelector('input[name="at"]')?.value;
  const said = [at, ...lines.map((line) => line.textContent)].filter(Boolean).join("; ");
  const region = document.getElementById("player_place") ?? document.createElement("div");
  if (!region.id) {
    region.id = "player_place";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = said;
}

/* Let a keyboard stop at what can be scrolled sideways. */
function reach(table) {
  if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  else table.removeAttribute("tabindex");
}

/* A click on a download may be what ends the typing beside it, and the button still has the file of
   before: the click waits for the page to be made of what was typed, if it is made and soon. */
function takeWhenMade(event) {
  const button = event.target.closest?.('[data-testid="stDownloadButton"] button');
  const since = performance.now();
  if (!button || waited.delete(button) || (isAtRest() && since - sent > 1000)) return;
  event.stopPropagation();
  let hasBegun = false;
  const take = () => {
    hasBegun ||= !isAtRest();
    const isMade = hasBegun && isAtRest();
    if (!isMade && performance.now() - since < (hasBegun ? 5000 : 1000)) return setTimeout(take, 20);
    waited.add(button);
    setTimeout(() => button.click(), 100); // it is drawn after the server's last word
  };
  take();
}

/* What is typed is sent by Enter, and where the field is left. */
function noteTyping({ type, target, key }) {
  if (type === "input" && target.type !== "range") typedIn.add(target);
  else if ((type === "focusout" || key === "Enter") && typedIn.delete(target)) sent = performance.now();
}

/* Whether the server has nothing to do for the page. */
function isAtRest() {
  return document.querySelector('[data-test-script-state="notRunning"]') !== null;
}

/* What was said of something that is not on the page any more is said no longer. */
function hush(id) {
  const region = document.getElementById(id);
  if (region?.textContent) region.textContent = "";
}

/* Set a time line as a hand would. */
function move(slider, step) {
  if (String(step) === slider.value) return;
  slider.value = step;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}

function isPresenting() {
  return document.querySelector(`${SWITCH}:checked`) !== null;
}

/* ← and → are Vega's own; the others would scroll a page that is not presented. */
function press(event) {
  if (!isPresenting() || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") return document.querySelector(SWITCH)?.click();
  const slider = mainSlider();
  if (!slider || event.target.closest("input, textarea, select, button, a, [role='application']")) return;
  if (event.key === " ") slider.form.playing.click();
  else if (event.key === "Home") move(slider, slider.min);
  else if (event.key === "End") move(slider, slider.max);
  else return;
  event.preventDefault();
}

/* Once the switch has done its work, the keys are the player's. */
function begin() {
  if (presented === isPresenting()) return;
  presented = !presented;
  if (presented) document.querySelector(SWITCH).blur();
}

/* The sheet of a phone is Streamlit's sidebar, laid out by the style sheet. Two buttons below the page
   open it for the page's settings or for all pages, and close it. */

const SIDEBAR = '[data-testid="stSidebar"]';
const OPEN = '[data-testid="stExpandSidebarButton"]';
const CLOSE = '[data-testid="stSidebarCollapseButton"] button';
const PICTURE = '[class*="st-key-player_"], .stElementContainer[class*="canvas"], .stVegaLiteChart';

function isSheetOpen() {
  return document.querySelector(`${SIDEBAR}[data-collapsed="false"]`) !== null;
}

function makeBar(words) {
  const bar = document.createElement("div");
  bar.id = "sheet_bar";
  bar.style.display = "none"; // until the style sheet is there
  root.dataset.sheet ??= "settings"; // where Streamlit remembers an open sidebar
  const buttons = Object.entries(words).map(([sheet, word]) => {
    const button = document.createElement("button");
    button.dataset.opens = sheet;
    button.setAttribute("aria-controls", "stSidebar");
    button.textContent = word;
    button.addEventListener("click", () => turn(sheet));
    return button;
  });
  bar.append(...buttons);
  bar.addEventListener("mousedown", (event) => event.stopPropagation()); // else Streamlit closes the sheet
  document.querySelector(".stApp").append(bar);

  const mark = () => {
    for (const button of buttons)
      button.setAttribute("aria-expanded", isSheetOpen() && button.dataset.opens === root.dataset.sheet);
  };
  mark();
  const changed = new MutationObserver(mark);
  const watch = { subtree: true, attributes: true, attributeFilter: ["data-collapsed", "data-sheet"] };
  changed.observe(root, watch);
  const leave = ({ target }) => {
    if (target.closest?.('[data-testid="stSidebarNavLink"]')) setTimeout(closeSheet);
  };
  addEventListener("click", leave);
  return {
    remove() {
      changed.disconnect();
      removeEventListener("click", leave);
      bar.remove();
    },
  };
}

/* Open the sheet, turn it to its other side, or close it. */
function turn(sheet) {
  const closes = isSheetOpen() && root.dataset.sheet === sheet;
  root.dataset.sheet = sheet;
  if (closes) return closeSheet();
  if (!isSheetOpen()) document.querySelector(OPEN)?.click();
  if (sheet === "settings") showAbove(document.querySelector(PICTURE));
  else nameLists();
}

/* Streamlit's list of pages is one of sections; each of these is the list. */
function nameLists() {
  for (const pages of document.querySelectorAll('[data-testid="stSidebarNavItems"]')) {
    pages.setAttribute("role", "none");
    for (const section of pages.children) section.setAttribute("role", "list");
  }
}

/* On a laptop the sidebar stays where it is. */
function closeSheet() {
  if (isSheetOpen() && isPhone()) document.querySelector(CLOSE)?.click();
}

function isPhone() {
  return matchMedia("(max-width: 768px)").matches;
}

/* Streamlit remembers an open sidebar for the next visit; a sheet would cover half of that page. */
addEventListener("pagehide", () => {
  if (isPhone()) forgetSidebar();
});

function forgetSidebar() {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith("stSidebarCollapsed-")) localStorage.removeItem(key);
  } catch {
    // a browser that keeps nothing
  }
}

/* Scroll so that what the settings change is seen above the sheet. */
function showAbove(picture) {
  const { top, bottom } = picture?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  if (top < 0 || Math.min(bottom, top + 200) > innerHeight / 2) picture?.scrollIntoView();
}
