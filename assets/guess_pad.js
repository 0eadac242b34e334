/* A pad on which one guesses before a run: the two ends of a line, or the loss drawn over the updates;
   by mouse, finger or keys. Nothing is sent before the reader says "Run it". */

const pads = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let pad = pads.get(parentElement);
  if (!pad) pads.set(parentElement, (pad = makePad(parentElement.querySelector(".pad"), data)));
  pad.take(data, (guess) => setTriggerValue("guess", guess));
}

const WIDTH = 360;
const HEIGHT = 200;
const LEFT = 44;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 26;
const NUDGE = 40; // an arrow key moves by so small a part of the axis, with Shift by a tenth of that

function element(name, attributes = {}, ...children) {
  const inSvg = ["svg", "path", "rect", "line", "text", "circle"].includes(name);
  const made = inSvg
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function makePad(root, first) {
  const svg = element("svg", {
    class: "plane",
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    tabindex: "0",
    role: "application",
    "aria-describedby": "keys",
  });
  const help = element("p", { class: "help mouse" });
  const keys = element("p", { class: "help keys", id: "keys" });
  const said = element("div", { class: "hidden", role: "status" });
  const run = element("button", { type: "button", class: "main" });
  root.replaceChildren(svg, help, keys, element("div", { class: "row" }, run), said);

  const guess = [...first.start]; // the height at equal steps of the x axis
  const isLine = first.kind === "line";
  const least = isLine ? 0 : 1; // the loss before the first update is known
  let data = first;
  let send;
  let at = least; // the place that keys move, or the pointer was at last
  let before = null; // where the pointer was: [place, height]

  function take(next, sendNext) {
    [data, send] = [next, sendNext];
    svg.setAttribute("aria-label", data.texts.pad);
    help.textContent = data.texts.help;
    keys.textContent = data.texts.keys;
    run.textContent = data.texts.run;
    draw();
  }

  const across = (x) => LEFT + ((x - data.x.low) / (data.x.high - data.x.low)) * (WIDTH - LEFT - RIGHT);
  const down = (y) => TOP + ((data.y.high - y) / (data.y.high - data.y.low)) * (HEIGHT - TOP - BOTTOM);
  const xOf = (i) => data.ends[0] + (i / (guess.length - 1)) * (data.ends[1] - data.ends[0]);
  const inside = (y) => Math.min(Math.max(y, data.y.low), data.y.high);

  function draw() {
    const [left, right, top, bottom] = [LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM];
    const parts = [
      element("rect", {
        class: "ground", x: left, y: top, width: right - left, height: bottom - top,
      }),
    ];
    for (const [value, text] of data.x.ticks) {
      const x = across(value);
      parts.push(element("line", { class: "line", x1: x, x2: x, y1: top, y2: bottom }));
      parts.push(element("text", { class: "tick", x, y: bottom + 14, "text-anchor": "middle" }, text));
    }
    for (const [value, text] of data.y.ticks) {
      const y = down(value);
      parts.push(element("line", { class: "line", x1: left, x2: right, y1: y, y2: y }));
      parts.push(element("text", { class: "tick", x: left - 5, y: y + 4, "text-anchor": "end" }, text));
    }
    parts.push(
      element("text", { class: "tick", x: right, y: bottom + 24, "text-anchor": "end" }, data.x.name),
      element("text", { class: "tick", x: left + 4, y: top + 12 }, data.y.name),
    );
    for (const [x, y] of data.samples)
      parts.push(element("circle", { class: "sample", cx: across(x), cy: down(y), r: 2.5 }));
    const points = guess.map((y, i) => `${across(xOf(i)).toFixed(1)},${down(y).toFixed(1)}`);
    parts.push(element("path", { class: "guess", d: `M${points.join("L")}` }));
    for (const i of isLine ? [0, 1] : [at]) {
      const name = i === at ? "handle current" : "handle";
      parts.push(element("circle", { class: name, cx: across(xOf(i)), cy: down(guess[i]), r: 8 }));
    }
    svg.replaceChildren(...parts);
  }

  function say() {
    const short = (value) => String(Number(value.toPrecision(3))).replace("-", "−");
    said.textContent = `${data.x.name} ${short(xOf(at))}, ${data.y.name} ${short(guess[at])}`;
  }

  // Mouse and finger: one draws, or takes the nearer end.

  function place(event) {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    const share = (x - across(data.ends[0])) / (across(data.ends[1]) - across(data.ends[0]));
    const height = data.y.high - ((y - TOP) / (HEIGHT - TOP - BOTTOM)) * (data.y.high - data.y.low);
    const i = Math.round(share * (guess.length - 1));
    return [Math.min(Math.max(i, least), guess.length - 1), inside(height)];
  }

  function drawTo([i, y]) {
    const [from, height] = before ?? [i, y];
    const n = Math.abs(i - from);
    for (let k = 0; k <= n; k += 1) {
      const share = n ? k / n : 1;
      guess[from + Math.sign(i - from) * k] = height + share * (y - height);
    }
    [at, before] = [i, [i, y]];
    draw();
  }

  svg.onpointerdown = (event) => {
    if (event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    before = null;
    drawTo(place(event));
  };
  svg.onpointermove = (event) => {
    if (!before) return;
    const [i, y] = place(event);
    drawTo(isLine ? [at, y] : [i, y]);
  };
  svg.onpointerup = svg.onpointercancel = () => {
    if (before) say();
    before = null;
  };
  run.onclick = () => send(guess);

  // Keys. Of a curve all that follows moves along, so that it is drawn from left to right.

  svg.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (data.y.high - data.y.low) / NUDGE / (event.shiftKey ? 10 : 1);
    if (event.key === "ArrowLeft") at = Math.max(at - 1, least);
    else if (event.key === "ArrowRight") at = Math.min(at + 1, guess.length - 1);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const y = inside(guess[at] + (event.key === "ArrowUp" ? step : -step));
      guess.fill(y, at, isLine ? at + 1 : guess.length);
    } else if (event.key === "Enter") return send(guess);
    else return;
    event.preventDefault();
    event.stopPropagation(); // ← and → step the player elsewhere
    draw();
    say();
  };
  return { take };
}
