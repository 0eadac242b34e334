/* Where the time line of a player rests, and which of its samples is clicked: told only as long as
   something on the page asks for it. Playing tells nothing: the server is not asked for each frame. */

const LOOK = 250; // milliseconds: a step that is the same twice is one that rests
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
  const click = ({ target }) => {
    const mark = target.closest?.(`${player} svg.marks path`);
    const place = mark?.__data__?.datum?.place; // Vega keeps a mark's row there
    if (Number.isInteger(place)) setTriggerValue("place", place);
  };
  const timer = setInterval(look, LOOK);
  document.addEventListener("click", click);
  return (stop = () => {
    clearInterval(timer);
    document.removeEventListener("click", click);
  });
}
