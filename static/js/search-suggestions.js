/* Suggestions below a search box while typing: the pattern "editable combobox with list autocomplete".
   The box works without this file. */
"use strict";
(function () {
  var PAUSE = 150;
  var FEWEST_LETTERS = 2;

  function element(tag, attributes) {
    var made = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    return made;
  }

  function combobox(box) {
    var id = box.id + "-suggesties";
    var list = element("ul", { id: id, role: "listbox", "aria-label": "Suggesties", class: "ib-suggestions", hidden: "" });
    var status = element("p", { role: "status", class: "ib-hidden" });
    var options = [];
    var active = -1;
    var shownFor = "";
    var waiting = 0;
    var request = null;

    function activate(number) {
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = number;
      if (!options[active]) {
        box.removeAttribute("aria-activedescendant");
        return;
      }
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options[active].id);
    }
    function isOpen() { return !list.hidden; }
    function close() {
      activate(-1);
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
    }
    function open() {
      if (!options.length || shownFor !== box.value) return;
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
    }
    function stop() {
      clearTimeout(waiting);
      if (request) request.abort();
      request = null;
    }
    function empty() {
      close();
      options = [];
      list.textContent = "";
      status.textContent = "";
    }
    function go(option) {
      stop();
      close();
      location.assign(option.dataset.url);
    }
    function line(suggestion, number) {
      var option = element("li", { id: id + "-" + number, role: "option", "aria-selected": "false" });
      if (suggestion.soort) {
        var kind = element("span", { class: "ib-suggestions__kind" });
        kind.textContent = suggestion.soort + ": ";
        option.append(kind);
      }
      option.append(suggestion.tekst);
      option.dataset.url = suggestion.url;
      option.addEventListener("click", function () { go(option); });
      list.append(option);
      return option;
    }
    function show(text, suggestions) {
      empty();
      shownFor = text;
      options = suggestions.map(line);
      if (document.activeElement !== box) return;
      open();
      var number = options.length === 1 ? "1 suggestie" : options.length + " suggesties";
      status.textContent = options.length ? number + ". Kies met de pijltjestoetsen." : "Geen suggesties.";
    }
    function ask() {
      var text = box.value;
      stop();
      if (text.trim().length < FEWEST_LETTERS) return empty();
      request = new AbortController();
      fetch(box.dataset.ibSuggestions + "?q=" + encodeURIComponent(text), { signal: request.signal }).then(
        function (response) { return response.ok ? response.json() : { suggesties: [] }; }
      ).then(
        function (answer) { if (text === box.value) show(text, answer.suggesties); }
      ).catch(function () { /* A newer question came, or the network is away: then there are no suggestions. */ });
    }

    var keys = {
      ArrowDown: function (event) {
        if (isOpen() && !event.altKey) activate(active + 1 < options.length ? active + 1 : -1);
        else if (!isOpen()) {
          open();
          if (isOpen() && !event.altKey) activate(0);
        }
        return true;
      },
      ArrowUp: function (event) {
        if (event.altKey) close();
        else if (isOpen()) activate(active < 0 ? options.length - 1 : active - 1);
        else {
          open();
          if (isOpen()) activate(options.length - 1);
        }
        return true;
      },
      Enter: function () {
        if (isOpen() && options[active]) {
          go(options[active]);
          return true;
        }
        stop();
        close();
        return false;
      },
      Escape: function () {
        if (!isOpen()) return false;
        stop();
        close();
        return true;
      },
      Tab: function () { stop(); close(); return false; },
      Home: function () { activate(-1); return false; },
      End: function () { activate(-1); return false; },
      ArrowLeft: function () { activate(-1); return false; },
      ArrowRight: function () { activate(-1); return false; }
    };
    box.addEventListener("keydown", function (event) {
      if (event.isComposing || !keys[event.key]) return;
      if (keys[event.key](event)) event.preventDefault();
    });
    box.addEventListener("input", function (event) {
      close();
      clearTimeout(waiting);
      if (!event.isComposing) waiting = setTimeout(ask, PAUSE);
    });
    box.addEventListener("compositionend", function () { waiting = setTimeout(ask, PAUSE); });
    box.addEventListener("blur", function () { stop(); close(); });
    /* The focus stays in the box when somebody presses on the list. */
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });

    Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-haspopup": "listbox"
    }).forEach(function (pair) { box.setAttribute(pair[0], pair[1]); });
    box.parentElement.append(list);
    document.body.append(status);
  }

  document.querySelectorAll("input[data-ib-suggestions]").forEach(combobox);
})();
