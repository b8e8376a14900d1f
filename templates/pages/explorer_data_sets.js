"use strict";
// The attribute tables of SOP classes. The second argument is what the explorer shares.
const dataSetsView = ({ part, meanings, tables, examples }, { el, link, state, example }) => {
  const words = () => state.parameter.toLowerCase().split(/\s+/).filter(Boolean);
  const isMeant = (table) => !state.sop_class || table.sop_classes.includes(state.sop_class);
  const columnsOf = (table) => table.columns.filter((column) => !state.service || column.services.includes(state.service));
  const codeOf = (row, column) => row.codes[column.name];
  const hasCode = (code) => !state.code || code === state.code;
  const hasText = (row) => {
    const text = `${row.name} ${row.path} ${row.tag}`.toLowerCase();
    return words().every((word) => text.includes(word));
  };
  // What the first letter of a code says of the side that sends.
  const kindOf = (code) => /^[1MR]/.test(code) ? "M" : /^2/.test(code) ? "C" : /^[3UO]/.test(code) ? "U" : "-";

  const button = (table, at, row, column) => {
    const code = codeOf(row, column);
    if (!code) return el("td", {});
    const id = `data.${at.table}.${at.row}.${column.name}`;
    return el("td", {}, el("button", {
      type: "button", "data-cell": id, "data-kind": kindOf(code), "aria-pressed": String(state.cell === id),
      "aria-label": `${column.heading}, ${row.name}: ${code}`, class: hasCode(code) ? null : "off",
    }, code));
  };
  const shown = (table, number) => {
    const columns = columnsOf(table);
    const rows = table.rows.map((row, index) => ({ row, index })).filter(({ row }) =>
      hasText(row) && (!state.code || columns.some((column) => codeOf(row, column) === state.code)));
    if (!isMeant(table) || !columns.length || !rows.length) return null;
    const made = el("table", { "data-service": table.label },
      el("caption", {}, el("b", {}, table.sop_classes.join(", ")), " ",
        link(table.address, `${part} Table ${table.label}`)),
      el("thead", {}, el("tr", {}, ...["Attribute", ...columns.map((each) => each.heading)].map((name) =>
        el("th", { scope: "col" }, name)))),
      el("tbody", {}, ...rows.map(({ row, index }) => el("tr", {},
        el("th", { scope: "row" }, `${">".repeat(row.depth)}${row.name}`,
          el("small", {}, [row.tag, row.type && `type ${row.type}`].filter(Boolean).join(" "))),
        ...columns.map((column) => button(table, { table: number, row: index }, row, column))))));
    made.count = rows.length;
    return made;
  };
  const exampleOf = (table, column, row) => {
    const found = examples.find((each) =>
      column.services.includes(each.service) && each.direction === column.direction &&
      each.type === row.type.split(" ")[0] && each.sop_classes.some((name) => table.sop_classes.includes(name)));
    return found ? example(`A message that keeps the table: ${found.title}`, found.code, []) : [];
  };
  const detail = (id) => {
    const [, table, row, name] = id.split(".");
    const found = tables[table]?.rows[row];
    const code = found?.codes[name];
    if (!code) return null;
    const column = tables[table].columns.find((each) => each.name === name);
    const facts = [["path", found.path], ["usage", meanings[name][code]], ["note", found.notes[name]], ["type", found.type]];
    return [
      el("h2", { id: "detail-title", tabindex: "-1" }, `${found.name}: ${code}`),
      el("p", {}, `${column.heading}. `, link(tables[table].address, `${part} ${tables[table].section}, Table ${tables[table].label}`)),
      el("dl", { class: "facts" }, ...facts.filter(([, text]) => text).flatMap(([head, text]) =>
        [el("dt", {}, head), el("dd", {}, text)])),
      ...exampleOf(tables[table], column, found),
    ];
  };
  const classes = [...new Set(tables.flatMap((table) => table.sop_classes))].sort();
  const codes = [...new Set(tables.flatMap((table) => table.rows.flatMap((row) => Object.values(row.codes))))];
  return { shown: () => tables.map(shown).filter(Boolean), detail, classes, codes: codes.sort() };
};
