/* The form of a case follows the writer. Without this script everything is shown and nothing is lost. */
(() => {
  "use strict";

  const WAIT = 1200;

  /* Somebody else saved too: what happens with this text is a choice, made by the button. Listened to before anything starts. */
  document.addEventListener(
    "w-autosave:save",
    (event) => {
      if (!event.target.querySelector?.("[data-newer-version]")) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  const start = () => {
    const form = document.querySelector("#page-edit-form");
    const overview = document.querySelector('[data-case-advice="overview"]');
    if (!form || !overview) return;
    const { url, brilliant, effectConcepts } = overview.dataset;
    const withEffect = new Set(effectConcepts.split(","));
    const field = (name) => form.elements.namedItem(name);

    const show = (element, wanted) => {
      if (element) element.hidden = !wanted;
    };

    const followChoices = () => {
      show(form.querySelector(".brilliant-conditions"), field("outcome").value === brilliant);
      for (const element of form.querySelectorAll(".without-organisation")) {
        const control = element.querySelector("select");
        show(element, !field("organisation").value || control.value);
      }
      for (const chosen of form.querySelectorAll('[name^="links-"][name$="-concept"]')) {
        followConcept(chosen);
      }
    };

    /* Helped or hindered is asked where it means something. */
    const followConcept = (chosen) => {
      const prefix = chosen.name.slice(0, -"-concept".length);
      const radios = [...form.querySelectorAll(`[name="${prefix}-effect"]`)];
      const wrapper = radios[0]?.closest(".w-panel__wrapper");
      const means = withEffect.has(chosen.value);
      const given = radios.some((radio) => radio.checked && radio.value);
      show(wrapper, means || given);
    };

    const count = () => {
      for (const area of form.querySelectorAll("[data-count-to]")) {
        let told = area.parentElement.querySelector(".case-count");
        if (!told) {
          told = document.createElement("p");
          told.className = "case-count";
          area.after(told);
        }
        const left = Number(area.dataset.countTo) - area.value.length;
        told.textContent = left < 0 ? `${-left} tekens te veel` : `Nog ${left} tekens`;
        told.classList.toggle("case-count--over", left < 0);
      }
    };

    const opened = (part) => new Set([...part.querySelectorAll("details[open] > summary")].map((s) => s.textContent.replace(/[\d\s]+/g, "")));

    const replaceParts = (parts) => {
      for (const [name, html] of Object.entries(parts)) {
        const old = document.querySelector(`[data-case-advice="${name}"]`);
        if (!old || old.contains(document.activeElement) || old.querySelector("[data-newer-version]")) continue;
        const open = opened(old);
        const holder = document.createElement("template");
        holder.innerHTML = html.trim();
        const fresh = holder.content.firstElementChild;
        for (const details of fresh.querySelectorAll("details")) {
          if (open.has(details.firstElementChild.textContent.replace(/[\d\s]+/g, ""))) details.open = true;
        }
        old.replaceWith(fresh);
      }
      enableButtons();
    };

    const placeHints = (hints) => {
      for (const old of form.querySelectorAll(".case-hints")) old.remove();
      for (const hint of hints) {
        const holder = form.querySelector(`[data-contentpath="${hint.field}"]`);
        if (!holder) continue;
        let list = holder.parentElement.querySelector(":scope > .case-hints");
        if (!list) {
          list = document.createElement("ul");
          list.className = "case-hints";
          holder.after(list);
        }
        const item = document.createElement("li");
        item.textContent = hint.text;
        if (hint.quote) {
          const quote = document.createElement("q");
          quote.textContent = hint.quote;
          item.append(" ", quote);
        }
        list.append(item);
      }
    };

    let timer;
    let asked = 0;
    const askLater = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    };

    const ask = async () => {
      asked += 1;
      const mine = asked;
      const page = new URL(form.action, location.href).pathname.match(/\/pages\/(\d+)\/edit\//);
      const response = await fetch(page ? `${url}?casus=${page[1]}` : url, {
        method: "POST",
        body: new FormData(form),
        headers: { [window.wagtailConfig.CSRF_HEADER_NAME]: window.wagtailConfig.CSRF_TOKEN },
      }).catch(() => null);
      if (!response?.ok || mine !== asked) return;
      const found = await response.json();
      replaceParts(found.parts);
      placeHints(found.hints);
    };

    /* The editors of rich text have no name of their own for who listens to the page. */
    const nameEditors = () => {
      for (const editor of form.querySelectorAll(".public-DraftEditor-content:not([aria-label])")) {
        const label = editor.closest(".w-panel__wrapper, .w-panel")?.querySelector("label");
        if (label) editor.setAttribute("aria-label", label.firstChild.textContent.trim());
      }
    };

    const enableButtons = () => {
      for (const button of document.querySelectorAll("[data-add-concept]")) button.hidden = false;
    };

    const addConcept = (button) => {
      const panel = window.wagtail.editHandler.getPanelByName("links");
      panel.addForm();
      const id = `id_links-${panel.formCount - 1}-concept`;
      panel.chooserWidgetFactory.getById(id).setStateFromModalData({ id: button.dataset.addConcept, title: button.dataset.title });
      button.closest("li").remove();
      followChoices();
      document.getElementById(id.replace("-concept", "-evidence"))?.focus();
    };

    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-add-concept]");
      if (button) addConcept(button);
    });
    /* A link within the form opens what is folded on the way. */
    document.addEventListener("click", (event) => {
      const link = event.target.closest('.case-advice a[href^="#"]');
      const goal = link && document.getElementById(link.hash.slice(1));
      const folded = goal?.closest(".w-panel__content[hidden]");
      if (folded) document.querySelector(`[aria-controls="${folded.id}"]`)?.click();
    });
    for (const name of ["input", "change", "w-formset:added", "w-formset:removed"]) {
      form.addEventListener(name, () => {
        followChoices();
        count();
        askLater();
      });
    }
    form.addEventListener("w-unsaved:add", askLater);
    /* What was saved in the background is our own: a save by hand builds on it, and isn't late. */
    form.addEventListener("w-autosave:success", (event) => {
      const { revision_id: revision, revision_created_at: saved } = event.detail.response;
      if (field("loaded_revision_id")) field("loaded_revision_id").value = revision;
      if (field("loaded_revision_created_at")) field("loaded_revision_created_at").value = saved;
    });
    followChoices();
    count();
    enableButtons();
    nameEditors();
    window.addEventListener("load", nameEditors);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
