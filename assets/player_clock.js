/* The clock of all players. Vega has a timer of its own, but that ticks at rest, too, and took 3 to 5 %
   of a processor core of every reader who only read. */

let ticking;

addEventListener("change", ({ target }) => {
  if (target.name === "playing" && target.checked) ticking ??= setInterval(tick, 1000 / 30);
});

function tick() {
  if (document.querySelector('.vega-bindings input[name="playing"]:checked'))
    dispatchEvent(new CustomEvent("player-tick", { detail: performance.now() }));
  else ticking = clearInterval(ticking);
}
