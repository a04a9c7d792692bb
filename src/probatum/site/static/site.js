/* Everything works without this file: it only saves a page load, tells a screen reader that an answer
   arrived, marks the part being read, and adds the keys named on the page. */
(() => {
  "use strict";
  const status = () => document.getElementById("live");
  const say = (text) => { const line = status(); if (line) line.textContent = text; };

  // The parts of an answer, with the one being read marked in the contents.
  let watcher = null;
  const follow = () => {
    document.querySelectorAll(".needs-script").forEach((each) => { each.hidden = false; });
    watcher?.disconnect();
    const links = new Map(
      [...document.querySelectorAll(".toc a[href^='#']")].map((link) => [link.hash.slice(1), link]),
    );
    if (!links.size || !("IntersectionObserver" in window)) return;
    watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        links.forEach((link) => link.classList.remove("here"));
        links.get(entry.target.id)?.classList.add("here");
      }
    }, { rootMargin: "0px 0px -75% 0px" });
    links.forEach((_, id) => { const part = document.getElementById(id); if (part) watcher.observe(part); });
  };

  // What is saved while somebody types changes a line beside the words, and must not take the focus.
  const isPage = (event) => event.detail.target?.id === "main";
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!isPage(event)) return;
    document.body.classList.add("busy");
    say(status()?.dataset.busy);
  });
  document.addEventListener("htmx:afterRequest", () => document.body.classList.remove("busy"));
  // A refused question comes with its sentence in a page: it is shown like any other.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const kind = event.detail.xhr.getResponseHeader("Content-Type") || "";
    if (event.detail.xhr.status >= 400 && kind.startsWith("text/html")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:sendError", () => say(status()?.dataset.lost));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!isPage(event)) return;
    const heading = document.querySelector("main h1");
    if (heading) {
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
      const state = document.querySelector("main .banner h2, main .complaint p, main [data-said]");
      const answer = document.querySelector("main .answer") ? `${status()?.dataset.shown} ` : "";
      say(state ? state.textContent.trim() : answer + heading.textContent.trim());
    }
    follow();
  });

  // The note is fetched when it is asked for. Safari lets a page write to the clipboard only in the
  // moment of the click, so the text is promised then and handed over once it is there.
  const copyNote = async (button) => {
    const text = fetch(button.dataset.note).then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.blob();
    });
    try {
      const note = text.then((blob) => new Blob([blob], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": note })]);
      button.textContent = "Copied";
      say("The note was copied.");
    } catch {
      location.assign(button.dataset.note);
    }
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest(".print-it")) window.print();
    const copier = event.target.closest(".copy-note");
    if (copier) copyNote(copier);
    // A link out of a card to the list of references closes the card first.
    const card = event.target.closest(".card");
    if (card && event.target.closest("a[href^='#']")) card.hidePopover?.();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = document.querySelector("textarea[name=q], input[name=q], input[name=filter]");
    if (box) { event.preventDefault(); box.focus(); }
  });
  // Enter asks; Shift and Enter makes a new line, as in other question boxes.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!event.target.matches("textarea[name=q]")) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  follow();
})();
