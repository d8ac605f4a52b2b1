/* Who follows an unread notification has read it. Without this the button beside it says so. */
addEventListener("click", (event) => {
  const link = event.target.closest("a[data-told]");
  const form = link && document.getElementById(link.dataset.told);
  if (form) navigator.sendBeacon(form.action, new FormData(form));
});
