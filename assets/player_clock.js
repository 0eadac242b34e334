/* The clock of all players. Vega has a timer of its own, but it ticks at rest, too, and each tick runs
   what hangs on it: a fifth of a processor core for a network of the Playground that stands still. */

let ticking;

addEventListener("change", ({ target }) => {
  if (target.name === "playing" && target.checked) ticking ??= setInterval(tick, 1000 / 30);
});

function tick() {
  if (document.querySelector('.vega-bindings input[name="playing"]:checked'))
    dispatchEvent(new CustomEvent("player-tick", { detail: performance.now() }));
  else ticking = clearInterval(ticking);
}
