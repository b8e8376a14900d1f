"use strict";
// Without this script the page is whole: it only filters, and goes from finding to finding.
const form = document.getElementById("filter");
const words = document.getElementById("words");
const faulty = document.getElementById("faulty");
const shown = document.getElementById("shown");
const rows = [...document.querySelectorAll(".chart > li")];
const texts = rows.map((row) => row.textContent.toLowerCase());
form.hidden = false;

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  rows.forEach((row, index) => {
    const fits = wanted.every((word) => texts[index].includes(word));
    const hides = !fits || (faulty.checked && !row.classList.contains("faulty"));
    row.classList.toggle("hidden", hides);
    count += hides ? 0 : 1;
  });
  for (const section of document.querySelectorAll(".association")) {
    const text = section.querySelector(".about-it").textContent.toLowerCase();
    const isAsked = wanted.length > 0 || faulty.checked;
    const has = section.querySelector(".chart > li:not(.hidden)") ||
      (wanted.every((word) => text.includes(word)) && section.querySelector(".about-it .found"));
    section.classList.toggle("hidden", isAsked && !has);
  }
  shown.textContent = count === rows.length ? "" : `${count} of ${rows.length} shown`;
}

let current = -1;
function go(step) {
  const found = [...document.querySelectorAll(".found li")].filter((each) => each.offsetParent);
  if (!found.length) return;
  current = (current + step + found.length) % found.length;
  found[current].tabIndex = -1;
  found[current].focus({ preventScroll: true });
  found[current].scrollIntoView({ block: "center" });
}

form.addEventListener("submit", (event) => event.preventDefault());
words.addEventListener("input", filter);
faulty.addEventListener("change", filter);
document.getElementById("next").addEventListener("click", () => go(1));
document.getElementById("previous").addEventListener("click", () => go(-1));
document.getElementById("summary").textContent = document.getElementById("result").textContent;
