/* Passkeys: signing in with one, and a word where one did not work. webauthn-json.js comes before it.
   Without this file the button is not shown; password and mailed code work all the same. */
const errors = document.querySelectorAll("[data-passkey-error]");
const tell = (isWrong) => errors.forEach((error) => (error.hidden = !isWrong));

const form = document.querySelector("form[data-passkey=login]");
if (form && globalThis.PublicKeyCredential) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    tell(false);
    try {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      const { request_options: options } = await answer.json();
      form.elements.credential.value = JSON.stringify(await globalThis.webauthnJSON.get(options));
      form.submit();
    } catch {
      tell(true);
    }
  });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  tell(true);
});
