/* A lesson in a learning platform: asks, judges, and tells the platform by SCORM 1.2's API.

   The platform keeps what was answered (cmi.suspend_data) and gets a score, the share of the questions
   that were answered rightly, each interaction, and whether all were answered. Without a platform the
   page works all the same, and keeps nothing. */

const { questions, words } = JSON.parse(document.getElementById("lesson").textContent);
const begun = Date.now();
const api = findApi(window) ?? findApi(window.opener);
const answers = new Map(); // by the place of the question: what was answered, and whether it was right
let told = 0;
let isOpen = api?.LMSInitialize("") === "true";

/* The API is in the window around this one, or around that; the standard looks seven times. */
function findApi(place) {
  for (let i = 0; place && i < 8; i++) {
    try {
      if (place.API) return place.API;
    } catch {
      return undefined; // of another host
    }
    if (place.parent === place) return undefined;
    place = place.parent;
  }
}

function set(name, value) {
  if (isOpen) api.LMSSetValue(name, String(value));
}

function restore() {
  try {
    const kept = JSON.parse((isOpen && api.LMSGetValue("cmi.suspend_data")) || "[]");
    for (const [place, said, right] of kept) if (questions[place]) answers.set(place, { said, right: !!right });
  } catch {
    // not ours
  }
  if (!isOpen) return;
  told = Number(api.LMSGetValue("cmi.interactions._count")) || 0;
  const status = api.LMSGetValue("cmi.core.lesson_status");
  if (!["completed", "passed", "failed"].includes(status)) set("cmi.core.lesson_status", "incomplete");
  for (const [place, { said }] of answers) show(place, said);
}

/* Whether an answer is right, and what is said of it. */
function judge({ right, number, within, why }, said) {
  if (number === undefined) return { right: Number(said) === right, why: why[said] };
  const value = Number(said.trim().replace("−", "-").replace(",", "."));
  const near = Math.abs(value - number) <= within * Math.abs(number) + (Math.abs(number) < 0.1 ? 5e-4 : 0);
  return { right: said.trim() !== "" && near, why: why[near ? 1 : 0] };
}

function show(place, said) {
  const form = document.querySelector(`form[data-question="${place}"]`);
  const found = judge(questions[place], said);
  const field = form.elements[`q${place}`];
  if (field) field.value = said;
  form.querySelector("output").innerHTML =
    `<strong>${found.right ? words.right : words.wrong}</strong> ${found.why ?? ""}`;
  return found.right;
}

function score() {
  const right = [...answers.values()].filter((one) => one.right).length;
  document.getElementById("score").textContent = words.score
    .replace("{n}", right)
    .replace("{all}", questions.length);
  return questions.length ? Math.round((100 * right) / questions.length) : 100;
}

function answer(place, said) {
  const question = questions[place];
  const right = show(place, said);
  answers.set(place, { said, right });
  const name = `cmi.interactions.${told++}`;
  set(`${name}.id`, question.id);
  set(`${name}.type`, question.number === undefined ? "choice" : "numeric");
  set(`${name}.student_response`, question.number === undefined ? letter(said) : Number(said.replace(",", ".")) || 0);
  set(`${name}.correct_responses.0.pattern`, question.number === undefined ? letter(question.right) : question.number);
  set(`${name}.result`, right ? "correct" : "wrong");
  set("cmi.suspend_data", JSON.stringify([...answers].map(([i, one]) => [i, one.said, one.right ? 1 : 0])));
  tell();
}

/* The standard calls choices by a letter or a figure. */
function letter(place) {
  return "abcdef"[Number(place)];
}

function tell() {
  set("cmi.core.score.min", 0);
  set("cmi.core.score.max", 100);
  set("cmi.core.score.raw", score());
  if (answers.size === questions.length) set("cmi.core.lesson_status", "completed");
  if (isOpen) api.LMSCommit("");
}

/* HHHH:MM:SS, as the standard writes a time. */
function spent() {
  const seconds = Math.round((Date.now() - begun) / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part, i) => String(part).padStart(i ? 2 : 4, "0")).join(":");
}

addEventListener("pagehide", () => {
  if (!isOpen) return;
  set("cmi.core.session_time", spent());
  set("cmi.core.exit", answers.size === questions.length ? "" : "suspend");
  api.LMSFinish("");
  isOpen = false;
});

for (const form of document.querySelectorAll("form[data-question]"))
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const place = Number(form.dataset.question);
    answer(place, form.elements[`q${place}`].value);
  });

restore();
tell();
