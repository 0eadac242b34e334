/* What a page and its player need from each other, done where both are: in the browser.

   - The page's width, as the name of a layout, goes to the server when it changes: never else.
   - A player that is built anew (another width, n, language or theme) begins where the old one was,
     as a share of its run.
   - The time line's fill follows the step while it plays. */

const places = new Map(); // of each player, by the name of its chart: the share of its run
const watched = new WeakSet();

export default function ({ data, setStateValue }) {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return;
  let told = data.layout;
  let waiting;

  // The width without a scroll bar's: a layout must not make one appear that asks for another.
  const tell = () => {
    const block = main.querySelector('[data-testid="stMainBlockContainer"]');
    if (!block) return;
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

  const built = new MutationObserver(() => main.querySelectorAll(STEP).forEach(accompany));
  built.observe(main, { childList: true, subtree: true });
  main.querySelectorAll(STEP).forEach(accompany);

  return () => {
    clearTimeout(waiting);
    resized.disconnect();
    built.disconnect();
  };
}

const STEP = 'form.vega-bindings input[name="step"]';

function accompany(slider) {
  const player = slider.closest('[class*="st-key-player_"]');
  const number = slider.nextElementSibling; // Vega writes the step here, whatever has moved it
  if (watched.has(slider) || !player || !number) return;
  watched.add(slider);
  const name = [...player.classList].find((one) => one.startsWith("st-key-player_"));
  const last = Number(slider.max);
  const follow = () => {
    const share = last ? Number(number.textContent) / last : 1;
    places.set(name, share);
    slider.style.setProperty("--vega-range-progress", `${100 * share}%`);
  };
  const before = places.get(name);
  if (before !== undefined) {
    const step = String(Math.round(before * last));
    if (step !== slider.value) {
      slider.value = step;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  follow();
  new MutationObserver(follow).observe(number, { childList: true, characterData: true, subtree: true });
}
