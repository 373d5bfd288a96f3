/* Small conveniences. Every page works without this file. */
"use strict";
(function () {
  /* Links that open a panel by its address (#id) become buttons that open and close it. */
  function setOpen(control, panel, open) {
    panel.classList.toggle("is-open", open);
    control.setAttribute("aria-expanded", String(open));
  }
  document.querySelectorAll("[data-ib-toggle]").forEach(function (control) {
    var panel = document.getElementById(control.dataset.ibToggle);
    if (!panel) return;
    control.setAttribute("role", "button");
    control.setAttribute("aria-controls", panel.id);
    if (location.hash === "#" + panel.id) history.replaceState(null, "", location.pathname + location.search);
    setOpen(control, panel, false);
    function toggle(event) {
      event.preventDefault();
      setOpen(control, panel, !panel.classList.contains("is-open"));
    }
    control.addEventListener("click", toggle);
    control.addEventListener("keydown", function (event) { if (event.key === " ") toggle(event); });
    function close() {
      setOpen(control, panel, false);
      control.focus();
    }
    panel.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && panel.classList.contains("is-open") && getComputedStyle(control).display !== "none") close();
    });
    document.querySelectorAll('[data-ib-close="' + panel.id + '"]').forEach(function (link) {
      link.addEventListener("click", function (event) { event.preventDefault(); close(); });
    });
  });

  /* A long list of choices gets a box to find one. */
  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }
  document.querySelectorAll("[data-ib-filterbox]").forEach(function (set) {
    var box = document.createElement("input");
    var more = set.querySelector("details");
    var was = more && more.open;
    box.type = "search";
    box.className = "ib-facet__filter";
    box.placeholder = set.dataset.ibFilterbox;
    box.setAttribute("aria-label", set.dataset.ibFilterbox);
    box.addEventListener("input", function () {
      var wanted = plain(box.value.trim());
      set.querySelectorAll("li").forEach(function (item) {
        var input = item.querySelector("input");
        item.hidden = Boolean(wanted) && !input.checked && plain(item.querySelector("label").textContent).indexOf(wanted) < 0;
      });
      if (more) more.open = wanted ? true : was;
    });
    box.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
    set.querySelector("legend").after(box);
  });

  /* Once a filter was changed, its button stays in view. */
  document.querySelectorAll(".ib-filters").forEach(function (panel) {
    panel.addEventListener("change", function (event) {
      if (event.target.type === "checkbox") panel.classList.add("is-changed");
    });
  });

  /* The hint to scroll a table is for a table that does not fit. */
  function hints() {
    document.querySelectorAll(".ib-scroll").forEach(function (box) {
      var hint = box.previousElementSibling;
      if (hint && hint.classList.contains("ib-scroll-hint")) hint.hidden = box.scrollWidth <= box.clientWidth;
    });
  }
  hints();
  window.addEventListener("resize", hints);

  /* Copy the address of a page. */
  document.querySelectorAll("[data-ib-copy]").forEach(function (button) {
    if (!navigator.clipboard) return;
    var done = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.ibCopy).then(
        function () { done.textContent = "Gekopieerd"; },
        function () { done.textContent = "Kopiëren lukte niet. Selecteer het adres en kopieer het zelf."; }
      );
    });
  });

  /* The date on paper. */
  document.querySelectorAll("[data-ib-print-date]").forEach(function (place) {
    place.textContent = "op " + new Date().toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });
  });
})();
