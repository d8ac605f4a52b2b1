/* A resource's page: print, and tell the start of an event in the visitor's own zone. Nothing needs it. */
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
