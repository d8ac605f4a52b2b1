// A part of a page that says how far something is: asked for again until it no longer says data-live.
const part = document.querySelector("[data-live]");

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (!("live" in fresh.dataset)) return location.reload();
      for (const name of ["label", "progress", "dl"]) part.querySelector(name).replaceWith(fresh.querySelector(name));
    }
  } catch {
    // Away for the moment: the next round asks again.
  }
  setTimeout(refresh, 3000);
}

if (part) setTimeout(refresh, 3000);
