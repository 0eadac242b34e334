/* A kernel that slides over a picture: what lies under it, the nine products and their sum, by mouse,
   finger or keys. The server computes the maps; here one only moves over them, and types weights. */

const pads = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let pad = pads.get(parentElement);
  if (!pad) pads.set(parentElement, (pad = makePad(parentElement.querySelector(".pad"))));
  pad.send = setTriggerValue;
  pad.take(data);
}

const PIXELS = 20; // a pixel of a picture is drawn so large; the style sheet scales the whole
const MARGIN = 1; // room around the picture for the padding
const ABOVE = [0x64, 0x78, 0xf0]; // as core.charts.digits.pixels has them
const BELOW = [0xe0, 0x48, 0x3e];
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const NUDGE = 0.25; // an arrow key changes a weight by so much

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function floats(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

function short(value) {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) ? `−${text}` : text;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

function signedColour(value, largest) {
  const [r, g, b] = value < 0 ? BELOW : ABOVE;
  return `rgb(${r} ${g} ${b} / ${Math.min(Math.abs(value) / (largest || 1), 1)})`;
}

function paint(values, side, colour, margin = 0) {
  const canvas = element("canvas");
  canvas.width = canvas.height = (side + 2 * margin) * PIXELS;
  const pen = canvas.getContext("2d");
  values.forEach((value, i) => {
    pen.fillStyle = colour(value);
    const [row, column] = [Math.floor(i / side) + margin, (i % side) + margin];
    pen.fillRect(column * PIXELS, row * PIXELS, PIXELS, PIXELS);
  });
  return canvas;
}

function makePad(root) {
  const choice = element("fieldset", { class: "channels" });
  const views = element("div", { class: "views" });
  const sums = element("div", { class: "sums" });
  const line = element("p", { class: "line" });
  const bad = element("p", { class: "bad", role: "alert" });
  const help = element("p", { class: "help", id: "help" });
  const said = element("div", { class: "hidden", role: "status" });
  root.replaceChildren(choice, views, sums, line, bad, help, said);

  const pad = { send: null, take };
  const inputs = [];
  let data;
  let place = null; // row and column of the map
  let picture;
  let map;
  let pooled;
  let drawn = {}; // what each view shows when nothing is marked on it
  const shown = {}; // the views' canvases

  function take(next) {
    data = next;
    [picture, map] = [floats(data.picture), floats(data.map)];
    pooled = data.pooled ? floats(data.pooled) : null;
    place ??= data.start;
    place = place.map((at) => Math.min(at, data.map_side - 1));
    bad.textContent = "";
    help.textContent = data.texts.help;
    drawChannels();
    drawViews();
    drawSums();
    move(place);
  }

  // Which channel.

  function drawChannels() {
    const had = root.getRootNode().activeElement;
    const within = choice.contains(had) ? had.value : null;
    const labels = data.channels.map(({ name, thumb, side }, i) => {
      const input = element("input", { type: "radio", name: "channel", value: i });
      input.checked = i === data.chosen;
      input.onchange = () => pad.send("channel", i);
      const bytes = Int8Array.from(atob(thumb), (letter) => letter.charCodeAt(0));
      const small = paint([...bytes], side, (value) => signedColour(value, 127));
      small.setAttribute("aria-hidden", "true");
      return element("label", { title: name }, input, small, element("span", {}, name));
    });
    choice.replaceChildren(element("legend", {}, data.texts.channels), ...labels);
    if (within !== null) choice.querySelector(`input[value="${within}"]`)?.focus();
  }

  // The picture, the map, and what pooling leaves.

  function drawViews() {
    const largest = map.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const signed = (value) => signedColour(value, largest);
    drawn = {
      picture: paint(picture, data.side, (x) => `rgb(${[x, x, x].map((c) => c * 255)})`, MARGIN),
      map: paint(map, data.map_side, signed),
    };
    if (pooled) drawn.pooled = paint(pooled, data.pooled_side, signed);
    if (Object.keys(shown).join() !== Object.keys(drawn).join()) makeViews();
    for (const name of Object.keys(drawn)) {
      shown[name].width = drawn[name].width;
      shown[name].height = drawn[name].height;
      shown[name].setAttribute("aria-label", data.texts[name]);
      shown[name].nextSibling.textContent = data.texts[name];
    }
  }

  function makeViews() {
    for (const name of Object.keys(shown)) delete shown[name];
    const figures = Object.keys(drawn).map((name) => {
      const canvas = element("canvas", {
        class: name, tabindex: "0", role: "application", "aria-describedby": "help",
      });
      shown[name] = canvas;
      canvas.onpointerdown = (event) => {
        canvas.setPointerCapture(event.pointerId);
        move(under(event, name));
      };
      canvas.onpointermove = (event) => move(under(event, name));
      canvas.onpointerup = say;
      canvas.onkeydown = step;
      return element("figure", { class: name }, canvas, element("figcaption"));
    });
    views.replaceChildren(...figures);
  }

  function under(event, name) {
    const box = shown[name].getBoundingClientRect();
    const cells = shown[name].width / PIXELS;
    return [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width].map(
      (share) => {
        const at = share * cells;
        if (name === "map") return Math.floor(at);
        if (name === "pooled") return 2 * Math.floor(at);
        return Math.round((at - MARGIN + data.padding - 1.5) / data.stride); // its middle
      },
    );
  }

  function step(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 5 : 1;
    move(place.map((at, k) => at + far * arrow[k]));
    say();
  }

  // The nine pixels, the nine weights, the nine products.

  function grid(title, makeCell) {
    const cells = Array.from({ length: 9 }, (_, i) => makeCell(i));
    return [element("div", { class: "grid" }, element("b", {}, title), ...cells), cells];
  }

  function drawSums() {
    if (!inputs.length) {
      const cell = () => element("span");
      const [pixels, pixelCells] = grid("", cell);
      const [weights] = grid("", (i) => (inputs[i] = makeInput(i)));
      const [products, productCells] = grid("", cell);
      const sign = (text) => element("i", { "aria-hidden": "true" }, text);
      sums.replaceChildren(pixels, sign("·"), weights, sign("="), products);
      sums.cells = { pixelCells, productCells, titles: [pixels, weights, products] };
    }
    const names = [data.texts.pixels, data.texts.weights, data.texts.products];
    sums.cells.titles.forEach((one, k) => (one.firstChild.textContent = names[k]));
    const largest = Math.max(...data.kernel.map(Math.abs));
    inputs.forEach((input, i) => {
      const weight = data.kernel[i];
      const [row, column] = [Math.floor(i / 3) + 1, (i % 3) + 1];
      input.setAttribute("aria-label", fill(data.texts.weight, { row, column }));
      input.parentElement && (input.style.background = signedColour(weight, 2 * largest));
      if (input !== root.getRootNode().activeElement || read(input) !== weight)
        input.value = short(weight);
      input.removeAttribute("aria-invalid");
    });
  }

  function read(input) {
    const text = input.value.trim().replace("−", "-").replace(",", ".");
    return text ? Number(text) : NaN;
  }

  function makeInput(i) {
    const input = element("input", { type: "text", inputmode: "decimal", maxlength: "8" });
    const change = (weight) => {
      if (!(Math.abs(weight) <= data.largest)) {
        input.setAttribute("aria-invalid", "true");
        bad.textContent = data.texts.bad;
        return;
      }
      bad.textContent = "";
      if (short(weight) === short(data.kernel[i])) return drawSums();
      data = { ...data, kernel: data.kernel.map((one, k) => (k === i ? weight : one)) };
      pad.send("kernel", data.kernel);
      drawSums();
    };
    input.onchange = () => change(read(input));
    input.onfocus = () => input.select();
    input.onkeydown = (event) => {
      event.stopPropagation(); // ← and → move in the text, and nothing else
      const up = { ArrowUp: NUDGE, ArrowDown: -NUDGE }[event.key];
      if (!up) return;
      event.preventDefault();
      const weight = Math.round((data.kernel[i] + up) * 100) / 100;
      input.value = short(weight);
      change(weight);
    };
    return input;
  }

  // What is under the kernel.

  function pixel(row, column) {
    const inside = Math.min(row, column) >= 0 && Math.max(row, column) < data.side;
    return inside ? picture[row * data.side + column] : 0;
  }

  function move(to) {
    place = to.map((at) => Math.min(Math.max(at, 0), data.map_side - 1));
    const [top, left] = place.map((at) => at * data.stride - data.padding);
    const patch = data.kernel.map((_, i) => pixel(top + Math.floor(i / 3), left + (i % 3)));
    const products = patch.map((x, i) => x * data.kernel[i]);
    const largest = Math.max(...products.map(Math.abs));
    sums.cells.pixelCells.forEach((cell, i) => {
      cell.textContent = short(patch[i]);
      cell.style.background = `rgb(128 128 128 / ${0.6 * patch[i]})`;
    });
    sums.cells.productCells.forEach((cell, i) => {
      cell.textContent = short(products[i]);
      cell.style.background = signedColour(products[i], 2 * largest);
    });
    mark("picture", top + MARGIN, left + MARGIN, 3);
    mark("map", ...place, 1);
    const [row, column] = place.map((at) => Math.floor(at / 2));
    const isPooled = pooled && Math.max(row, column) < data.pooled_side;
    if (pooled) mark("pooled", row, column, isPooled ? 1 : 0);
    line.textContent = sentence(products, isPooled ? pooled[row * data.pooled_side + column] : null);
  }

  function mark(name, row, column, size) {
    const pen = shown[name].getContext("2d");
    pen.clearRect(0, 0, drawn[name].width, drawn[name].height);
    pen.drawImage(drawn[name], 0, 0);
    if (name === "picture" && data.padding) {
      pen.strokeStyle = "rgb(128 128 128 / 0.6)"; // the ring of zeros around the picture
      pen.setLineDash([PIXELS / 2, PIXELS / 2]);
      pen.lineWidth = 4;
      pen.strokeRect(2, 2, drawn[name].width - 4, drawn[name].height - 4);
      pen.setLineDash([]);
    }
    for (const [width, colour] of [[10, "#000"], [6, "#ffb000"]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.strokeRect(column * PIXELS, row * PIXELS, size * PIXELS, size * PIXELS);
    }
  }

  function sentence(products, after) {
    const sum = products.reduce((total, one) => total + one, 0);
    const z = sum + data.bias;
    const parts = [data.bias ? data.texts.sum_and_bias : data.texts.sum];
    if (data.relu) parts.push(z > 0 ? data.texts.passed : data.texts.silent);
    if (after !== null) parts.push(data.texts.pooled_to);
    const values = { row: place[0], column: place[1], z: short(z), after: short(after ?? 0) };
    return fill(parts.join(" "), { ...values, sum: short(sum), bias: short(data.bias) });
  }

  function say() {
    said.textContent = line.textContent;
  }
  return pad;
}
