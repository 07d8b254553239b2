// Pages that follow a sitting: a small answer is polled; what changed is fetched from the page's own address.
const REFRESHED = 10 * 60 * 1000; // a session lasts while its elector sits and waits
const RELEASED = ["published", "withheld", "void"];

// What makes a page old: to an elector which ballots are open and whose results are out, to a hall and a chair everything but the counts.
function stateOf(live, told) {
  if (live.dataset.follow === "open") {
    const shown = told.ballots.filter((each) => each.state === "open" || RELEASED.includes(each.state));
    return JSON.stringify(shown.map((each) => [each.id, each.state]));
  }
  return JSON.stringify([told.state, told.present, told.ballots.map((each) => [each.id, each.state])]);
}

function count(root, told) {
  for (const each of told.ballots) {
    for (const place of root.querySelectorAll(`[data-voted="${each.id}"]`)) place.textContent = each.voted;
    for (const place of root.querySelectorAll(`[data-issued="${each.id}"]`)) place.textContent = each.issued;
    for (const place of root.querySelectorAll(`[data-progress="${each.id}"]`)) place.value = each.voted;
  }
  for (const place of document.querySelectorAll("[data-present]")) place.textContent = told.present;
}

// A ballot that ended while its paper lay here unsent: said, and not taken away without a word.
function missed(part, words) {
  const form = part.querySelector("form[data-ballot]:not([data-sending], [data-answer])");
  if (!form) return;
  form.dataset.answer = "missed";
  for (const field of form.elements) field.disabled = true;
  const said = form.querySelector(".vote-said");
  said.textContent = words.missed;
  said.dataset.level = "danger";
  form.querySelector(".vote-button")?.remove();
}

// Parts that did not change stay as they are, and so do marks made on them; a paper on its way is never taken away.
export function merge(live, fresh) {
  const released = new Set([...fresh.querySelectorAll("[data-released]")].map((part) => part.dataset.released));
  const before = new Map([...live.children].map((part) => [part.id, part]));
  const kept = [...fresh.children].map((part) => {
    const old = before.get(part.id);
    before.delete(part.id);
    const busy = old?.querySelector("form[data-sending], form[data-answer]");
    return old && (busy || old.dataset.keep === part.dataset.keep) ? old : document.adoptNode(part);
  });
  // Once its result is out, the paper somebody sent has nothing more to say.
  const gone = [...before.values()].filter((part) => {
    const form = part.querySelector("form[data-ballot]");
    return form && !released.has(form.dataset.ballot);
  });
  for (const part of gone) missed(part, JSON.parse(live.dataset.words));
  live.replaceChildren(...kept, ...gone);
}

async function renew(live) {
  const response = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!response.ok || new URL(response.url).pathname !== location.pathname) return location.reload();
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById(live.id);
  if (fresh) {
    live.className = fresh.className;
    merge(live, fresh);
  }
  live.dispatchEvent(new CustomEvent("renda:renewed", { bubbles: true }));
}

export function follow(live) {
  const every = Number(live.dataset.every);
  let known = live.dataset.told ? stateOf(live, JSON.parse(live.dataset.told)) : null;
  let renewed = Date.now();
  const ask = async () => {
    try {
      const response = await fetch(live.dataset.live, { cache: "no-cache" });
      if (response.ok) {
        const told = await response.json();
        const state = stateOf(live, told);
        if (known !== state || Date.now() - renewed > REFRESHED) {
          await renew(live);
          renewed = Date.now();
          known = state;
        }
        count(document, told);
        live.dataset.followed = "yes";
        delete live.dataset.cut;
      }
    } catch {
      live.dataset.cut = "yes"; // the network is gone: what stands here may be old
    }
    setTimeout(ask, every);
  };
  ask();
}
