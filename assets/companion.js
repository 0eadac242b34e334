/* What a page and its player need from each other, done where both are: in the browser.

   - The page's width, as the name of a layout, goes to the server when it changes: never else.
   - A player that is built anew (another width, n, language or theme) begins where the old one was,
     as a share of its run, as fast, and goes on playing.
   - The page orders where a player is to stand: at its start, there and playing, or at its end; or at
     its end unless the reader has touched it. What is told once it has run is hidden until then.
   - The time line's fill follows the step while it plays; where it rests, a screen reader says the
     numbers of that step.
   - While one presents, keys move the player from anywhere but a control or a field. */

const players = new Map(); // by the name of the chart: its controls, and the share of its run
const orders = new Map(); // by the same name: the number of the last order
const pending = new Map(); // and where a player is to stand that is still being built
const watched = new WeakSet();
const REST = 600; // milliseconds: what plays is said where it stops, or where it is slow
let saying;
let presented = false;
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
    if (!block || isPresenting()) return;
    const { paddingLeft, paddingRight } = getComputedStyle(block);
    const width = main.offsetWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const fitting = Object.keys(data.least).filter((name) => data.least[name] <= width);
    const layout = fitting[fitting.length - 1];
    if (layout && layout !== told) setStateValue("layout", (told = layout));
  };
  const resized = new ResizeObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, 100); // a sidebar that folds passes many widths
  });
  resized.observe(main);

  const built = new MutationObserver(() => {
    main.querySelectorAll(STEP).forEach(accompany);
    begin();
  });
  built.observe(main, { childList: true, subtree: true });
  main.querySelectorAll(STEP).forEach(accompany);

  const listening = new AbortController();
  addEventListener("keydown", (event) => press(event), { signal: listening.signal });
  addEventListener("player-order", (event) => obey(event.detail), { signal: listening.signal });
  return (stop = () => {
    clearTimeout(waiting);
    resized.disconnect();
    built.disconnect();
    listening.abort();
  });
}

const STEP = 'form.vega-bindings input[name="step"]';
const SWITCH = ".st-key-present_switch input";

function accompany(slider) {
  const player = slider.closest('[class*="st-key-player_"]');
  const number = slider.nextElementSibling; // Vega writes the step here, whatever has moved it
  if (watched.has(slider) || !player || !number) return;
  watched.add(slider);
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
  if (where === "start") now.isTouched = false;
  if (plays) {
    document.documentElement.dataset.running = "";
    now.playing.click();
  }
}

/* What was guessed has been run, or the reader has stopped it: now it is told how far off one was. */
function told() {
  delete document.documentElement.dataset.running;
}

/* Put a player at a share of its run; the reader has not done it. */
function place(now, share) {
  now.placed = Math.round(share * now.slider.max);
  now.share = share;
  move(now.slider, now.placed);
}

/* Say where the time line is and the lines of numbers, the only marks that are not silent. */
function say(player) {
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
  const slider = document.querySelector(`[class*="st-key-steps_"] ${STEP}`);
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
