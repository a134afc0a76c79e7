"use strict";
// Filters the rows; the page is complete without it.
(() => {
  const form = document.getElementById("filter");
  const list = document.getElementById("row-list");
  if (!form || !list) return;
  const rows = Array.from(list.children);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const said = document.getElementById("shown");
  const field = (name) => form.elements.namedItem(name);

  const matches = (item, rule, severity) =>
    (rule === "" || item.dataset.rule === rule) &&
    (severity === "" || item.dataset.severity === severity);

  const apply = () => {
    const words = field("words").value.toLowerCase().trim();
    const rule = field("rule").value;
    const severity = field("severity").value;
    let shown = 0;
    rows.forEach((row, index) => {
      const items = Array.from(row.querySelectorAll("[data-rule]"));
      let some = rule === "" && severity === "";
      for (const item of items) {
        const fits = matches(item, rule, severity);
        item.classList.toggle("faded", !fits);
        some = some || fits;
      }
      row.hidden = !(some && texts[index].includes(words));
      if (!row.hidden) shown += 1;
    });
    said.textContent = `${shown} of ${rows.length} rows shown`;
  };

  const sort = () => {
    const key = field("order").value === "sheet" ? "row" : "rank";
    const sorted = [...rows].sort((a, b) => Number(a.dataset[key]) - Number(b.dataset[key]));
    sorted.forEach((row) => list.append(row));
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { apply(); sort(); }));
  field("order").addEventListener("change", sort);
  for (const link of document.querySelectorAll("a[data-filter]")) {
    link.addEventListener("click", () => {
      field("rule").value = link.dataset.filter;
      apply();
    });
  }
  apply();
})();
