/* A resource's page: copy a text or a link, print, and tell the start of an event in the visitor's own zone. Nothing needs it. */
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

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const language = document.documentElement.lang;
const local = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short", hourCycle: "h23", numberingSystem: "latn" });
for (const time of document.querySelectorAll("time[data-local]")) {
  const moment = new Date(time.dateTime);
  if (Number.isNaN(moment.valueOf())) continue;
  const place = document.createElement("bdi");
  place.textContent = ` · ${local.format(moment)} ${time.dataset.local}`;
  time.parentElement.append(place);
}
