"use strict";
(() => {
  // What is counted at first stands in the page already. Here rows are filtered, and what a click would lead to is counted
  // anew. Names and titles are what anybody wrote: they enter the page by textContent alone.
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = json("words");
  const data = json("data");
  const rows = data.name.length;
  const byId = (id) => document.getElementById(id);
  const PLOTS = Object.keys(data.plots);
  const DIMENSIONS = [...PLOTS, "file"];
  const SEARCH = 1 << DIMENSIONS.length;
  const FINE = 10000;
  const FIRST = 6;

  const make = (tag, options = {}, ...children) => {
    const { text, ...attributes } = options;
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) node.setAttribute(name, value);
    }
    if (text !== undefined) node.textContent = text;
    node.append(...children.filter((child) => child !== null));
    return node;
  };

  // ---- words ------------------------------------------------------------------------------------------------------------

  let state;
  const say = (key, ...values) => {
    const said = words[state.lang][key] ?? key;
    return said.replace(/\{(\d)\}/g, (_, k) => values[k]);
  };
  const grouped = (number) => number.toLocaleString("en-US");
  // Marks that turn the direction of writing are shown as what they are: a name must not pass for another one.
  const shown = (text) =>
    text
      .replace(/[\t\n\r]/g, " ")
      .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (mark) =>
        `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`,
      );
  const foreign = (text) => make("bdi", { text: shown(text) });
  const tenths = (fine) => (fine === null ? "" : (Math.floor(fine / 1000) / 10).toFixed(1));
  const hundredths = (fine) => (fine === null ? "" : String(Math.floor(fine / 100) / 100));
  const seconds = (ms) => (ms < 1000 ? (ms / 1000).toFixed(2) : (ms / 1000).toFixed(1));

  // ---- rows -------------------------------------------------------------------------------------------------------------

  const places = {};
  for (const key of PLOTS) places[key] = new Map(data.plots[key].map((value, k) => [value, k]));
  const PARSED = places.state.get("parsed") ?? -1;
  const DUPLICATE = places.state.get("duplicate") ?? -1;
  const isParsed = (row) => data.state[row] === PARSED;
  const isFailed = (row) => !isParsed(row) && data.state[row] !== DUPLICATE;

  const single = { state: data.state, kind: data.kind, year: data.year };
  for (const [key, edges] of Object.entries(data.edges)) {
    const place = places[key];
    const classes = Array.from({ length: edges.length + 1 }, (_, k) => place.get(String(k)) ?? -1);
    const none = place.get("none") ?? -1;
    single[key] = data[key].map((figure, row) => {
      if (!isParsed(row)) return -1;
      if (figure === null) return none;
      let k = 0;
      while (k < edges.length && figure >= edges[k]) k += 1;
      return classes[k];
    });
  }
  const outcomes = data.plots.outcome.filter((name) => name !== "none");
  const NO_OUTCOME = places.outcome.get("none");
  // By plots in which a row can have several values: pairs of place and number.
  const several = {
    outcome: (row) => {
      if (!isParsed(row)) return [];
      const found = outcomes.flatMap((name, k) => (data.outcomes[name][row] ? [k, data.outcomes[name][row]] : []));
      return found.length ? found : [NO_OUTCOME, 0];
    },
    code: (row) => data.codes[row] || [],
  };
  const many = {};
  for (const [key, of] of Object.entries(several)) many[key] = Array.from({ length: rows }, (_, row) => of(row));

  const text = (key, row) => {
    const at = data[key].at[row];
    return at < 0 ? "" : data[key].of[at];
  };
  const outcome = (name, row) => data.outcomes[name]?.[row] ?? 0;
  const doubted = (row) => many.code[row].reduce((sum, number, k) => sum + (k % 2 ? number : 0), 0);
  const labelOf = (plot, place) => (place < 0 ? "" : say(`${plot}.${data.plots[plot][place]}`));

  // ---- what is asked for: the address says it ---------------------------------------------------------------------------

  const empty = () => ({ filters: {}, search: "", sort: "name", page: 1, size: 50, lang: "zh" });
  const read = (hash) => {
    const asked = new URLSearchParams(hash.replace(/^#/, ""));
    const found = empty();
    for (const key of DIMENSIONS) {
      const values = [...new Set(asked.getAll(key))].filter((value) => key === "file" || places[key].has(value));
      if (values.length) found.filters[key] = values;
    }
    found.search = asked.get("search") ?? "";
    const sort = asked.get("sort") ?? "name";
    if (COLUMNS.some((column) => column.key === sort.replace(/^-/, ""))) found.sort = sort;
    const page = Number(asked.get("page"));
    if (Number.isInteger(page) && page > 0) found.page = page;
    if (["25", "100", "500"].includes(asked.get("size"))) found.size = Number(asked.get("size"));
    if (asked.get("lang") === "en") found.lang = "en";
    return found;
  };
  const written = (wanted) => {
    const said = new URLSearchParams();
    for (const key of DIMENSIONS) for (const value of wanted.filters[key] ?? []) said.append(key, value);
    if (wanted.search) said.set("search", wanted.search);
    if (wanted.sort !== "name") said.set("sort", wanted.sort);
    if (wanted.page > 1) said.set("page", wanted.page);
    if (wanted.size !== 50) said.set("size", wanted.size);
    if (wanted.lang !== "zh") said.set("lang", wanted.lang);
    return `#${said}` === "#" ? "#all" : `#${said}`;
  };
  // The address with other filters, from the first page on.
  const address = (filters, more = {}) => {
    const kept = Object.fromEntries(Object.entries({ ...state.filters, ...filters }).filter(([, values]) => values?.length));
    return written({ ...state, filters: kept, page: 1, ...more });
  };
  const isOn = (key, value) => state.filters[key]?.includes(value) ?? false;
  const only = (key, value) => (isOn(key, value) && state.filters[key].length === 1 ? [] : [value]);
  const toggled = (key, value) => {
    const values = state.filters[key] ?? [];
    return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  };

  // ---- which rows -------------------------------------------------------------------------------------------------------

  let haystack = null;
  const searched = (row) => {
    if (haystack === null) haystack = new Array(rows);
    haystack[row] ??= [data.name[row], text("title", row), text("department", row), text("region", row)].join("\n").toLowerCase();
    return haystack[row];
  };

  // Which rows meet all filters; and by plot how many meet those of all the other plots, which is what its bars lead to.
  let selected = [];
  let counts = {};
  let sums = {};
  let crossed = new Map();
  let selectedBy = null;
  const select = () => {
    const by = JSON.stringify([state.filters, state.search]);
    if (by === selectedBy) return;
    selectedBy = by;
    const allowed = {};
    for (const key of PLOTS) {
      if (!state.filters[key]) continue;
      allowed[key] = new Uint8Array(data.plots[key].length);
      for (const value of state.filters[key]) allowed[key][places[key].get(value)] = 1;
    }
    const files = state.filters.file ? new Set(state.filters.file) : null;
    const sought = state.search.toLowerCase().split(/\s+/).filter(Boolean);
    selected = [];
    crossed = new Map();
    counts = Object.fromEntries(PLOTS.map((key) => [key, new Uint32Array(data.plots[key].length)]));
    sums = Object.fromEntries(Object.keys(many).map((key) => [key, new Uint32Array(data.plots[key].length)]));
    const kindAndYear = (1 << PLOTS.indexOf("kind")) | (1 << PLOTS.indexOf("year"));
    for (let row = 0; row < rows; row += 1) {
      let fails = 0;
      PLOTS.forEach((key, k) => {
        if (!allowed[key]) return;
        const met = single[key]
          ? single[key][row] >= 0 && allowed[key][single[key][row]]
          : many[key][row].some((place, at) => at % 2 === 0 && allowed[key][place]);
        if (!met) fails |= 1 << k;
      });
      if (files && !files.has(data.name[row])) fails |= 1 << PLOTS.length;
      if (sought.length && !sought.every((word) => searched(row).includes(word))) fails |= SEARCH;
      if (fails === 0) selected.push(row);
      PLOTS.forEach((key, k) => {
        if (fails & ~(1 << k)) return;
        if (single[key]) {
          if (single[key][row] >= 0) counts[key][single[key][row]] += 1;
          return;
        }
        const pairs = many[key][row];
        for (let at = 0; at < pairs.length; at += 2) {
          counts[key][pairs[at]] += 1;
          sums[key][pairs[at]] += pairs[at + 1];
        }
      });
      if (!(fails & ~kindAndYear) && single.kind[row] >= 0) {
        const year = data.plots.year[single.year[row]];
        const kind = data.plots.kind[single.kind[row]];
        for (const cell of [`${year}\n${kind}`, `${year}\n`, `\n${kind}`, "\n"]) crossed.set(cell, (crossed.get(cell) ?? 0) + 1);
      }
    }
    sortedBy = null;
  };

  // ---- the order of rows ------------------------------------------------------------------------------------------------

  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const ranked = {};
  const rank = (key) => {
    if (!ranked[key]) {
      const of = data[key].of;
      const order = of.map((_, k) => k).sort((a, b) => collator.compare(of[a], of[b]) || a - b);
      const ranks = new Array(of.length);
      order.forEach((place, k) => (ranks[place] = k));
      ranked[key] = ranks;
    }
    return ranked[key];
  };
  const nameRanks = () => {
    if (!ranked.name) {
      const order = data.name.map((_, row) => row).sort((a, b) => (data.name[a] < data.name[b] ? -1 : data.name[a] > data.name[b] ? 1 : a - b));
      ranked.name = new Uint32Array(rows);
      order.forEach((row, k) => (ranked.name[row] = k));
    }
    return ranked.name;
  };
  const listed = (key) => (row) => (data[key].at[row] < 0 ? null : rank(key)[data[key].at[row]]);
  const placed = (key) => (row) => (single[key][row] < 0 ? null : single[key][row]);
  const counted = (name) => (row) => (isParsed(row) ? outcome(name, row) : null);

  const COLUMNS = [
    { key: "name", value: (row) => nameRanks()[row], show: (row) => [foreign(data.name[row])] },
    { key: "title", value: listed("title"), show: (row) => titled(row) },
    { key: "department", value: listed("department"), show: (row) => worded(text("department", row)) },
    { key: "year", figure: true, value: (row) => yearOf(row), show: (row) => [String(yearOf(row) ?? "")] },
    { key: "kind", value: placed("kind"), show: (row) => [labelOf("kind", single.kind[row])] },
    { key: "coverage", figure: true, value: (row) => data.coverage[row], show: (row) => [percent(data.coverage[row], tenths)] },
    { key: "rate", figure: true, value: (row) => data.rate[row], show: (row) => [percent(data.rate[row], hundredths)] },
    { key: "score", figure: true, value: (row) => data.score[row], show: (row) => [hundredths(data.score[row])] },
    ...["inconsistent", "improbable", "unusual"].map((key) => ({
      key,
      figure: true,
      value: counted(key),
      show: (row) => [isParsed(row) ? grouped(outcome(key, row)) : ""],
      mark: (row) => (outcome(key, row) ? key : "zero"),
    })),
    { key: "codes", descends: true, value: (row) => (isParsed(row) ? doubted(row) : null), show: (row) => coded(row) },
    { key: "seconds", figure: true, value: (row) => data.ms[row], show: (row) => [seconds(data.ms[row])] },
  ];
  const percent = (fine, how) => (fine === null ? "" : `${how(fine)}%`);
  const worded = (said) => (said ? [foreign(said)] : []);
  const yearOf = (row) => {
    const year = single.year[row] < 0 ? "none" : data.plots.year[single.year[row]];
    return year === "none" ? null : Number(year);
  };
  const reviewed = (row) => (data.review[row] ? [" ", make("a", { class: "review", href: data.review[row], text: say("review") })] : []);
  const titled = (row) => {
    if (isParsed(row)) return [...worded(text("title", row)), ...reviewed(row)];
    if (isFailed(row)) return [make("span", { class: "failed", text: labelOf("state", data.state[row]) })];
    const same = data.same[row];
    const name = typeof same === "number" ? data.name[same] : same;
    return [make("span", { class: "note", text: say("same") }), make("a", { href: address({}, { filters: { file: [name] } }), class: "to-list" }, foreign(name))];
  };
  const coded = (row) => {
    const pairs = many.code[row];
    const list = make("ul", { class: "codes" });
    for (let at = 0; at < pairs.length; at += 2) {
      const code = data.plots.code[pairs[at]];
      const name = words[state.lang][`check.${code}`];
      const times = pairs[at + 1] > 1 ? ` ×${grouped(pairs[at + 1])}` : "";
      list.append(make("li", {}, make("span", { class: "code", text: shown(code) }), make("span", { class: "meaning", text: name ? ` ${name}` : "" }), times));
    }
    return pairs.length ? [list] : [];
  };

  let order = [];
  let sortedBy = null;
  const sort = () => {
    if (sortedBy === state.sort) return;
    sortedBy = state.sort;
    const down = state.sort.startsWith("-");
    const { value } = COLUMNS.find((column) => column.key === state.sort.replace(/^-/, ""));
    const keys = new Map(selected.map((row) => [row, value(row)]));
    const sign = down ? -1 : 1;
    order = selected.slice().sort((a, b) => {
      const [first, second] = [keys.get(a), keys.get(b)];
      if (first === second) return a - b;
      if (first === null) return 1; // what is not stated comes last, whichever way
      return second === null ? -1 : sign * (first - second);
    });
  };

  // ---- plots ------------------------------------------------------------------------------------------------------------

  const bars = [...document.querySelectorAll("a.bar")].map((node) => ({
    node,
    plot: node.dataset.plot,
    value: node.dataset.value,
    place: places[node.dataset.plot].get(node.dataset.value),
    part: node.querySelector(".part"),
    number: node.querySelector(".number"),
    share: node.querySelector(".share"),
    full: node.querySelector(".share").textContent,
    width: parseFloat(node.querySelector(".whole").getAttribute("width")),
  }));
  const figures = [...document.querySelectorAll(".figures a")].map((node) => ({ node, leads: new URLSearchParams(node.hash.slice(1)) }));
  const cells = [...document.querySelectorAll(".cell")];
  let totals = null;
  const isFiltered = () => Object.keys(state.filters).length > 0 || state.search !== "";

  const drawPlots = () => {
    totals ??= counts; // of all rows: made before the first filter
    for (const bar of bars) {
      const now = counts[bar.plot][bar.place];
      const all = totals[bar.plot][bar.place];
      bar.part.setAttribute("width", `${((bar.width * now) / all).toFixed(2)}%`);
      bar.number.textContent = grouped(now);
      bar.share.textContent = now === all ? bar.full : `/ ${grouped(all)}`;
      bar.node.href = address({ [bar.plot]: only(bar.plot, bar.value) });
      if (isOn(bar.plot, bar.value)) bar.node.setAttribute("aria-current", "true");
      else bar.node.removeAttribute("aria-current");
    }
    for (const { node, leads } of figures) {
      const filters = Object.fromEntries(PLOTS.filter((key) => leads.has(key)).map((key) => [key, leads.getAll(key)]));
      node.href = address({}, { filters, search: "" });
    }
    for (const cell of cells) {
      const { year = "", kind = "" } = cell.dataset;
      cell.textContent = grouped(crossed.get(`${year}\n${kind}`) ?? 0);
      if (!year && !kind) continue;
      const on = (!year || isOn("year", year)) && (!kind || isOn("kind", kind));
      cell.href = address(on ? { year: [], kind: [] } : { year: year ? [year] : [], kind: kind ? [kind] : [] });
      const exact = on && Boolean(year) === Boolean(state.filters.year) && Boolean(kind) === Boolean(state.filters.kind);
      if (exact) cell.setAttribute("aria-current", "true");
      else cell.removeAttribute("aria-current");
    }
    document.body.classList.toggle("is-filtered", isFiltered());
  };

  const drawFilters = () => {
    const box = byId("filters");
    const chip = (name, value, href) => {
      const button = make("button", { type: "button", class: "chip", "aria-label": `${say("filter.remove")} ${name} ${value}` },
        make("span", { class: "name", text: `${name} ` }), make("bdi", { text: value }), make("span", { "aria-hidden": "true", text: " ×" }));
      button.addEventListener("click", () => leave(href, [...box.querySelectorAll(".chip")].indexOf(button)));
      return make("li", {}, button);
    };
    const clear = make("button", { type: "button", class: "clear", text: say("filter.clear") });
    clear.addEventListener("click", () => leave(address({}, { filters: {}, search: "" }), 0));
    const chips = make("ul", { class: "chips" });
    for (const key of DIMENSIONS) {
      for (const value of state.filters[key] ?? []) {
        const name = key === "file" ? say("filter.file") : say(`plot.${key}`);
        chips.append(chip(name, key === "file" ? shown(value) : say(`${key}.${value}`), address({ [key]: toggled(key, value) })));
      }
    }
    if (state.search) chips.append(chip(say("filter.search"), shown(state.search), address({}, { search: "" })));
    box.replaceChildren();
    box.hidden = !isFiltered();
    if (box.hidden) return;
    box.append(
      make("span", { class: "count", text: say("count", grouped(selected.length), grouped(rows)) }),
      chips,
      clear,
      make("a", { class: "go", href: "#list", text: say("to_list") }),
    );
  };

  // To an address with fewer filters, and with the focus to the next of those that are left.
  const leave = (href, at) => {
    history.pushState(null, "", href);
    state = read(location.hash);
    byId("search").value = state.search;
    draw();
    const chips = document.querySelectorAll(".chip");
    if (chips.length) chips[Math.min(at, chips.length - 1)].focus();
    else byId("plots").focus({ preventScroll: true });
  };

  // ---- what to look at first --------------------------------------------------------------------------------------------

  const foremost = (weight) => {
    const found = [];
    for (const row of selected) {
      const own = weight(row);
      if (own <= 0 || (found.length === FIRST && own <= found[FIRST - 1].own)) continue;
      let at = found.length;
      while (at > 0 && found[at - 1].own < own) at -= 1;
      found.splice(at, 0, { row, own });
      found.length = Math.min(found.length, FIRST);
    }
    return found;
  };
  const panel = (id, found, number, more, all) => {
    const items = found.map(({ row }) => {
      const title = (isParsed(row) && text("title", row)) || data.name[row];
      const under = [isParsed(row) ? text("department", row) : "", title === data.name[row] ? "" : data.name[row]].filter(Boolean);
      return make("li", {},
        make("a", { class: "to-list", href: address({}, { filters: { file: [data.name[row]] }, search: "" }) }, foreign(title)),
        make("span", { class: "number", text: number(row) }),
        make("p", { class: "note" }, ...under.flatMap((said, k) => [k ? "　" : "", foreign(said)]), ...reviewed(row)),
        ...more(row));
    });
    if (!items.length) items.push(make("li", { class: "empty", text: say("nothing") }));
    else if (all) items.push(make("li", { class: "more" }, make("a", { class: "to-list", href: all, text: say("all") })));
    byId(id).replaceChildren(...items);
  };
  const told = (row) => (data.worst[row] ?? []).map(([code, zh, en]) => ({ code, said: state.lang === "zh" ? zh : en }));
  const drawPanels = () => {
    const column = (key) => say(`column.${key}`);
    panel("worst", foremost((row) => outcome("inconsistent", row)), (row) => `${column("inconsistent")} ${grouped(outcome("inconsistent", row))}`,
      (row) => told(row).slice(0, 1).map(({ said }) => make("p", { class: "said", text: shown(said) })), address({}, { sort: "-inconsistent" }));
    panel("slowest", foremost((row) => (data.state[row] === DUPLICATE ? 0 : data.ms[row])), (row) => say("seconds", seconds(data.ms[row])), () => [], address({}, { sort: "-seconds" }));
    const failed = data.plots.state.filter((value) => value !== "parsed" && value !== "duplicate");
    panel("failures", foremost((row) => Number(isFailed(row))), (row) => data.plots.state[data.state[row]],
      (row) => [make("p", { class: "said", text: state.lang === "zh" && data.reason[row] ? shown(data.reason[row]) : labelOf("state", data.state[row]) })],
      address({ state: failed }));
  };

  // ---- the list ---------------------------------------------------------------------------------------------------------

  const opened = new Set();
  const detail = (row) => {
    const list = make("dl");
    const add = (key, ...children) => list.append(make("div", {}, make("dt", { text: say(key) }), make("dd", {}, ...children)));
    add("column.name", foreign(data.name[row]));
    if (isFailed(row)) add("column.reason", `${labelOf("state", data.state[row])}　`, foreign(data.reason[row] ?? ""));
    if (text("title", row)) add("column.title", foreign(text("title", row)));
    if (text("region", row)) add("detail.region", foreign(text("region", row)));
    if (isParsed(row)) add("detail.figures", say("detail.figures.of", grouped(data.quantities[row]), grouped(data.claimed[row])));
    if (data.rate[row] !== null) {
      const against = text("against", row);
      add("detail.rate", `${hundredths(data.rate[row])}%　`, make("span", { class: "note", text: against ? shown(say(`against.${against}`)) : "" }));
    }
    if (text("grade", row)) add("detail.grade", foreign(text("grade", row)));
    add("detail.seconds", say("seconds", seconds(data.ms[row])));
    const found = outcomes.filter((name) => outcome(name, row)).map((name) => `${say(`outcome.${name}`)} ${say("times", grouped(outcome(name, row)))}`);
    if (found.length) add("plot.outcome", found.join("　"));
    const said = told(row);
    if (said.length) {
      add("detail.worst", make("ul", {}, ...said.map((one) => make("li", {}, make("span", { class: "code", text: shown(one.code) }), ` ${shown(one.said)}`))));
    } else if (outcome("inconsistent", row)) {
      add("detail.worst", say("detail.untold"));
    }
    return list;
  };
  const drawRow = (row) => {
    const isOpen = opened.has(row) || selected.length === 1;
    const id = `detail-${row}`;
    const line = make("tr", { role: "row" });
    const under = make("tr", { role: "row", class: "detail", id }, make("td", { role: "cell", colspan: COLUMNS.length }));
    under.hidden = !isOpen;
    if (isOpen) under.firstChild.append(detail(row));
    COLUMNS.forEach((column, k) => {
      const shows = column.show(row);
      const isVoid = shows.every((one) => one === "");
      const classes = [column.key, column.figure ? "figure" : "", column.mark?.(row) ?? "", isVoid ? "void" : ""].filter(Boolean).join(" ");
      const cell = k
        ? make("td", { role: "cell", class: classes, "data-name": say(`column.${column.key}`) }, ...shows)
        : make("th", { role: "rowheader", scope: "row", class: classes });
      if (k === 0) {
        const button = make("button", { type: "button", class: "opens", "aria-expanded": String(isOpen), "aria-controls": id, "aria-label": `${say("detail")} ${shown(data.name[row])}` });
        button.addEventListener("click", () => {
          under.hidden = !under.hidden;
          if (under.hidden) opened.delete(row);
          else opened.add(row);
          button.setAttribute("aria-expanded", String(!under.hidden));
          under.firstChild.replaceChildren(...(under.hidden ? [] : [detail(row)]));
        });
        cell.append(button, ...shows);
      }
      line.append(cell);
    });
    return [line, under];
  };
  const median = (figures) => {
    if (!figures.length) return null;
    const sorted = Float64Array.from(figures).sort();
    return Math.floor((sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2);
  };
  let middles = [null, null];
  const medians = () => {
    if (middles[0] !== selected) {
      middles = [selected, ["coverage", "rate", "score"].map((key) => median(selected.map((row) => data[key][row]).filter((one) => one !== null)))];
    }
    return middles[1];
  };
  const drawList = () => {
    const pages = Math.max(1, Math.ceil(order.length / state.size));
    state.page = Math.min(state.page, pages);
    const first = (state.page - 1) * state.size;
    const page = order.slice(first, first + state.size);
    const body = page.flatMap(drawRow);
    if (!body.length) body.push(make("tr", { role: "row" }, make("td", { role: "cell", colspan: COLUMNS.length, class: "empty", text: say("none") })));
    document.querySelector("#table tbody").replaceChildren(...body);
    const count = say("count", grouped(order.length), grouped(rows));
    byId("count").textContent = page.length ? `${count}${state.lang === "zh" ? "，" : ", "}${say("shown", grouped(first + 1), grouped(first + page.length))}` : count;
    const [coverage, rate, score] = medians().map((one) => tenths(one));
    byId("medians").textContent = say("medians", coverage ? `${coverage}%` : "–", rate ? `${rate}%` : "–", score || "–");
    const down = state.sort.startsWith("-");
    for (const head of document.querySelectorAll("#table thead th")) {
      const isSorted = head.dataset.key === state.sort.replace(/^-/, "");
      head.setAttribute("aria-sort", isSorted ? (down ? "descending" : "ascending") : "none");
      head.querySelector(".arrow").textContent = isSorted ? (down ? "▼" : "▲") : "";
    }
    pager.draw(pages);
    byId("sort").value = state.sort;
    byId("size").value = String(state.size);
    if (byId("search").value !== state.search && document.activeElement !== byId("search")) byId("search").value = state.search;
  };

  // A sort, a page, a language is no step back that anybody wants: it takes the place of the last one.
  const change = (wanted) => {
    state = { ...state, ...wanted };
    history.replaceState(null, "", written(state));
    draw();
  };
  const turned = (column) => {
    const falls = column.figure || column.descends;
    if (state.sort.replace(/^-/, "") !== column.key) return falls ? `-${column.key}` : column.key;
    return state.sort.startsWith("-") ? column.key : `-${column.key}`;
  };
  const heads = COLUMNS.map((column) => {
    const button = make("button", { type: "button" }, make("span", { "data-word": `column.${column.key}` }), make("span", { class: "arrow", "aria-hidden": "true" }));
    button.addEventListener("click", () => change({ sort: turned(column), page: 1 }));
    return make("th", { role: "columnheader", scope: "col", "data-key": column.key, class: [column.key, column.figure ? "figure" : ""].join(" ").trim() }, button);
  });
  document.querySelector("#table thead tr").append(...heads);
  for (const column of COLUMNS) {
    for (const sign of ["", "-"]) byId("sort").append(make("option", { value: sign + column.key }));
  }

  const pager = (() => {
    const step = (word, by) => {
      const button = make("button", { type: "button", "data-word": word });
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") === "true") return;
        change({ page: state.page + by });
        if (byId("list").getBoundingClientRect().top < 0) byId("list").scrollIntoView();
      });
      return button;
    };
    const previous = step("page.previous", -1);
    const next = step("page.next", 1);
    const number = make("input", { type: "number", min: "1", id: "page" });
    number.addEventListener("change", () => change({ page: Math.max(1, Math.trunc(Number(number.value)) || 1) }));
    const of = make("span");
    byId("pager").append(previous, make("label", {}, make("span", { "data-word": "page" }), " ", number), of, next);
    return {
      draw: (pages) => {
        number.value = state.page;
        number.max = pages;
        of.textContent = say("page.of", grouped(pages));
        previous.setAttribute("aria-disabled", String(state.page <= 1));
        next.setAttribute("aria-disabled", String(state.page >= pages));
        byId("pager").hidden = pages <= 1;
      },
    };
  })();

  const download = () => {
    const plain = (value) => {
      const said = String(value ?? "");
      const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(said) ? `'${said}` : said; // no name is a formula
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    const keys = [...COLUMNS.map((column) => column.key), "state", "reason"];
    const lines = [keys.map((key) => say(`column.${key}`))];
    for (const row of order) {
      const codes = many.code[row].flatMap((place, k, pairs) => (k % 2 ? [] : [`${data.plots.code[place]}×${pairs[k + 1]}`])).join(" ");
      lines.push([
        data.name[row], text("title", row), text("department", row), yearOf(row), labelOf("kind", single.kind[row]),
        ...["coverage", "rate", "score"].map((key) => hundredths(data[key][row])),
        ...["inconsistent", "improbable", "unusual"].map((key) => counted(key)(row)),
        codes, data.ms[row] / 1000, labelOf("state", data.state[row]), data.reason[row],
      ]);
    }
    const blob = new Blob(["\ufeff", lines.map((line) => line.map(plain).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" });
    const link = make("a", { href: URL.createObjectURL(blob), download: "reports.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // ---- all of it --------------------------------------------------------------------------------------------------------

  let spoken = null;
  const speak = () => {
    if (spoken === state.lang) return;
    spoken = state.lang;
    document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
    for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
    document.title = document.querySelector("h1").textContent.trim();
    for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
    for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = say(node.dataset.placeholder);
    for (const option of byId("sort").options) {
      const down = option.value.startsWith("-");
      option.textContent = `${say(`column.${option.value.replace(/^-/, "")}`)} ${down ? "↓" : "↑"}`;
    }
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === state.lang));
    }
  };
  const draw = () => {
    speak();
    select();
    sort();
    drawPlots();
    drawFilters();
    drawPanels();
    drawList();
  };
  const toList = () => {
    byId("list").focus({ preventScroll: true });
    byId("list").scrollIntoView();
  };

  let leads = false;
  window.addEventListener("hashchange", () => {
    state = read(location.hash);
    draw();
    if (leads) toList();
    leads = false;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = link.getAttribute("href");
    if (["#plots", "#cross", "#first", "#list"].includes(target)) {
      event.preventDefault();
      byId(target.slice(1)).focus({ preventScroll: true });
      byId(target.slice(1)).scrollIntoView();
    } else if (link.matches(".bar, .cell, .to-list")) {
      if (event.shiftKey && link.matches(".bar")) {
        event.preventDefault();
        location.hash = address({ [link.dataset.plot]: toggled(link.dataset.plot, link.dataset.value) });
        return;
      }
      if (event.shiftKey) return;
      if (new URL(link.href).hash === location.hash) event.preventDefault();
      // A click that takes a filter away leaves the reader where he is.
      if (link.getAttribute("aria-current") !== "true") {
        if (event.defaultPrevented) toList();
        else leads = true;
      }
    }
  });
  let waiting;
  byId("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ search: byId("search").value.trim(), page: 1 }), 150);
  });
  byId("sort").addEventListener("change", () => change({ sort: byId("sort").value, page: 1 }));
  byId("size").addEventListener("change", () => change({ size: Number(byId("size").value), page: 1 }));
  byId("download").addEventListener("click", download);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => change({ lang: button.dataset.language }));
  }

  state = empty();
  select(); // once without filters: the numbers of all
  totals = counts;
  state = read(location.hash);
  document.body.classList.add("is-live");
  draw();
})();
