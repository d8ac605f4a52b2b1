/* Every page: menus close with Escape and with a click elsewhere, and the appearance changes at once. Nothing needs it. */
const menus = () => document.querySelectorAll("details.pop[open]");

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

const appearance = document.querySelector("form[data-appearance]");
if (appearance) {
  const choice = appearance.elements.theme;
  appearance.querySelector("button").hidden = true;
  choice.addEventListener("change", () => {
    if (choice.value) document.documentElement.dataset.theme = choice.value;
    else delete document.documentElement.dataset.theme;
    fetch(appearance.action, { method: "POST", body: new FormData(appearance), redirect: "manual" });
  });
}
