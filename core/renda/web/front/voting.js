// An elector's page: marks are looked at, sealed here where the browser can, and sent until there is an answer.
import { canSeal, fromBase64, sealed, toBase64 } from "./sealing.js";

const UNMARKED = "----";
const WAITS = [1000, 2000, 4000, 8000, 8000, 8000]; // milliseconds before each further try
const ENVELOPE_ROOM = 200; // of a request: the token and what stands around the envelope
const pause = (time) => new Promise((go) => setTimeout(go, time));

const wordsOf = (form) => JSON.parse(form.closest("[data-words]").dataset.words);
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// Code of the line → the option chosen ({value, mark}) or undefined; the order is the sheet's.
function marksOf(form) {
  const marks = new Map();
  for (const line of form.querySelectorAll("fieldset[data-code]")) {
    const made = line.querySelector("input:checked, select");
    const option = made?.selectedOptions ? made.selectedOptions[0] : made;
    marks.set(line.dataset.code, option && option.value !== UNMARKED ? option : undefined);
  }
  return marks;
}

const namesOf = (form) => [...form.querySelectorAll("input[name=name]")].map((box) => box.value.trim()).filter(Boolean);

export function paperOf(shape, marks, names) {
  const made = [...marks].filter(([, option]) => option !== undefined);
  if (shape === "rows") return { marks: Object.fromEntries(made.map(([code, option]) => [code, [option.dataset.mark]])) };
  if (shape === "election") {
    return { marks: Object.fromEntries(made.map(([code, option]) => [code, option.dataset.mark])), written: [...names].sort() };
  }
  if (shape === "ranks") made.sort(([, one], [, other]) => Number(one.dataset.mark) - Number(other.dataset.mark));
  return { chosen: made.map(([code]) => code) };
}

// What would make the paper void, said before it is sent; the server says the rest.
function mistakeIn(form, marks, names, words) {
  const seats = Number(form.dataset.seats);
  if (!seats) return "";
  const made = [...marks.values()].filter(Boolean);
  const chosen = form.dataset.shape === "election" ? made.filter((option) => option.dataset.mark === "yes") : made;
  const n = chosen.length + names.length;
  if (n > seats) return filled(words.over, { n, seats });
  const places = made.map((option) => option.dataset.mark);
  return form.dataset.shape === "ranks" && new Set(places).size < places.length ? words.twice : "";
}

function missingIn(form, marks) {
  const made = [...marks.values()].filter(Boolean).length;
  const wanted = ["chosen", "ranks"].includes(form.dataset.shape) ? Number(form.dataset.seats) : marks.size;
  return Math.max(0, wanted - made);
}

function say(form, said, level = "") {
  const place = form.querySelector(".vote-said");
  place.textContent = said.trim();
  place.dataset.level = level;
}

// Whether this ballot's papers are sealed here or not handed in at all, and this browser cannot.
const mayNotSend = (form) => form.dataset.sealing === "browser" && !(canSeal() && form.dataset.key);

// The body of the request, of one length whatever was marked; null where it may not go out as it is.
async function bodyOf(form, marks, names, submission) {
  const bytes = Number(form.dataset.bytes);
  if (canSeal() && form.dataset.key) {
    const key = fromBase64(form.dataset.key);
    const envelope = await sealed(paperOf(form.dataset.shape, marks, names), { key, about: form.dataset.about, bytes });
    if (envelope !== null) return JSON.stringify({ submission, envelope: toBase64(envelope) });
    if (form.dataset.sealing === "browser") return null;
  }
  const values = Object.fromEntries([...marks].map(([code, option]) => [code, option?.value ?? UNMARKED]));
  const body = JSON.stringify({ submission, marks: values, names });
  const short = marks.size * 16 + bytes + ENVELOPE_ROOM - new TextEncoder().encode(body).length;
  return body + " ".repeat(Math.max(0, short));
}

async function answered(form, body, words) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value };
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(form.action, { method: "POST", headers, body, cache: "no-store", redirect: "error" });
      if (response.status < 502) {
        return { ok: response.ok, ...(await response.json().catch(() => ({ said: String(response.status) }))) };
      }
    } catch {
      // no answer: whether the paper arrived is unknown, and asking again with the same token tells
    }
    if (attempt >= WAITS.length) return null;
    say(form, filled(words.retrying, { n: attempt + 1 }), "warning");
    await pause(WAITS[attempt]);
  }
}

async function hand(form) {
  const [words, marks, names] = [wordsOf(form), marksOf(form), namesOf(form)];
  const mistake = mistakeIn(form, marks, names, words);
  if (mistake) return say(form, mistake, "danger");
  const n = missingIn(form, marks);
  if (n && form.dataset.warned !== "yes") {
    form.dataset.warned = "yes";
    return say(form, filled(words.unmarked, { n }), "warning");
  }
  const button = form.querySelector(".vote-button");
  const fields = [...form.querySelectorAll("input, select, button")];
  form.dataset.sending = "yes";
  const submission = form.elements._submission.value;
  // Made once: an answer that got lost is asked for again with the very same envelope.
  form.pending ??= await bodyOf(form, marks, names, submission);
  if (form.pending === null) {
    delete form.dataset.sending;
    return say(form, words.long, "danger");
  }
  const here = form.pending.includes('"envelope"');
  for (const field of fields) field.disabled = true;
  say(form, words.sending);
  const told = await answered(form, form.pending, words);
  delete form.dataset.sending;
  if (told === null) {
    button.disabled = false;
    return say(form, words.lost, "danger");
  }
  delete form.pending;
  form.querySelector("[data-seal-note]").textContent = told.ok ? (here ? words.browser : words.server) : "";
  if (!told.ok) {
    for (const field of fields) field.disabled = false;
    return say(form, filled(words.failed, { said: told.said.trim() }), "danger");
  }
  form.dataset.answer = told.answer;
  // Nobody who looks over a shoulder afterwards sees how it was marked.
  form.reset();
  const open = told.answer === "counted" && form.dataset.press === "last";
  say(form, open ? `${told.said.trim()} ${words.again}` : told.said, told.answer === "counted" ? "good" : "danger");
  if (!open) return button.remove();
  for (const field of fields) field.disabled = false;
  delete form.dataset.warned;
  form.elements._submission.value = toBase64(crypto.getRandomValues(new Uint8Array(18)));
}

export function takeVotes(root) {
  for (const form of root.querySelectorAll("form[data-ballot]:not([data-ready])")) {
    form.dataset.ready = "yes";
    if (mayNotSend(form)) {
      say(form, wordsOf(form).unsealed, "danger");
      continue;
    }
    // Until here the page says that a script is needed.
    say(form, "");
    form.querySelector(".vote-button").disabled = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.dataset.sending !== "yes") hand(form);
    });
    form.addEventListener("change", () => {
      delete form.dataset.warned;
      const [words, seats] = [wordsOf(form), Number(form.dataset.seats)];
      const n = [...marksOf(form).values()].filter(Boolean).length;
      say(form, seats && form.dataset.shape === "chosen" ? filled(words.chosen, { n, seats }) : "");
    });
  }
}
