/* Buttons that copy a text or a link. Nothing needs them: what they copy can be read and marked. */
const say = (words) => {
  const place = document.createElement("div");
  place.className = "toasts";
  place.setAttribute("role", "status");
  document.body.append(place);
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = words;
  place.append(toast);
  setTimeout(() => place.remove(), 5000);
};

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.querySelector(button.dataset.copy);
    button.hidden = !source;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.href || source.textContent.trim());
        say(button.dataset.done);
      } catch {
        getSelection().selectAllChildren(source);
      }
    });
  }
}
