// Cells of a table of a service: their code has the colour that it has in the explorer, and each cell
// knows its heading, for a phone shows a row as a card.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  for (const table of document.querySelectorAll("table:is(.matrix, .machine)")) {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.innerText);
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.children].forEach((cell, column) => { cell.dataset.head = heads[column]; });
      for (const code of row.querySelectorAll("td > code:first-child, td > p > code:first-child")) {
        code.dataset.kind = code.innerText.replace("(=)", "")[0];
      }
    }
  }
});
