/* A plane in which one sets points: click, drag, delete; by mouse, finger or keys.

   A change is drawn at once and sent whole, with a number. What the server says before it has seen
   that number is older than what stands here, and passed over; all else it says is taken. */

const pads = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let pad = pads.get(parentElement);
  if (!pad) pads.set(parentElement, (pad = makePad(parentElement.querySelector(".pad"))));
  pad.send = setTriggerValue;
  pad.take(data);
}

const SIZE = 320;
const LEFT = 34;
const BOTTOM = 24;
const NEAR = 8; // pixels: the cross is at a point
const CLICK = 5; // pixels: a click may move so far

const SHAPES = {
  circle: "M5,0A5,5 0 1 1 -5,0A5,5 0 1 1 5,0Z",
  square: "M-4.5,-4.5h9v9h-9Z",
  triangle: "M0,-6L5.6,4H-5.6Z",
  diamond: "M0,-6.5L5.5,0L0,6.5L-5.5,0Z",
};

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function element(name, attributes = {}, ...children) {
  const inSvg = ["svg", "g", "path", "rect", "line", "text", "circle"].includes(name);
  const made = inSvg
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function makePad(root) {
  const classes = element("fieldset", { class: "row" });
  const svg = element("svg", {
    class: "plane",
    viewBox: `0 0 ${SIZE} ${SIZE}`,
    tabindex: "0",
    role: "application",
    "aria-describedby": "keys",
  });
  const remove = element("button", { type: "button" });
  const clear = element("button", { type: "button" });
  const help = element("p", { class: "help mouse" });
  const keys = element("p", { class: "help keys", id: "keys" });
  const said = element("div", { class: "hidden", role: "status" });
  const buttons = element("div", { class: "row" }, remove, clear);
  root.replaceChildren(classes, svg, buttons, help, keys, said);

  let data; // what the server said last
  let points = [];
  let sent = null; // the number of the last change
  let chosen = 0; // the class of new points, or their number
  let cross = null; // where the keyboard is, or the last click was: [x1, x2]
  let held = null; // by a pointer or a key: { i, from }
  let pressed = null; // a pointer on empty ground
  const pad = { send: null, take };

  function take(said_now) {
    data = said_now;
    if (sent === null) sent = data.seen;
    if (data.seen === sent && !held) points = data.points.map((point) => [...point]);
    cross ??= data.axes.map((axis) => rounded(axis, (axis.low + axis.high) / 2));
    drawClasses();
    svg.setAttribute("aria-label", data.texts.plane);
    remove.textContent = data.texts.delete;
    clear.textContent = data.texts.clear;
    help.textContent = data.texts.help;
    keys.textContent = data.texts.keys;
    draw();
  }

  // From numbers to pixels and back.

  function pixel([x1, x2]) {
    const [a, b] = data.axes;
    const room = SIZE - LEFT - 6;
    const height = SIZE - BOTTOM - 6;
    return [
      LEFT + ((x1 - a.low) / (a.high - a.low)) * room,
      6 + ((b.high - x2) / (b.high - b.low)) * height,
    ];
  }

  function rounded(axis, value) {
    const inside = Math.min(Math.max(value, axis.low), axis.high);
    return Number((Math.round(inside / axis.step) * axis.step).toPrecision(12)) || 0;
  }

  function place(event) {
    const box = svg.getBoundingClientRect();
    const [a, b] = data.axes;
    const across = ((event.clientX - box.left) / box.width) * SIZE - LEFT;
    const down = ((event.clientY - box.top) / box.height) * SIZE - 6;
    return [
      rounded(a, a.low + (across / (SIZE - LEFT - 6)) * (a.high - a.low)),
      rounded(b, b.high - (down / (SIZE - BOTTOM - 6)) * (b.high - b.low)),
    ];
  }

  function under() {
    const [x, y] = pixel(cross);
    let nearest = -1;
    let least = NEAR;
    points.forEach((point, i) => {
      const [px, py] = pixel(point);
      const away = Math.hypot(px - x, py - y);
      if (away <= least) [nearest, least] = [i, away];
    });
    return held ? held.i : nearest;
  }

  // Drawing.

  function drawClasses() {
    const palette = getComputedStyle(root).getPropertyValue("--st-chart-categorical-colors").split(",");
    for (const one of [...data.classes, ...data.signs]) one.fill = palette[one.colour];
    if (!data.classes.length) return askForNumber();
    if (!data.classes[chosen]) chosen = 0;
    const legend = element("legend", {}, data.texts.classes);
    const labels = data.classes.map(({ name, shape, fill }, i) => {
      const input = element("input", { type: "radio", name: "class", value: i });
      input.checked = i === chosen;
      input.onchange = () => (chosen = i);
      const mark = element("path", { d: SHAPES[shape], fill });
      const sign = element("svg", { viewBox: "-8 -8 16 16", "aria-hidden": "true" }, mark);
      return element("label", {}, input, sign, name);
    });
    const had = root.getRootNode().activeElement?.value; // keep the keyboard where it is
    const within = classes.contains(root.getRootNode().activeElement);
    classes.replaceChildren(legend, ...labels);
    if (within) classes.querySelector(`input[value="${had}"]`)?.focus();
  }

  function askForNumber() {
    if (classes.querySelector("[type=text]")) return;
    const input = element("input", { type: "text", inputmode: "decimal" });
    input.value = String((chosen = 1));
    input.oninput = () => {
      chosen = input.value.trim() ? Number(input.value.replace("−", "-").replace(",", ".")) : NaN;
      input.setAttribute("aria-invalid", String(!Number.isFinite(chosen)));
    };
    classes.replaceChildren(element("label", {}, data.texts.number, input));
  }

  function look(point) {
    if (data.classes.length) return data.classes[point[2]] ?? { shape: "circle", fill: "gray" };
    const largest = Math.max(...points.map((one) => Math.abs(one[2]))) || 1;
    const { fill } = data.signs[point[2] < 0 ? 0 : 1];
    return { shape: "circle", fill, opacity: 0.2 + (0.8 * Math.abs(point[2])) / largest };
  }

  function draw() {
    const [a, b] = data.axes;
    const [left, top] = pixel([a.low, b.high]);
    const [right, bottom] = pixel([a.high, b.low]);
    const parts = [
      element("rect", {
        class: "ground", x: left, y: top, width: right - left, height: bottom - top,
      }),
    ];
    for (const [value, text] of a.ticks) {
      const [x] = pixel([value, b.low]);
      parts.push(element("line", { class: "line", x1: x, x2: x, y1: top, y2: bottom }));
      parts.push(element("text", { class: "tick", x, y: bottom + 14, "text-anchor": "middle" }, text));
    }
    for (const [value, text] of b.ticks) {
      const [, y] = pixel([a.low, value]);
      parts.push(element("line", { class: "line", x1: left, x2: right, y1: y, y2: y }));
      parts.push(
        element("text", { class: "tick", x: left - 5, y: y + 4, "text-anchor": "end" }, text),
      );
    }
    parts.push(
      element("text", { class: "tick", x: right, y: bottom + 22, "text-anchor": "end" }, a.name),
      element("text", { class: "tick", x: 2, y: top + 10 }, b.name),
    );
    const at = under();
    points.forEach((point, i) => {
      const [x, y] = pixel(point);
      const { shape, fill, opacity = 1 } = look(point);
      const group = element(
        "g",
        { class: "point", "data-i": i, transform: `translate(${x} ${y})` },
        element("circle", { class: "hit", r: NEAR }),
        element("path", { class: "mark", d: SHAPES[shape], fill, "fill-opacity": opacity }),
      );
      if (i === at) group.append(element("circle", { class: "ring", r: 9 }));
      parts.push(group);
    });
    const [x, y] = pixel(cross);
    parts.push(element("path", { class: "cross", d: `M${x - 12},${y}h24M${x},${y - 12}v24` }));
    svg.replaceChildren(...parts);
    svg.classList.toggle("held", Boolean(held));
    remove.disabled = at < 0;
    clear.disabled = !points.length;
  }

  // Changing, and saying what has changed.

  function where(place) {
    const plain = (value) => String(value).replace("-", "−");
    return data.axes.map((axis, i) => `${axis.name} = ${plain(place[i])}`).join(", ");
  }

  function named(point) {
    const name = data.classes.length
      ? data.classes[point[2]]?.name ?? ""
      : `y = ${String(point[2]).replace("-", "−")}`;
    return data.texts.point.replace("{class}", name).replace("{place}", where(point));
  }

  function say(text, point) {
    said.textContent = text.replace("{point}", named(point)).replace("{n}", points.length);
  }

  function commit() {
    sent += 1;
    pad.send("points", { points, number: sent });
    draw();
  }

  function set(at) {
    if (!Number.isFinite(chosen)) return;
    const point = [...at, chosen];
    points.push(point);
    cross = at;
    say(data.texts.set, point);
    commit();
  }

  function removeAt(i) {
    if (i < 0) return;
    held = null;
    const [point] = points.splice(i, 1);
    say(data.texts.deleted, point);
    commit();
  }

  function move(at) {
    points[held.i].splice(0, 2, ...at);
    cross = at;
    if (!held.mark) return draw();
    const [x, y] = pixel(at); // a finger that loses what it has touched is not heard of again
    held.mark.setAttribute("transform", `translate(${x} ${y})`);
  }

  function release({ back = false } = {}) {
    if (!held) return;
    const { i, from } = held;
    held = null;
    if (back) points[i].splice(0, 2, ...from);
    cross = points[i].slice(0, 2);
    if (from[0] === cross[0] && from[1] === cross[1]) return draw();
    say(data.texts.moved, points[i]);
    commit();
  }

  // Mouse and finger. A finger that wanders on empty ground scrolls the page.

  svg.onpointerdown = (event) => {
    if (event.button !== 0) return;
    release();
    const hit = event.target.closest(".point");
    pressed = { x: event.clientX, y: event.clientY, moves: false };
    if (!hit) return;
    const i = Number(hit.dataset.i);
    held = { i, from: points[i].slice(0, 2), mark: hit };
    cross = held.from;
    svg.setPointerCapture(event.pointerId);
  };
  svg.onpointermove = (event) => {
    if (!pressed) return;
    pressed.moves ||= Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > CLICK;
    if (held && pressed.moves) move(place(event));
  };
  svg.onpointerup = (event) => {
    if (!pressed) return;
    const { moves } = pressed;
    pressed = null;
    if (held) release();
    else if (!moves) set(place(event));
  };
  const keep = (event) => event.target.closest(".point") && event.preventDefault();
  svg.addEventListener("touchstart", keep, { passive: false }); // a point moves, not the page
  svg.onpointercancel = () => {
    pressed = null;
    release({ back: true });
  };
  remove.onclick = () => removeAt(under());
  clear.onclick = () => {
    points = [];
    said.textContent = data.texts.cleared;
    commit();
  };

  // Keys.

  svg.onkeydown = (event) => {
    const arrow = ARROWS[event.key];
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) pad.send("undo", Date.now());
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (arrow) {
      const at = data.axes.map((axis, k) => {
        const far = event.shiftKey ? axis.step : (axis.high - axis.low) / 40;
        return rounded(axis, cross[k] + arrow[k] * far);
      });
      if (held) move(at);
      else cross = at;
      const i = under();
      said.textContent = i >= 0 ? named(points[i]) : where(cross);
    } else if (event.key === "Enter") {
      const i = under();
      if (held) release();
      else if (i < 0) set(cross);
      else {
        held = { i, from: points[i].slice(0, 2) };
        cross = held.from;
        say(data.texts.held, points[i]);
      }
    } else if (event.key === "Escape" && held) release({ back: true });
    else if (event.key === "Delete" || event.key === "Backspace") removeAt(under());
    else if (event.key === "PageDown" || event.key === "PageUp") {
      if (!points.length || held) return;
      const ahead = event.key === "PageDown" ? 1 : -1;
      const from = under() < 0 && ahead < 0 ? 0 : under();
      const i = (from + ahead + points.length) % points.length;
      cross = points[i].slice(0, 2);
      said.textContent = named(points[i]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
    draw();
  };
  svg.onblur = () => release();
  return pad;
}
