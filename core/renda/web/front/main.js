// Loaded by every page. What only some pages need comes in when such a page is shown.
import htmx from "htmx.org";

// A strict content security policy forbids eval and inline styles; neither is needed.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.allowScriptTags = false;
htmx.config.historyCacheSize = 0;
// A form that was refused comes back with its reasons: the answer is shown and not swallowed.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "409|422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

const SIZE = "renda.text-size";

function showTextSize(size) {
  document.documentElement.dataset.textSize = size;
  for (const button of document.querySelectorAll("[data-text-size-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.textSizeChoice === size));
  }
}

function rememberedTextSize() {
  try {
    return localStorage.getItem(SIZE) ?? "normal";
  } catch {
    return "normal"; // storage is closed to us: the page still works
  }
}

document.addEventListener("click", (event) => {
  const size = event.target.closest("[data-text-size-choice]");
  if (size) {
    showTextSize(size.dataset.textSizeChoice);
    try {
      localStorage.setItem(SIZE, size.dataset.textSizeChoice);
    } catch {
      // chosen for this page only
    }
    return;
  }
  const toggle = event.target.closest("[data-toggle-target]");
  if (toggle) {
    const open = document.getElementById(toggle.dataset.toggleTarget)?.classList.toggle("show") ?? false;
    toggle.setAttribute("aria-expanded", String(open));
    return;
  }
  if (event.target.closest("[data-print]")) window.print();
});

// A second press while the first is on its way would be a second submission.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.ballot) return; // answered by its own script, which asks again where no answer came
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !event.defaultPrevented && !form.hasAttribute("hx-post")) form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

async function enhance(root) {
  if (root.querySelector?.("figure[data-chart]")) (await import("./charts.js")).drawCharts(root);
  if (root.querySelector?.("figure[data-diagram]")) (await import("./diagram.js")).drawDiagrams(root);
  if (root.querySelector?.("form[data-ballot]")) (await import("./voting.js")).takeVotes(root);
}

showTextSize(rememberedTextSize());
enhance(document);
for (const live of document.querySelectorAll("[data-live]")) import("./live.js").then(({ follow }) => follow(live));
document.addEventListener("renda:renewed", (event) => enhance(event.target));
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
