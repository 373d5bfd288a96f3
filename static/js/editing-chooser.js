/* The windows in which something is looked up: one can type at once, and what was ticked stays ticked in the next search. */
(() => {
  "use strict";

  const TICK = "[data-multiple-choice-select]";

  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches(".modal:not([data-began])")) return;
    target.dataset.began = "";
    target.setAttribute("aria-label", target.querySelector("h1, h2")?.textContent.trim() ?? "");
    target.querySelector('[data-chooser-modal-search] input[type="text"]')?.focus();
  });

  const kept = (form, value) => form.querySelector(`.concepts-chosen [value="${CSS.escape(value)}"]`);

  const chosenList = (form) => {
    let list = form.querySelector(".concepts-chosen");
    if (list) return list;
    list = document.createElement("ul");
    list.className = "concepts-chosen";
    list.setAttribute("aria-label", "Gekozen");
    form.querySelector("[data-multiple-choice-submit]").before(list);
    const results = form.querySelector("#search-results");
    new MutationObserver(() => {
      for (const tick of results.querySelectorAll(TICK)) tick.checked = Boolean(kept(form, tick.value));
    }).observe(results, { childList: true });
    return list;
  };

  /* The same kind of box as in the results, so Wagtail sends and counts it. */
  const keep = (form, tick) => {
    const row = tick.closest("tr");
    const scheme = row.querySelector(".concept-scheme");
    const item = document.createElement("li");
    const label = document.createElement("label");
    const copy = tick.cloneNode();
    copy.removeAttribute("id");
    copy.removeAttribute("aria-label");
    copy.removeAttribute("aria-labelledby");
    copy.removeAttribute("title");
    copy.checked = true;
    label.append(copy, `${scheme.previousSibling.textContent.trim()} (${scheme.textContent.toLowerCase()})`);
    item.append(label);
    chosenList(form).append(item);
  };

  document.addEventListener("change", ({ target }) => {
    const form = target.matches(TICK) && target.closest("[data-multiple-choice-form]");
    if (!form) return;
    if (target.checked) {
      if (!kept(form, target.value)) keep(form, target);
      return;
    }
    kept(form, target.value)?.closest("li").remove();
    for (const tick of form.querySelectorAll(TICK)) if (tick.value === target.value) tick.checked = false;
    form.querySelector("[data-multiple-choice-submit]").disabled = !form.querySelector(`${TICK}:checked`);
  });
})();
