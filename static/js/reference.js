/* Swagger UI, for who asks for it: the API's calls to try out. The table of calls is there without it. */
const place = document.querySelector("#reference");
const offer = document.querySelector("[data-try]");

const show = () =>
  window.SwaggerUIBundle({
    url: place.dataset.description,
    domNode: place,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
  });

if (place && offer) {
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = place.dataset.style;
    const program = document.createElement("script");
    program.src = place.dataset.program;
    program.addEventListener("load", () => {
      offer.hidden = true;
      show();
    });
    document.head.append(style, program);
  });
}
