/* What the page does better with JavaScript: results as one types, and a print button. Everything works without it. */

const ATTENTE = 250;

function liveSearch(zone) {
  const form = zone.closest("form");
  const words = form.elements.namedItem("q");
  const day = form.elements.namedItem("commise_le");
  const list = form.querySelector("[data-resultats]");
  const count = form.querySelector("[data-compte]");
  let timer = 0;
  let running = null;

  async function search() {
    running?.abort();
    running = new AbortController();
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    body.set("q", words.value);
    body.set("commise_le", day.value);
    body.set("bareme", form.querySelector("[name=bareme]:checked")?.value ?? "");
    try {
      const answer = await fetch(zone.dataset.adresse, { method: "POST", body, signal: running.signal });
      if (answer.ok) show(await answer.text(), body.get("q"));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function show(html, searched) {
    const page = new DOMParser().parseFromString(html, "text/html");
    count.textContent = page.querySelector("[data-compte]").textContent;
    form.elements.namedItem("cherche").value = searched;
    list.replaceChildren(...page.querySelectorAll("fieldset"));
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(search, ATTENTE);
  }

  words.addEventListener("input", wait);
  day.addEventListener("change", wait);
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
}

document.querySelectorAll("[data-recherche]").forEach(liveSearch);
document.querySelectorAll("[data-imprimer]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
