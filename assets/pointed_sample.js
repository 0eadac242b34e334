/* Where the time line of a player rests, and which of its samples is clicked, or has the mouse
   resting on it: told only as long as something on the page asks for it. Playing tells nothing, nor
   does a mouse on its way: the server is not asked for each frame. */

const LOOK = 250; // milliseconds: a step that is the same twice is one that rests
const REST = 200; // milliseconds of a mouse on a sample
let stop = () => {};

export default function ({ data, setStateValue, setTriggerValue }) {
  stop(); // called again with other data
  const player = `.st-key-player_${data.player}`;
  let told = data.step;
  let before = null;
  const look = () => {
    // Vega writes the step beside its slider, whatever has moved it.
    const slider = document.querySelector(`${player} form.vega-bindings input[name="step"]`);
    const written = slider?.nextElementSibling?.textContent;
    if (!written) return;
    const step = Number(written);
    if (step === before && step !== told) setStateValue("step", (told = step));
    before = step;
  };
  let resting;
  const point = ({ type, target, pointerType }) => {
    clearTimeout(resting);
    const mark = target.closest?.(`${player} svg.marks path`);
    const place = mark?.__data__?.datum?.place; // Vega keeps a mark's row there
    if (!Number.isInteger(place)) return;
    if (type === "click") setTriggerValue("clicked", place);
    else if (pointerType === "mouse" && place !== data.place)
      resting = setTimeout(() => setTriggerValue("pointed", place), REST);
  };
  const timer = setInterval(look, LOOK);
  const listening = new AbortController();
  for (const kind of ["click", "pointerover"])
    document.addEventListener(kind, point, { signal: listening.signal });
  return (stop = () => {
    clearInterval(timer);
    clearTimeout(resting);
    listening.abort();
  });
}
