// A step of a lesson: its questions are judged here, and told to the page that leads through it.

const forms = [...document.querySelectorAll("form.question")];

for (const form of forms)
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = read(form);
    if (Number.isNaN(answer)) {
      tell(form, form.querySelector(".missing"));
      return;
    }
    const { place, id, kind } = form.dataset;
    const right = judge(form, answer);
    parent.postMessage({ place: Number(place), id, kind, answer, right }, "*");
  });

function read(form) {
  const typed = new FormData(form).get("answer")?.trim().replace(/[−–]/, "-").replace(/[,，]/, ".");
  return typed ? Number(typed) : NaN;
}

function judge(form, answer) {
  const said = [...form.querySelectorAll(".answer")].find(
    ({ dataset: { number, within } }) =>
      number === undefined || Math.abs(answer - Number(number)) <= Number(within),
  );
  tell(form, said);
  return said.hasAttribute("data-right");
}

function tell(form, said) {
  for (const one of form.querySelectorAll(".missing, .answer")) one.hidden = one !== said;
}

// What was answered at an earlier visit.
addEventListener("message", (event) => {
  if (event.source !== parent || parent === window) return;
  for (const form of forms) {
    const given = event.data.answers?.[form.dataset.place];
    if (!given) continue;
    const field = form.elements.answer;
    field.value = String(given[0]); // a number's field, or the choices, which know which is meant
    judge(form, given[0]);
  }
});
parent.postMessage({ is_ready: true }, "*");
