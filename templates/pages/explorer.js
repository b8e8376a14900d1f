"use strict";
(() => {
  const { legend, services, machine, data_sets } = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const FILTERS = ["sop_class", "service", "usage", "code", "parameter", "status"];
  const state = { ...Object.fromEntries(FILTERS.map((name) => [name, ""])), view: "matrix", cell: "" };

  // ---- building elements: text is never markup ----------------------------------------------
  const el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== false) node.setAttribute(name, value);
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  };
  const link = (address, text) =>
    address ? el("a", { href: address, rel: "noopener" }, text) : el("span", {}, text);

  const sets = data_sets ? dataSetsView(data_sets, { el, link, state, example: (...all) => example(...all) }) : null;

  // ---- filters -------------------------------------------------------------------------------
  const kindOf = (code) => code.replace("(=)", "")[0];
  const matches = (pattern, wanted) =>
    pattern.length === wanted.length &&
    [...pattern].every((digit, index) => digit === "x" || digit === wanted[index]);

  // An exact code comes before a range; a word is looked for in the names.
  const statusesWith = (service, wanted) => {
    if (!wanted) return service.statuses;
    const code = wanted.toUpperCase().replace(/^0X|H$/g, "");
    if (/^[0-9A-F]{4}$/.test(code)) {
      const exact = service.statuses.filter((status) => status.codes.includes(code));
      return exact.length
        ? exact
        : service.statuses.filter((status) => status.codes.some((each) => matches(each, code)));
    }
    const word = wanted.toLowerCase();
    return service.statuses.filter((status) =>
      `${status.shown} ${status.name} ${status.status_class}`.toLowerCase().includes(word));
  };
  const isMeant = (service) => !state.service || service.name === state.service;
  const hasText = (row) => {
    const text = `${row.name} ${row.keyword} ${row.tag} ${row.vr}`.toLowerCase();
    return state.parameter.toLowerCase().split(/\s+/).every((word) => text.includes(word));
  };
  const hasUsage = (cell) => !state.usage || cell.code === state.usage || kindOf(cell.code) === state.usage;

  // ---- the two views -------------------------------------------------------------------------
  const caption = (service, extra) =>
    el("caption", {}, el("b", {}, service.name), " ", el("span", {}, service.summary), " ",
      link(service.address, `Table ${service.table}`), extra);

  const heads = (names) =>
    el("thead", {}, el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, name))));

  const matrix = (service) => {
    const statuses = state.status ? statusesWith(service, state.status) : null;
    if (statuses && !statuses.length) return null;
    const rows = service.rows.filter((row) => hasText(row) && row.cells.some(hasUsage));
    if (!rows.length) return null;
    const columns = Object.values(service.columns);
    const table = el("table", { "data-service": service.name },
      caption(service, statuses ? withStatuses(statuses) : null),
      el("colgroup", {}, el("col"), ...columns.map(() => el("col", { class: "cell" }))),
      heads(["Parameter", ...columns]),
      el("tbody", {}, ...rows.map((row) => matrixRow(service, row))));
    table.count = rows.length;
    return table;
  };
  const withStatuses = (statuses) =>
    el("div", { class: "with" }, ...statuses.map((status) =>
      el("div", {}, `${status.shown} ${status.name}: may also carry `,
        status.fields.join(", ") || "nothing else", " (", link(status.address, status.clause), ")")));

  const matrixRow = (service, row) =>
    el("tr", {},
      el("th", { scope: "row" }, row.name, el("small", {}, [row.tag, row.vr].filter(Boolean).join(" "))),
      ...row.cells.map((cell) => {
        const id = `${service.name}.${cell.column}.${row.keyword}`;
        const name = `${service.name} ${cell.column}, ${row.name}: ${cell.code}`;
        const button = el("button", {
          type: "button", "data-cell": id, "data-kind": kindOf(cell.code), "aria-label": name,
          "aria-pressed": String(state.cell === id), class: hasUsage(cell) ? null : "off",
        }, cell.code);
        return el("td", {}, button);
      }));

  const statusTable = (service) => {
    const word = state.parameter.toLowerCase();
    const rows = statusesWith(service, state.status).filter((status) =>
      !word || status.fields.some((field) => field.toLowerCase().includes(word)));
    if (!rows.length) return null;
    const table = el("table", { "data-service": service.name },
      caption(service, null),
      heads(["Code", "Status", "Class", "May also carry", "Clause"]),
      el("tbody", {}, ...rows.map((status) => el("tr", {},
        el("th", { scope: "row" }, el("code", {}, status.shown)),
        el("td", {}, status.name),
        el("td", {}, status.status_class),
        el("td", {}, status.fields.join(", ") || "–"),
        el("td", {}, link(status.address, status.clause))))));
    table.count = rows.length;
    return table;
  };

  // ---- the states of an association ----------------------------------------------------------
  const transition = (event, where) => machine.cells.find((each) => each.event === event && each.state === where);
  const grid = () => {
    const words = state.parameter.toLowerCase().split(/\s+/);
    const events = machine.events.filter((event) => {
      const cells = machine.cells.filter((cell) => cell.event === event.name);
      const text = [event.name, event.text, ...cells.map((cell) => cell.code)].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    });
    if (!events.length) return [];
    const head = el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Event"),
      ...machine.states.map((each) => el("th", { scope: "col", title: each.text }, each.name))));
    const table = el("table", { class: "grid", "data-service": "states" },
      el("caption", {}, el("div", {}, el("b", {}, "Association"), " ",
        el("span", {}, "What happens in each state. "),
        link(machine.address, `${machine.part} Table ${machine.table}`))),
      head, el("tbody", {}, ...events.map(gridRow)));
    table.count = events.length;
    return [table];
  };
  const gridRow = (event) =>
    el("tr", {}, el("th", { scope: "row" }, event.text), ...machine.states.map((each) => {
      const cell = transition(event.name, each.name);
      if (!cell) return el("td", {});
      const id = `states.${each.name}.${event.name}`;
      return el("td", {}, el("button", {
        type: "button", "data-cell": id, "data-kind": cell.action.split("-")[0],
        "aria-label": `${each.name}, ${event.text}: ${cell.code}`, "aria-pressed": String(state.cell === id),
      }, cell.action, el("small", {}, cell.next.join(" or "))));
    }));
  const textOf = (list, name) => list.find((each) => each.name === name)?.text ?? "";
  const stateDetail = (cell) => [
    el("h2", { id: "detail-title", tabindex: "-1" }, `${cell.state} + ${cell.event}: ${cell.code}`),
    el("p", {}, link(machine.address, `${machine.part} ${machine.section}, Table ${machine.table}`)),
    el("dl", { class: "facts" }, ...[
      [cell.state, textOf(machine.states, cell.state)],
      ["event", textOf(machine.events, cell.event)],
      [cell.action, machine.actions[cell.action].text],
      ["sends", machine.actions[cell.action].sends.join(" or ")],
      ["issues", machine.actions[cell.action].issues.join(" or ")],
      ...cell.next.map((name) => [`then ${name}`, textOf(machine.states, name)]),
    ].filter(([, text]) => text).flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)])),
  ];

  // ---- one cell ------------------------------------------------------------------------------
  const find = (id) => {
    const [name, column, keyword] = id.split(".");
    const service = services.find((each) => each.name === name);
    const row = service?.rows.find((each) => each.keyword === keyword);
    const cell = row?.cells.find((each) => each.column === column);
    return cell ? { service, row, cell } : null;
  };
  const detail = () => {
    const aside = $("detail");
    const [kind, where, event] = state.cell.split(".");
    const step = machine && kind === "states" ? transition(event, where) : null;
    const told = step ? stateDetail(step) : sets && kind === "data" ? sets.detail(state.cell) : null;
    const found = told ?? find(state.cell);
    aside.hidden = !found;
    $("layout").classList.toggle("open", Boolean(found));
    if (!found) return aside.replaceChildren();
    const close = el("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
    close.addEventListener("click", () => choose(""));
    if (told) {
      const [title, ...rest] = told;
      return aside.replaceChildren(title, close, ...rest);
    }
    const { service, row, cell } = found;
    aside.replaceChildren(
      el("h2", { id: "detail-title", tabindex: "-1" }, `${row.name} in ${service.name} ${cell.column}: ${cell.code}`),
      close,
      el("p", {}, `${meaning(cell.code)}${cell.words ? `; ${cell.words}` : ""}. `,
        link(row.address, `${row.standard} ${row.clause}`)),
      el("p", {}, row.description),
      ...rules(cell), ...example("A message that keeps it", cell.valid, []),
      ...example("A message that breaks it", cell.invalid, cell.said));
  };
  const meaning = (code) =>
    code.endsWith("(=)") ? `${legend[code.slice(0, -3)]}. ${legend["(=)"]}` : legend[code];
  const rules = (cell) => cell.rules.length
    ? [el("h3", {}, "Rules"), el("ul", {}, ...cell.rules.map((rule) =>
        el("li", {}, el("code", {}, rule.rule), ` ${rule.message} (${rule.reference})`)))]
    : [];
  const example = (title, code, said) => code
    ? [el("h3", {}, title), el("div", { class: "example" }, el("pre", { tabindex: "0" }, code), copyButton(code)),
       ...(said.length ? [el("div", { class: "said" }, said.join("\n"))] : [])]
    : [];

  // A page from a file may have no clipboard: then the text is marked, and copied as a person would.
  const copyButton = (code) => {
    const button = el("button", { type: "button", class: "copy" }, "Copy");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code);
      } catch {
        getSelection().selectAllChildren(button.previousElementSibling);
        document.execCommand("copy");
      }
      button.textContent = "Copied";
    });
    return button;
  };

  // ---- state, address, events ----------------------------------------------------------------
  const counted = (number, single, plural) => `${number} ${number === 1 ? single : plural}`;
  const showStates = () => {
    const tables = grid();
    $("main").replaceChildren(...tables);
    const shown = document.querySelectorAll("main [data-cell]").length;
    $("count").textContent = tables.length
      ? `${counted(shown, "transition", "transitions")} of ${counted(tables[0].count, "event", "events")}`
      : "No events match: clear a filter.";
    detail();
  };
  // What narrows matrices only is not offered where it does nothing.
  const OFFERED = { states: ["parameter"], data: ["sop_class", "service", "code", "parameter"] };
  const OF_MATRICES = ["service", "usage", "parameter", "status"];
  // What the words are looked for in, and such words.
  const SOUGHT = { states: ["Event", "release, AA-8 …"], data: ["Attribute", "study, (0020,000D) …"] };
  const showDataSets = () => {
    const tables = sets.shown();
    $("main").replaceChildren(...tables);
    const rows = tables.reduce((sum, table) => sum + table.count, 0);
    $("count").textContent = rows
      ? `${counted(rows, "attribute", "attributes")} in ${counted(tables.length, "table", "tables")}`
      : "No attributes match: clear a filter.";
    detail();
  };
  const show = () => {
    const offered = OFFERED[state.view] ?? OF_MATRICES;
    for (const id of FILTERS) $(id).parentElement.hidden = !offered.includes(id);
    const [name, hint] = SOUGHT[state.view] ?? ["Parameter", "UID, (0000,1000) …"];
    $("sought").textContent = name;
    $("parameter").placeholder = hint;
    if (state.view === "states") return showStates();
    if (state.view === "data") return showDataSets();
    const make = state.view === "matrix" ? matrix : statusTable;
    const tables = services.filter(isMeant).map(make).filter(Boolean);
    $("main").replaceChildren(...tables);
    const rows = tables.reduce((sum, table) => sum + table.count, 0);
    const [one, many] = state.view === "matrix" ? ["parameter", "parameters"] : ["status", "statuses"];
    $("count").textContent = rows
      ? `${counted(rows, one, many)} in ${counted(tables.length, "service", "services")}`
      : `No ${many} match: clear a filter.`;
    detail();
  };
  const read = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const key of Object.keys(state)) state[key] = given.get(key) ?? "";
    const views = ["status", ...(machine ? ["states"] : []), ...(sets ? ["data"] : [])];
    state.view = views.includes(state.view) ? state.view : "matrix";
    for (const id of FILTERS) $(id).value = state[id];
    document.querySelector(`input[name=view][value=${state.view}]`).checked = true;
    show();
  };
  const write = () => {
    const shown = Object.entries(state).filter(([key, value]) => value && !(key === "view" && value === "matrix"));
    const hash = new URLSearchParams(shown).toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };
  const choose = (id) => {
    const before = state.cell;
    state.cell = id;
    write();
    show();
    // The detail takes half of the width: what was chosen stays in sight.
    if (id) document.querySelector(`[data-cell="${id}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const target = id ? $("detail-title") : document.querySelector(`[data-cell="${before}"]`);
    target?.focus({ preventScroll: !id });
  };
  // Blank cells are passed over.
  const move = (from, key) => {
    const cell = from.parentElement;
    const across = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[key];
    if (across) {
      let next = cell[across];
      while (next && !next.querySelector("button")) next = next[across];
      return next?.querySelector("button");
    }
    const rows = [...document.querySelectorAll("tbody tr")];
    const step = key === "ArrowDown" ? 1 : -1;
    let at = rows.indexOf(cell.parentElement) + step;
    for (; rows[at]; at += step) {
      const { children } = rows[at];
      const button = children[Math.min(cell.cellIndex, children.length - 1)].querySelector("button");
      if (button) return button;
    }
    return null;
  };

  $("states").hidden = !machine;
  $("data_sets").hidden = !sets;
  for (const name of sets?.classes ?? []) $("sop_class").append(el("option", {}, name));
  for (const code of sets?.codes ?? []) $("code").append(el("option", {}, code));
  for (const service of services) $("service").append(el("option", {}, service.name));
  const codes = new Set(services.flatMap((each) => each.rows.flatMap((row) => row.cells.map((cell) => cell.code))));
  for (const code of Object.keys(legend)) if ([...codes].some((each) => kindOf(each) === code)) $("usage").append(el("option", {}, code));
  for (const code of [...codes].sort()) if (code.endsWith("(=)")) $("usage").append(el("option", {}, code));
  $("legend").append(...Object.entries(legend).flatMap(([code, text]) => [el("dt", {}, code), el("dd", {}, text)]));

  // Typing is heard at once; a choice from a list is told as a change, and not by all as an input.
  for (const kind of ["input", "change"]) $("filters").addEventListener(kind, ({ target }) => {
    const key = target.name === "view" ? "view" : target.id;
    if (state[key] === target.value) return;
    state[key] = target.value;
    write();
    show();
  });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => { location.hash = ""; setTimeout(read); });
  $("main").addEventListener("click", (event) => {
    const id = event.target.closest("[data-cell]")?.dataset.cell;
    if (id) choose(id === state.cell ? "" : id);
  });
  $("main").addEventListener("keydown", (event) => {
    if (!event.target.dataset.cell || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    move(event.target, event.key)?.focus();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.cell) choose(""); });
  window.addEventListener("hashchange", read);
  // On a phone the table comes first.
  $("fold").open = !matchMedia("(max-width: 760px)").matches;
  read();
})();
