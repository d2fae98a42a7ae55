"use strict";
(() => {
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = json("words");
  const data = json("data"); // of every row: the digest of its source, and how much there is to judge
  const byId = (id) => document.getElementById(id);
  const body = document.querySelector("#reports tbody");
  const rows = [...body.rows].map((node, k) => ({ node, k, text: node.textContent.toLowerCase() }));
  const heads = [...document.querySelectorAll("#reports thead th")];
  const keys = heads.map((head) => head.dataset.key);
  let lang = "zh";
  const say = (key, ...values) => (words[lang][key] ?? key).replace(/\{(\d)\}/g, (_, k) => values[k]);
  const cell = (row, key) => (row.node.cells.length < keys.length ? null : row.node.cells[keys.indexOf(key)]);
  const FIGURES = new Set(heads.filter((head) => head.classList.contains("figure")).map((head) => head.dataset.key));
  const DOWN_FIRST = new Set([...FIGURES, "year"]);

  // What was judged is kept by the pages in this browser, by the digest of the source.
  for (const row of rows) {
    const node = cell(row, "judged");
    if (!node) continue;
    let judged = 0;
    try {
      const kept = JSON.parse(localStorage.getItem(`reportparse.review.${data[row.k][0]}`));
      judged = (kept?.entries ?? []).filter((entry) => entry.verdict).length;
    } catch {
      judged = 0; // no storage for files of this machine
    }
    node.textContent = judged ? `${judged} / ${data[row.k][1]}` : "0";
    node.classList.toggle("zero", !judged);
  }
  const valueOf = (row, key) => {
    const node = cell(row, key);
    if (key === "name") return row.node.cells[0].textContent;
    if (!node) return null;
    if (FIGURES.has(key) || key === "year") return node.textContent === "" ? null : parseInt(node.textContent, 10);
    return node.textContent || null;
  };
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  let sorted = ["name", 1];
  const sort = (key, way) => {
    sorted = [key, way];
    const values = new Map(rows.map((row) => [row, valueOf(row, key)]));
    rows.sort((a, b) => {
      const [x, y] = [values.get(a), values.get(b)];
      if (x === null || y === null) return (x === null) - (y === null) || a.k - b.k; // what has none comes last
      const order = typeof x === "number" ? x - y : collator.compare(x, y);
      return way * order || a.k - b.k;
    });
    body.append(...rows.map((row) => row.node));
    for (const head of heads) {
      const on = head.dataset.key === key;
      if (on) head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
      head.querySelector(".arrow").textContent = on ? (way > 0 ? "▲" : "▼") : "";
    }
  };
  const filter = () => {
    const terms = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const wrong = Number(cell(row, "inconsistent")?.textContent ?? 0);
      const fits = terms.every((term) => row.text.includes(term)) && (!byId("problems").checked || wrong > 0);
      row.node.hidden = !fits;
      count += fits;
    }
    byId("count").textContent = count ? say("count", count, rows.length) : say("nothing");
  };
  for (const head of heads) {
    head.querySelector("button").addEventListener("click", () => {
      const { key } = head.dataset;
      const first = DOWN_FIRST.has(key) ? -1 : 1;
      sort(key, sorted[0] === key ? -sorted[1] : first);
    });
  }
  let waiting;
  byId("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 150);
  });
  byId("problems").addEventListener("change", filter);
  const turnTo = (wanted) => {
    lang = wanted;
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
    for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
    for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = say(node.dataset.placeholder);
    for (const row of rows) for (const key of FIGURES) cell(row, key)?.setAttribute("data-name", say(`column.${key}`));
    for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === lang));
    document.title = say("title");
    filter();
  };
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      turnTo(button.dataset.language);
      try {
        localStorage.setItem("reportparse.review.language", lang);
      } catch {
        // it is Chinese again the next time
      }
    });
  }
  document.body.classList.add("is-live");
  try {
    if (localStorage.getItem("reportparse.review.language") === "en") turnTo("en");
  } catch {
    lang = "zh";
  }
  filter();
})();
