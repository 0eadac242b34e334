// Leads through the steps of a lesson, and hands back to a learning platform, by the API of
// SCORM 1.2, how far one is and how many answers were right.

const lesson = JSON.parse(document.getElementById("lesson").textContent);
const [where, frame, back, next, answered] = ["where", "step", "back", "next", "answered"].map(
  (id) => document.getElementById(id),
);

// The platform's API is an object of a window around this one, or around the one that opened it.
function apiOf(start) {
  try {
    for (let one = start, n = 0; one && n < 500; one = one.parent, n++) {
      if (one.API) return one.API;
      if (one.parent === one) break;
    }
  } catch {} // a window of another host
  return null;
}
const found = apiOf(window) ?? apiOf(window.opener);
const api = found && String(found.LMSInitialize("")) === "true" ? found : null;
const get = (name) => (api ? String(api.LMSGetValue(name)) : "");
const set = (name, value) => api?.LMSSetValue(name, String(value));

let step = 1;
let answers = {}; // by the question's place: the first answer, and 1 if it was right
let isDone = ["completed", "passed", "failed"].includes(get("cmi.core.lesson_status"));
const began = Date.now();

function begin() {
  try {
    const kept = JSON.parse(get("cmi.suspend_data") || "{}");
    if (kept.mark === lesson.mark) {
      answers = kept.answers;
      step = Math.min(Math.max(Number(get("cmi.core.lesson_location")) || 1, 1), lesson.n_steps);
    }
  } catch {} // kept by another lesson
  if (!isDone) set("cmi.core.lesson_status", "incomplete");
  show();
}

function show() {
  frame.src = `step_${step}.html`;
  where.textContent = fill(lesson.words.step, { n: step, all: lesson.n_steps });
  back.disabled = step === 1;
  tell();
  save();
}

function tell() {
  const given = Object.values(answers);
  const right = given.filter(([, is_right]) => is_right).length;
  const said = [];
  if (lesson.n_questions)
    said.push(fill(lesson.words.answered, { n: given.length, all: lesson.n_questions, right }));
  if (isDone) said.push(lesson.words.done);
  if (!api) said.push(lesson.words.alone);
  answered.textContent = said.join(" ");
  next.textContent = step === lesson.n_steps ? lesson.words.finish : lesson.words.next;
  return right;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function save() {
  set("cmi.core.lesson_location", step);
  set("cmi.suspend_data", JSON.stringify({ mark: lesson.mark, answers }));
  if (lesson.n_questions) {
    set("cmi.core.score.min", 0);
    set("cmi.core.score.max", 100);
    set("cmi.core.score.raw", Math.round((100 * tell()) / lesson.n_questions));
  }
  api?.LMSCommit("");
}

function note({ place, id, kind, answer, right }) {
  if (answers[place]) return;
  answers[place] = [answer, Number(right)];
  const n = Number(get("cmi.interactions._count")) || 0;
  const told = kind === "choice" ? "abcdefghij"[answer] : answer;
  set(`cmi.interactions.${n}.id`, id);
  set(`cmi.interactions.${n}.type`, kind);
  set(`cmi.interactions.${n}.student_response`, told);
  set(`cmi.interactions.${n}.result`, right ? "correct" : "wrong");
  save();
}

addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow) return;
  if (data.is_ready) source.postMessage({ answers }, "*");
  else note(data);
});

back.addEventListener("click", () => {
  step -= 1;
  show();
});
next.addEventListener("click", () => {
  if (step < lesson.n_steps) {
    step += 1;
    show();
    return;
  }
  isDone = true;
  set("cmi.core.lesson_status", "completed");
  save();
});

let isLeft = false;
addEventListener("pagehide", () => {
  if (isLeft || !api) return;
  isLeft = true;
  const hundredths = Math.round((Date.now() - began) / 10);
  const parts = [Math.floor(hundredths / 360_000), Math.floor(hundredths / 6_000) % 60];
  const [hours, minutes] = parts.map((one) => String(one).padStart(2, "0"));
  const seconds = ((hundredths % 6_000) / 100).toFixed(2).padStart(5, "0");
  set("cmi.core.session_time", `${hours}:${minutes}:${seconds}`);
  set("cmi.core.exit", "suspend"); // so that answers stay, and another visit does not begin anew
  api.LMSCommit("");
  api.LMSFinish("");
});

begin();
