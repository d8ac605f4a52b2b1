/* Search boxes offer what the typed beginning may become, forms leave out what is empty, and an order chosen with
   the pointer is used at once. Without this file the same forms do the same with their buttons. */
const WAIT = 150;

for (const box of document.querySelectorAll("input[data-suggestions]")) offer(box);

function offer(box) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-suggestions`;
  box.after(list);
  let timer, asked;
  const places = new Map();
  box.addEventListener("input", (event) => {
    if (!event.inputType && places.get(box.value)) {
      location.assign(places.get(box.value));
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });

  async function ask() {
    const typed = box.value.trim();
    if (typed.length < 2 || typed === asked) return;
    asked = typed;
    const answer = await fetch(`${box.dataset.suggestions}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer?.ok || asked !== typed) return;
    const { suggestions } = await answer.json();
    places.clear();
    for (const one of suggestions) places.set(one.text, one.url);
    if (suggestions.length) box.setAttribute("list", list.id);
    list.replaceChildren(...suggestions.map((one) => new Option(one.label, one.text)));
  }
}

addEventListener("submit", ({ target }) => {
  if (target.method !== "get") return;
  for (const control of target.elements) if (control.name && control.value === "") control.disabled = true;
});
addEventListener("pageshow", () => {
  for (const control of document.querySelectorAll("form[method=get] :disabled, form:not([method]) :disabled")) control.disabled = false;
});

for (const select of document.querySelectorAll("select[data-submit]")) {
  let byPointer = false;
  select.nextElementSibling.classList.add("vh"); // Its button shows itself to who comes to it by keyboard.
  select.addEventListener("pointerdown", () => (byPointer = true));
  select.addEventListener("keydown", () => (byPointer = false));
  select.addEventListener("change", () => byPointer && select.form.requestSubmit());
}
