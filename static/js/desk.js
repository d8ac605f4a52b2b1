/* The desk: what is typed is kept on the server every few seconds, and leaving with unsaved changes asks first. */
const WAIT = 4000;
const form = document.querySelector("form[data-autosave]");

if (form) {
  const line = form.querySelector("[data-autosaved]");
  let isChanged = document.querySelector(".errors, #conflict") !== null;
  let timer;

  const keep = async () => {
    const data = new FormData(form);
    data.delete("do");
    data.set("autosave-kind", form.dataset.kind);
    data.set("autosave-resource", form.dataset.resource);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      line.textContent = `${line.dataset.words} ${new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`;
    } catch {
      line.textContent = line.dataset.trouble;
    }
  };
  form.addEventListener("input", () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
  form.addEventListener("submit", () => {
    isChanged = false;
    clearTimeout(timer);
  });
  addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}

/* The list of files follows the reading. */
const look = async () => {
  const shown = document.querySelector("#files[data-reading]");
  if (!shown) return;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.getElementById("files");
    if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
  } catch { /* The next look may find the server again. */ }
  setTimeout(look, WAIT);
};
setTimeout(look, WAIT);
