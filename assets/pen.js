/* A pen moved by keys, for the canvas of streamlit-drawable-canvas, which knows a mouse only.

   The canvas gets a name, a place among the keyboard's stops, and a pen that one sees and hears. What
   the keys do reaches it as the mouse events that it listens to, so a stroke is a stroke. */

const CELLS = 28; // a step is one of so many across: about a pixel of what the network sees
const FAR = 4; // steps at once, with Shift
const REST = 400; // milliseconds after which the pen's place is said
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const STYLE = `
  .dc-scroll:has(canvas:focus-visible) {
    outline: 3px solid var(--st-primary-color);
    outline-offset: 2px;
  }
  .pen {
    display: none;
    position: absolute;
    z-index: 20;
    box-sizing: border-box;
    translate: -50% -50%;
    border: 2px solid #fff;
    border-radius: 50%;
    outline: 2px solid #d23a31;
    forced-color-adjust: none;
    pointer-events: none;
  }
  .pen.down { background: #ff7b6b; }
  canvas:focus-visible ~ .pen { display: block; }
  /* Each stroke is read by itself, and without that button no line is needed. */
  :is([data-english="Update the app with this drawing"], .dc-toolbar-separator) { display: none; }
`;

const pens = new WeakMap(); // of each canvas

export default function ({ data }) {
  let waiting;
  const begin = () => {
    const host = document.querySelector(`.st-key-${data.canvas} .stBidiComponent`);
    const canvas = [...(host?.querySelectorAll("*") ?? [])]
      .map((element) => element.shadowRoot?.querySelector("canvas.upper-canvas"))
      .find(Boolean);
    if (canvas) name(canvas, data);
    else waiting = setTimeout(begin, 100); // its script is still on the way
  };
  begin();
  return () => clearTimeout(waiting);
}

/* Say in the page's language what the canvas and its buttons are, and give it a pen. */
function name(canvas, data) {
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application"); // so that a screen reader leaves the arrows to it
  canvas.setAttribute("aria-label", data.name);
  canvas.setAttribute("aria-description", data.keys);
  for (const button of canvas.getRootNode().querySelectorAll(".dc-toolbar button")) {
    button.dataset.english ??= button.title;
    button.title = data.buttons[button.dataset.english] ?? button.dataset.english;
    button.setAttribute("aria-label", button.title);
  }
  if (!pens.has(canvas)) pens.set(canvas, new Pen(canvas));
  pens.get(canvas).data = data;
  pens.get(canvas).show();
}

class Pen {
  constructor(canvas) {
    this.canvas = canvas;
    this.x = this.y = CELLS / 2;
    this.isDown = false;
    this.held = new Set(); // two arrows at once lead along a diagonal
    const style = document.createElement("style");
    style.textContent = STYLE;
    canvas.getRootNode().append(style);
    this.cursor = document.createElement("div");
    canvas.after(this.cursor);
    canvas.addEventListener("keydown", (event) => this.press(event));
    canvas.addEventListener("keyup", ({ key }) => this.held.delete(key));
    canvas.addEventListener("focus", () => this.show());
    canvas.addEventListener("blur", () => {
      this.held.clear();
      this.lift();
    });
  }

  press(event) {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    if (key in ARROWS) this.move(key, shiftKey ? FAR : 1);
    else if (key === " " || key === "Enter") event.repeat || this.toggle();
    else if (key === "Delete" || key === "Backspace") this.undo();
    else if (key === "Escape") this.canvas.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  move(key, steps) {
    this.held.add(key);
    const within = (at) => Math.min(Math.max(at, 0.5), CELLS - 0.5);
    for (const [x, y] of [...this.held].map((held) => ARROWS[held])) {
      this.x = within(this.x + steps * x);
      this.y = within(this.y + steps * y);
    }
    if (this.isDown) this.send("mousemove");
    this.show();
    this.say();
  }

  toggle() {
    if (this.isDown) this.lift();
    else {
      this.isDown = true;
      this.send("mousedown");
      this.send("mousemove"); // a dot, if nothing follows
      this.show();
    }
    this.say();
  }

  lift() {
    if (!this.isDown) return;
    this.isDown = false;
    this.send("mouseup");
    this.show();
  }

  /* What is being drawn, the canvas itself takes back: the page does not know of it yet. */
  undo() {
    if (!this.isDown) return document.querySelector(`.st-key-${this.data.undo} button`)?.click();
    this.lift();
    const root = this.canvas.getRootNode();
    setTimeout(() => root.querySelector("[data-english='Undo']")?.click());
  }

  send(type) {
    const box = this.canvas.getBoundingClientRect();
    this.canvas.dispatchEvent(
      new MouseEvent(type, {
        clientX: box.left + (this.x / CELLS) * box.width,
        clientY: box.top + (this.y / CELLS) * box.height,
        buttons: type === "mouseup" ? 0 : 1,
        bubbles: true,
        composed: true,
      }),
    );
  }

  show() {
    this.cursor.className = this.isDown ? "pen down" : "pen";
    const size = `${this.data.width}px`;
    const [left, top] = [this.x, this.y].map((at) => `${(100 * at) / CELLS}%`);
    Object.assign(this.cursor.style, { left, top, width: size, height: size });
  }

  /* Say where the pen is, once it rests. */
  say() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const words = this.isDown ? this.data.down : this.data.up;
      const [x, y] = [this.x, this.y].map((at) => Math.ceil(at));
      place().textContent = words.replace("{x}", x).replace("{y}", y);
    }, REST);
  }
}

/* What a screen reader listens to for the pen. */
function place() {
  const id = "pen_place";
  const region = document.getElementById(id) ?? document.createElement("div");
  if (!region.id) {
    region.id = id;
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  return region;
}
