/* The draft page works without this file. With it, words that were typed last are saved before any
   other button takes the page away: they would wait for the typing to stop, and be lost. */
(() => {
  "use strict";
  const forms = [...document.querySelectorAll("form.wording")];
  const box = (form) => form.querySelector("textarea");
  const unsaved = (form) => box(form).value !== (box(form).dataset.saved ?? box(form).defaultValue);
  for (const form of forms) {
    let sent = "";
    form.addEventListener("htmx:beforeRequest", () => { sent = box(form).value; });
    form.addEventListener("htmx:afterRequest", (event) => {
      // Only what was saved comes back with the new state of the draft.
      const saved = event.detail.xhr.responseText.includes('id="draft-seen"');
      if (saved) box(form).dataset.saved = sent;
    });
  }
  const save = (form) => new Promise((done) => {
    form.addEventListener("htmx:afterRequest", done, { once: true });
    htmx.trigger(form, "submit");
  });
  document.addEventListener("submit", async (event) => {
    const waiting = forms.filter(unsaved);
    if (event.target.matches("form.wording") || !waiting.length) return;
    event.preventDefault();
    for (const form of waiting) {
      if (!form.reportValidity()) return;
      await save(form);
      // That may have been a request with earlier words, which was under way.
      if (unsaved(form)) await save(form);
      if (unsaved(form)) {
        box(form).focus();
        return;
      }
    }
    event.target.requestSubmit(event.submitter);
  });
})();
