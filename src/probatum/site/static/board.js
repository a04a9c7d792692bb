/* The review page works without this file: it only adds keys. j and k go from claim to claim, 1
   approves, 2 opens the words to amend, 3 opens the reason of a rejection. Where no claim has been
   gone to, or it is out of sight, a key goes to it and does nothing else. */
(() => {
  "use strict";
  const claims = [...document.querySelectorAll(".review-claim")];
  if (!claims.length) return;
  let at = claims.findIndex((each) => `#${each.id}` === location.hash);
  const go = (to, focus) => {
    claims[at]?.classList.remove("here");
    at = Math.min(claims.length - 1, Math.max(0, to));
    claims[at].classList.add("here");
    if (focus) {
      claims[at].focus({ preventScroll: true });
      claims[at].scrollIntoView({ block: "nearest" });
    }
  };
  const inSight = () => {
    const box = claims[at]?.getBoundingClientRect();
    return box && box.bottom > 0 && box.top < innerHeight;
  };
  const firstOpen = () => claims.findIndex((each) => each.classList.contains("open"));
  const open = (name, field) => {
    const part = claims[at].querySelector(`details.${name}`);
    if (!part) return false;
    part.open = true;
    part.querySelector(field).focus();
    return true;
  };
  const keys = {
    j: () => go(at + 1, true),
    k: () => go(at - 1, true),
    1: () => claims[at].querySelector("form.approve button")?.click(),
    2: () => open("amend", "textarea"),
    3: () => open("reject", "select"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (!(event.key in keys)) return;
    event.preventDefault();
    if (inSight()) keys[event.key]();
    else go(at < 0 ? firstOpen() : at, true);
  });
  document.addEventListener("focusin", (event) => {
    const claim = event.target.closest(".review-claim");
    if (claim) go(claims.indexOf(claim), false);
  });
  if (at >= 0) go(at, true);
})();
