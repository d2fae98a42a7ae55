"use strict";
(() => {
  // Whatever a document says enters the page by textContent alone. Places in the text are counted in code points.
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = json("words");
  const data = json("data");
  const byId = (id) => document.getElementById(id);
  const STORE = `reportparse.review.${data.source.sha256}`;
  const AXES = ["fund", "basis", "period", "vs", "of", "threshold", "cross"];
  const DEFAULTS = { fund: "all", basis: "actual" };
  const PROBLEMS = ["added", "inconsistent", "doubted", "unclaimed", "assumed", "missing"];
  const DOUBTED = new Set(["improbable", "truncated", "unusual", "not_checkable"]);
  const MOST_AT_ONCE = 400;

  const make = (tag, options = {}, ...children) => {
    const { text, ...attributes } = options;
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    if (text !== undefined) node.textContent = text;
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };

  // ---- words ------------------------------------------------------------------------------------------------------------

  let lang = "zh";
  const say = (key, ...values) => (words[lang][key] ?? key).replace(/\{(\d)\}/g, (_, k) => values[k]);
  const said = (key) => make("span", { "data-word": key, text: say(key) });
  const MARKS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  const shown = (text) =>
    String(text)
      .replace(/[\t\r\n\f]+/g, " ")
      .replace(MARKS, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
  const foreign = (text, tag = "bdi") => make(tag, { text: shown(text), dir: tag === "bdi" ? null : "auto" });
  const cutOff = (text, most = 160) => {
    const chars = [...text];
    return chars.length > most ? `${chars.slice(0, most).join("")}…` : text;
  };
  let speaking;
  const speak = (text) => {
    clearTimeout(speaking);
    byId("said").textContent = "";
    byId("said").classList.add("is-there");
    requestAnimationFrame(() => {
      byId("said").textContent = text;
    });
    speaking = setTimeout(() => byId("said").classList.remove("is-there"), 4000);
  };

  // ---- judgements: kept by what they are about, so that they hold when ids change ---------------------------------------

  const { items, findings } = data;
  items.forEach((item) => {
    item.judged = `${item.of}|${item.key ?? ""}|${item.span ?? ""}`;
  });
  const concepts = data.missing.map(([part, concept]) => ({
    of: "concept", part, key: concept, name: data.concepts[concept]?.[0] ?? concept, judged: `concept|${concept}|${part}`,
  }));
  const identity = (item) => ({ key: item.key ?? null, span: item.span ?? null });
  findings.forEach((finding) => {
    finding.of = "finding";
    finding.judged = `finding|${finding.code}|${JSON.stringify(finding.items.map((k) => identity(items[k])))}`;
  });
  const known = new Map([...items, ...concepts, ...findings].map((one) => [one.judged, one]));
  const keyOf = (entry) => {
    if (entry.of === "finding") return `finding|${entry.code}|${JSON.stringify((entry.facts ?? []).map(identity))}`;
    if (entry.of === "concept") return `concept|${entry.key}|${entry.part ?? ""}`;
    return `${entry.of}|${entry.key ?? ""}|${entry.span ?? ""}`;
  };
  const fresh = (one) => {
    const entry = { of: one.of, id: one.id ?? null, key: one.key ?? null, span: one.span ?? null, quote: one.quote ?? null, page: one.page ?? null };
    if (one.of === "finding") {
      Object.assign(entry, { check: one.check, code: one.code, facts: one.items.map((k) => identity(items[k])) });
    }
    if (one.of === "concept") entry.part = one.part;
    return { ...entry, verdict: null, corrected: null, comment: "" };
  };
  const entries = new Map();
  const isPlace = (entry) => entry.of === "place";
  let reviewer = null;
  let complete = false;
  let unsaved = false;
  let keeps = true;

  const file = () => ({
    corrections_version: 1, tool: data.tool, source: data.source, document: data.document, reviewer, complete,
    saved: new Date().toISOString(), entries: [...entries.values()],
  });
  // A browser keeps some five megabytes for all pages of this machine together: quotes, which can be whole paragraphs, are left
  // out where the page has them.
  const brief = (entry) => {
    const { quote, ...rest } = entry;
    return Object.fromEntries(Object.entries(isPlace(entry) || !known.has(keyOf(entry)) ? entry : rest).filter(([, value]) => value !== null && value !== ""));
  };
  const keep = () => {
    unsaved = true;
    try {
      const { tool, document: about, ...rest } = file();
      localStorage.setItem(STORE, JSON.stringify({ ...rest, entries: rest.entries.map(brief) }));
      keeps = true;
    } catch {
      keeps = false; // some browsers give a file of this machine no storage
    }
    byId("memory").hidden = keeps;
  };
  const VERDICTS = new Set(["accept", "correct", "reject", "missing", null]);
  const isText = (value) => value === null || value === undefined || typeof value === "string";
  const isEntry = (entry) =>
    entry !== null && typeof entry === "object" && ["fact", "number", "concept", "finding", "place"].includes(entry.of) &&
    VERDICTS.has(entry.verdict ?? null) && isText(entry.key) && isText(entry.quote) && isText(entry.comment) &&
    (entry.span === null || entry.span === undefined || (Array.isArray(entry.span) && entry.span.length === 2 && entry.span.every(Number.isInteger))) &&
    (entry.facts === undefined || (Array.isArray(entry.facts) && entry.facts.every((fact) => fact !== null && typeof fact === "object"))) &&
    (!["correct", "missing"].includes(entry.verdict) || (entry.corrected !== null && typeof entry.corrected === "object" && isText(entry.corrected.key) && isText(entry.corrected.value) && isText(entry.corrected.unit)));
  // Take in what was saved; a message where it cannot be taken.
  const take = (text) => {
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      return say("say.not_corrections");
    }
    if (found === null || typeof found !== "object" || !("corrections_version" in found) || !Array.isArray(found.entries)) return say("say.not_corrections");
    if (found.corrections_version !== 1) return say("say.version", shown(found.corrections_version));
    if (found.source?.sha256 !== data.source.sha256) return say("say.other", shown(found.source?.name ?? "?"));
    if (!found.entries.every(isEntry)) return say("say.not_corrections");
    for (const entry of found.entries) {
      const one = known.get(keyOf(entry));
      entries.set(keyOf(entry), one ? { ...fresh(one), ...entry, id: one.id ?? null } : { id: null, key: null, span: null, quote: null, page: null, verdict: null, corrected: null, comment: "", ...entry });
    }
    if (typeof found.reviewer === "string") reviewer = found.reviewer;
    complete = found.complete === true;
    byId("reviewer").value = reviewer ?? "";
    byId("complete").checked = complete;
    return null;
  };
  const lost = () => [...entries].filter(([key, entry]) => !known.has(key) && !isPlace(entry)).map(([, entry]) => entry);

  // ---- the source -------------------------------------------------------------------------------------------------------

  const pages = byId("pages");
  const text = byId("text");
  const sheets = pages ? [...pages.querySelectorAll(".sheet")] : [];
  const placesOf = [];
  for (const item of items) if (item.place !== undefined) (placesOf[item.place] ??= []).push(item);
  const boxesOn = new Map();
  data.boxes.forEach((boxes, place) => {
    for (const [page, ...box] of boxes) {
      if (!boxesOn.has(page)) boxesOn.set(page, []);
      boxesOn.get(page).push([place, box]);
    }
  });
  const wrongItems = new Set(findings.filter((one) => one.outcome === "inconsistent").flatMap((one) => one.items));
  let lit = new Set();
  const SVG = "http://www.w3.org/2000/svg";
  const drawSheet = (sheet) => {
    if (!sheet || sheet.dataset.drawn) return;
    sheet.dataset.drawn = "yes";
    const svg = sheet.querySelector("svg");
    const boxes = (boxesOn.get(Number(sheet.dataset.page)) ?? []).map(([place, [x0, top, x1, bottom]]) => [place, x0, top, x1, bottom]);
    // Large ones first, so that a number within a text can be clicked.
    boxes.sort((a, b) => (b[3] - b[1]) * (b[4] - b[2]) - (a[3] - a[1]) * (a[4] - a[2]));
    for (const [place, x0, top, x1, bottom] of boxes) {
      const rect = document.createElementNS(SVG, "rect");
      const pad = 1.2;
      for (const [name, value] of Object.entries({
        x: x0 - pad, y: top - pad, width: Math.max(1, x1 - x0 + 2 * pad), height: Math.max(1, bottom - top + 2 * pad), rx: 1.5,
        "data-p": place, class: `${data.classes[place]}${lit.has(place) ? " lit" : ""}`,
      })) rect.setAttribute(name, value);
      svg.append(rect);
    }
  };
  const pictureOf = (sheet) => {
    if (!sheet) return;
    const image = sheet.querySelector("img");
    if (image.hasAttribute("src") || sheet.classList.contains("undrawn")) return;
    const stored = byId(`picture-${sheet.dataset.page}`);
    if (!stored) return; // not read by the browser yet: asked again when all is there
    const encoded = stored.textContent.trim();
    if (/^image\/(webp|png);base64,[A-Za-z0-9+/=]+$/.test(encoded)) image.src = `data:${encoded}`;
    else {
      sheet.classList.add("undrawn");
      sheet.querySelector(".paper").append(make("p", { class: "notice" }, said("page.none")));
    }
  };
  const near = new Set();
  if (pages) {
    const seen = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) {
            near.add(target);
            drawSheet(target);
            pictureOf(target);
          } else near.delete(target);
        }
      },
      { root: pages, rootMargin: "150% 0%" },
    );
    sheets.forEach((sheet) => seen.observe(sheet));
    document.addEventListener("DOMContentLoaded", () => near.forEach(pictureOf));
  }
  let zoom = 1;
  const zoomTo = (value) => {
    zoom = Math.min(4, Math.max(0.5, value));
    pages.style.setProperty("--zoom", zoom);
  };
  const showView = (name) => {
    if (!pages || !text) return;
    pages.hidden = name !== "page";
    text.hidden = name !== "text";
    for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
    for (const id of ["zoom-in", "zoom-out"]) byId(id).hidden = name !== "page";
    if (lit.size) toPlace([...lit][0]);
  };
  const partsOf = (place) => [...document.querySelectorAll(`[data-p~="${place}"]`)];
  const toPlace = (place) => {
    const box = data.boxes[place]?.[0];
    let target;
    let pane = text;
    if (pages && !pages.hidden && !box && text) return showView("text"); // what has no box has its place in the text
    if (pages && !pages.hidden && box) {
      pane = pages;
      drawSheet(sheets[box[0] - 1]);
      pictureOf(sheets[box[0] - 1]);
      target = sheets[box[0] - 1]?.querySelector(`[data-p~="${place}"]`);
    } else target = text?.querySelector(`[data-p~="${place}"]`);
    if (target && pane) settle(pane, target, 8);
    return undefined;
  };
  // What is off the screen in the text has but a guessed height until it is laid out: a jump is made good frame by frame.
  let settling = null;
  const settle = (pane, target, times) => {
    cancelAnimationFrame(settling);
    const here = target.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    const margin = Math.min(40, frame.height / 6);
    const inside = here.top >= frame.top + margin && Math.min(here.bottom, here.top + frame.height / 2) <= frame.bottom - margin;
    const aside = here.left < frame.left || here.right > frame.right;
    if (!inside || aside) {
      pane.scrollBy({
        top: inside ? 0 : here.top - frame.top - Math.max(margin, (frame.height - Math.min(here.height, frame.height)) / 3),
        left: aside ? here.left - frame.left - frame.width / 4 : 0, behavior: "instant",
      });
    }
    if (times > 0) settling = requestAnimationFrame(() => settle(pane, target, times - 1));
  };
  const light = (places) => {
    for (const node of document.querySelectorAll("[data-p].lit")) node.classList.remove("lit");
    lit = new Set(places);
    for (const place of lit) for (const node of partsOf(place)) node.classList.add("lit");
    if (places.length) toPlace(places[0]);
  };

  // ---- the rows ---------------------------------------------------------------------------------------------------------

  let rows = []; // what is listed: { one, group, node }
  let current = null;
  const valueOf = (item) => {
    if (["none", "blank", "redacted", "unchanged"].includes(item.state)) return say(`state.${item.state}`);
    if (item.key === "document.kind") return say(`kind.${item.value}`);
    if (item.value === undefined) return item.quote ? cutOff(shown(item.quote), 60) : "";
    return `${cutOff(shown(item.value), 60)}${item.max ? `～${item.max}` : ""}${item.unit ?? ""}`;
  };
  const tagsOf = (item) => {
    const tags = [];
    if (item.aspect && item.aspect !== "value") tags.push(say(`aspect.${item.aspect}`));
    if (item.period && item.period !== String(data.document.fiscal_year)) tags.push(item.period);
    if (item.basis) tags.push(say(`basis.${item.basis}`));
    if (item.fund) tags.push(say(`fund.${item.fund}`));
    if (item.role) tags.push(say(`role.${item.role}`));
    const axes = axesOf(item.key);
    for (const name of ["vs", "of", "threshold", "cross"]) if (axes[name]) tags.push(`${say(`form.${name}`)} ${axes[name]}`);
    if (item.cell) tags.push(cutOff(item.cell, 60));
    else if (item.where) tags.push(say(`where.${item.where}`));
    return tags;
  };
  const entryOf = (one) => (one.entry ? one.entry : entries.get(one.judged));
  const placesOfRow = ({ one }) => {
    if (one.of === "finding") return [...new Set(one.items.map((k) => items[k].place).filter((place) => place !== undefined))];
    return one.place === undefined ? [] : [one.place];
  };
  // What a verdict is called, of a finding another thing than of a fact.
  const called = (name, of) => (words[lang][`${name}.${of}`] === undefined ? `verdict.${name}` : `${name}.${of}`);
  const badge = (entry) => {
    if (!entry || (!entry.verdict && !entry.comment)) return null;
    const name = entry.verdict ?? "null";
    return make("span", { class: `badge ${name}`, text: say(called(name, entry.of)) });
  };
  const headOf = (row) => {
    const { one } = row;
    const head = make("button", { type: "button", class: "head", "aria-expanded": "false" });
    fillHead(row, head);
    return head;
  };
  const fillHead = (row, head) => {
    const { one } = row;
    const entry = entryOf(one);
    const mark = badge(entry);
    const parts = [];
    if (one.of === "finding") {
      parts.push(make("span", { class: "name" }, make("span", { class: "code", text: say(`check.${one.code}`) }),
        DOUBTED.has(one.outcome) ? make("span", { class: "tag", text: say(`outcome.${one.outcome}`) }) : null, " ", foreign(one.message[lang === "zh" ? 0 : 1])));
    } else if (one.of === "place") {
      parts.push(make("span", { class: "name" }, foreign(entry.corrected?.key ?? "")), make("span", { class: "value", text: shown(entry.quote ?? "") }));
    } else if (one.of === "concept") {
      parts.push(make("span", { class: "name" }, foreign(one.name)), make("span", { class: "tags" }, make("span", { class: "key", text: shown(one.key) })));
    } else {
      const tags = tagsOf(one);
      if (one.page && data.pages > 1) tags.push(say("page", one.page));
      parts.push(make("span", { class: "name" }, foreign(cutOff(one.name, 80))), make("span", { class: "value" }, foreign(valueOf(one))));
      if (tags.length) parts.push(make("span", { class: "tags" }, ...tags.map((tag) => make("span", { class: "tag", text: shown(tag) }))));
    }
    head.replaceChildren(...parts, ...(mark ? [mark] : []));
    row.node?.classList.toggle("is-judged", Boolean(entry?.verdict));
  };
  const line = (key, ...children) => make("div", {}, make("dt", { "data-word": key, text: say(key) }), make("dd", {}, ...children));

  const sumOf = (finding) => {
    const sum = finding.sum;
    if (!sum) return null;
    const table = make("table", { class: "sum" }, make("caption", { class: "unseen", "data-word": "sum.caption", text: say("sum.caption") }));
    table.append(make("thead", { class: "unseen" }, make("tr", {}, make("th", { scope: "col", text: say("sum.name") }), make("th", { scope: "col", text: say("sum.value") }))));
    const body = make("tbody");
    const link = (k, name) => {
      const button = make("button", { type: "button", class: "to", "data-item": k }, foreign(name));
      // Two numbers of one name are of two years, bases or funds.
      const { page, period, basis, fund } = items[k];
      const notes = [period && period !== String(data.document.fiscal_year) ? period : null, basis && say(`basis.${basis}`), fund && say(`fund.${fund}`), page && data.pages > 1 ? say("page", page) : null];
      return make("th", { scope: "row" }, button, make("span", { class: "note", text: notes.filter(Boolean).map((note) => ` ${note}`).join("") }));
    };
    const add = (kind, name, sign, value, unit = "") =>
      body.append(make("tr", { class: kind }, name, make("td", {}, make("span", { class: "sign", text: sign }), foreign(value), unit)));
    const word = (key) => make("th", { scope: "row" }, said(key));
    const unit = sum.unit;
    // Rates: a ÷ b; a change over what there was before it, a ÷ (b − a); what there is over what there was, (a ÷ b − 1).
    const RATES = { ratio: [["", ""], ["÷", ""]], growth: [["", ""], ["÷ (", ` − ${sum.rows[0]?.printed})`]], growth_from: [["(", ""], ["÷", " − 1)"]] };
    sum.rows.forEach((row, k) => {
      const value = row.value === null ? row.printed : `${row.printed} = ${row.value}${unit}`;
      const [before, after] = RATES[sum.form]?.[k] ?? [row.sign === "-" ? "−" : row.sign === "+" && k ? "+" : "", ""];
      add("part", link(row.item, row.name), before, value, after);
    });
    const percent = sum.form in RATES ? "%" : unit;
    if (sum.computed !== null && sum.form !== "compared") add("computed", word("sum.computed"), sum.form in RATES ? "× 100 =" : "=", sum.computed, percent);
    const [low, high] = sum.interval ?? [null, null];
    if (low !== null && low !== high) add("interval", word("sum.interval"), "", `${low}～${high}`, percent);
    if (sum.total) add("reported", link(sum.total.item, `${say("sum.reported")}：${sum.total.name}`), "", sum.total.printed);
    else if (sum.reported !== null) add("reported", word("sum.reported"), "", sum.reported, percent);
    if (sum.difference !== null && sum.form !== "limit") add("difference", word("sum.difference"), "", sum.difference.replace("-", "−"), percent);
    table.append(body);
    return table;
  };
  const bodyOf = (row) => {
    const { one } = row;
    const entry = entryOf(one);
    const body = make("div", { class: "body" });
    if (one.of === "finding") {
      body.append(sumOf(one) ?? "");
      if (one.causes.length) {
        body.append(make("p", { class: "label", "data-word": "causes", text: say("causes") }), make("ol", { class: "causes" }, ...one.causes.map((cause) =>
          make("li", {}, cause.item === null ? foreign(cause.words[lang === "zh" ? 0 : 1]) : make("button", { type: "button", class: "to", "data-item": cause.item }, foreign(cause.words[lang === "zh" ? 0 : 1])),
            cause.repairs.length > 1 ? make("span", { class: "note", text: ` ${say("repairs", cause.repairs.length - 1)}` }) : null))));
      }
      const others = one.related.map((id) => findings.find((other) => other.id === id)).filter(Boolean);
      if (others.length) {
        body.append(make("p", { class: "label", "data-word": "related", text: say("related") }), make("ul", { class: "related" }, ...others.map((other) =>
          make("li", {}, make("button", { type: "button", class: "to", "data-finding": findings.indexOf(other) }, foreign(`${say(`check.${other.code}`)}　${cutOff(other.message[lang === "zh" ? 0 : 1], 60)}`))))));
      }
    } else {
      const list = make("dl");
      const quote = one.of === "place" ? entry.quote : one.quote;
      if (quote) list.append(line("detail.quote", foreign(cutOff(quote, 400))));
      if (one.label && one.label !== one.name) list.append(line("detail.label", foreign(one.label)));
      if (one.key) list.append(line("detail.key", foreign(one.key, "code")));
      if (one.cell) list.append(line("detail.cell", foreign(one.cell)));
      if (one.notes?.length) list.append(line("detail.notes", ...one.notes.map((note) => make("p", {}, foreign(note)))));
      if (one.confidence) list.append(line("detail.confidence", one.confidence));
      if (one.rule) list.append(line("detail.rule", foreign(one.rule, "code")));
      body.append(list);
    }
    if (entry?.corrected) {
      const { key, value, unit, state } = entry.corrected;
      body.append(make("dl", { class: "corrected" }, line("detail.corrected", foreign(key ?? "", "code"), " ", make("strong", { text: shown(value === null || value === undefined ? say(`state.${state}`) : `${value}${unit ?? ""}`) }))));
    }
    if (entry?.comment) body.append(make("p", { class: "comment" }, said("comment"), "：", foreign(entry.comment)));
    body.append(actionsOf(row));
    return body;
  };
  const may = (one, verdict) => {
    if (one.of === "place" || one.of === "lost" || one.outcome === "consistent") return false;
    return verdict !== "correct" || one.of === "fact" || one.of === "number";
  };
  const actionsOf = (row) => {
    const { one } = row;
    const verdict = entryOf(one)?.verdict ?? null;
    const action = (name, key) =>
      make("button", { type: "button", "data-action": name, "aria-pressed": ["accept", "reject", "correct"].includes(name) ? String(verdict === name) : null, title: words[lang][`means.${one.of}.${name}`] ?? null },
        said(key), make("kbd", { "aria-hidden": "true", text: { accept: "a", correct: "c", reject: "x", comment: "m", undo: "u" }[name] }));
    return make("div", { class: "actions", role: "group" },
      ...["accept", "correct", "reject"].filter((name) => may(one, name)).map((name) => action(name, words[lang][`${name}.${one.of}`] === undefined ? name : `${name}.${one.of}`)),
      one.of === "place" ? action("correct", "correct") : null, one.of === "lost" ? null : action("comment", "comment"),
      verdict !== null || entryOf(one) ? action("undo", one.of === "place" || one.of === "lost" ? "remove" : "undo") : null);
  };
  const redraw = (row) => {
    if (!row.node) return;
    fillHead(row, row.node.querySelector(".head"));
    const old = row.node.querySelector(".body");
    if (old) {
      const inside = old.contains(document.activeElement);
      const action = document.activeElement?.dataset?.action;
      const body = bodyOf(row);
      old.replaceWith(body);
      if (inside) (body.querySelector(`[data-action="${action}"]`) ?? row.node.querySelector(".head")).focus({ preventScroll: true });
    }
  };
  const changed = (judged) => {
    for (const row of rows) if (row.one.judged === judged) redraw(row);
    drawProgress();
    keep();
  };
  const open = (row, wanted) => {
    const head = row.node.querySelector(".head");
    const body = row.node.querySelector(".body");
    head.setAttribute("aria-expanded", String(wanted));
    if (wanted && !body) row.node.append(bodyOf(row));
    if (!wanted) body?.remove();
  };
  const unfold = (row) => {
    for (let node = row.node.closest("details"); node; node = node.parentElement.closest("details")) node.open = true;
  };
  const choose = (row) => {
    if (current?.node && current !== row) {
      current.node.removeAttribute("aria-current");
      if (current.one.of !== "finding" || current.group === "consistent") open(current, false);
    }
    current = row;
    if (!row) return;
    fill(row);
    unfold(row);
    row.node.setAttribute("aria-current", "true");
    open(row, true);
    row.node.querySelector(".head").focus({ preventScroll: true });
    const list = byId("list");
    const here = row.node.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    const scrolls = list.scrollHeight > list.clientHeight + 1 && getComputedStyle(list).overflowY !== "visible";
    if (scrolls && (here.top < frame.top + 40 || here.bottom > frame.bottom)) list.scrollBy({ top: here.top - frame.top - 60, behavior: "instant" });
    else if (!scrolls) row.node.scrollIntoView({ block: "nearest", behavior: "instant" });
    light(placesOfRow(row));
  };
  const step = (by) => {
    if (!rows.length) return;
    const at = rows.indexOf(current);
    choose(rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]);
  };
  const judge = (row, verdict, corrected = null) => {
    const { one } = row;
    if (!may(one, verdict)) return speak(say("say.cannot"));
    const entry = entryOf(one) ?? fresh(one);
    entry.verdict = verdict;
    entry.corrected = corrected;
    entries.set(one.judged, entry);
    changed(one.judged);
    speak(`${shown(one.name ?? say(`check.${one.code}`))}：${say(called(verdict, one.of))}`);
    return true;
  };
  const undo = (row) => {
    const { one } = row;
    if (!entryOf(one)) return;
    entries.delete(one.judged);
    if (one.of === "place" || one.of === "lost") {
      keep();
      draw();
    } else changed(one.judged);
    speak(say("say.undone"));
  };

  // ---- forms ------------------------------------------------------------------------------------------------------------

  const axesOf = (key) => {
    const found = {};
    const from = (key ?? "").indexOf("{");
    if (from < 0) return found;
    let depth = 0;
    let part = "";
    for (const char of key.slice(from + 1)) {
      if (char === "{") depth += 1;
      if (char === "}") depth -= 1;
      if (depth < 0 || (char === "," && depth === 0)) {
        const at = part.indexOf("=");
        if (at > 0) found[part.slice(0, at)] = part.slice(at + 1);
        part = "";
        if (depth < 0) break;
      } else part += char;
    }
    return found;
  };
  const crossOf = (text) => {
    const inner = text.trim().replace(/^\{|\}$/g, "");
    const pairs = inner.split(/[,，]/).map((one) => one.split(/[:：]/)).filter((pair) => pair.length === 2 && pair[0].trim() && pair[1].trim());
    return Object.fromEntries(pairs.map(([name, value]) => [name.trim(), value.trim()]).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const composed = ({ concept, member, aspect, axes }) => {
    let key = member ? `${concept}[${member}]` : concept;
    if (!data.concepts[concept]?.[1]) {
      const written = AXES.filter((name) => axes[name] !== undefined).map((name) =>
        name === "cross" ? `cross={${Object.entries(axes.cross).map((pair) => pair.join(":")).join(",")}}` : `${name}=${axes[name]}`);
      if (written.length) key += `{${written.join(",")}}`;
    }
    return aspect === "value" ? key : `${key}.${aspect}`;
  };
  const options = (name, values) => values.map((value) => make("option", { value, "data-word": `${name}.${value}`, text: say(`${name}.${value}`) }));
  let serial = 0;
  // A form under a row: what the number is instead.
  const correct = (row, start, done) => {
    row.node.querySelector("form")?.remove();
    serial += 1;
    const ids = `form-${serial}`;
    const field = (name, node) => {
      node.id = `${ids}-${name}`;
      node.name = name;
      return make("label", { class: `field ${name}` }, said(`form.${name}`), node);
    };
    const input = (value, more = {}) => make("input", { value: value ?? "", autocomplete: "off", spellcheck: "false", ...more });
    const select = (name, values, value) => {
      const node = make("select", {}, ...options(name, values));
      node.value = values.includes(value) ? value : values[0];
      return node;
    };
    const axes = axesOf(start.key);
    const fields = {
      concept: input(start.concept, { list: `${ids}-concepts`, required: true }),
      member: input(start.member, { list: `${ids}-members` }),
      value: input(start.value, { inputmode: "text" }),
      unit: input(start.unit),
      aspect: select("aspect", ["value", "share", "change", "change_rate", "execution_rate"], start.aspect ?? "value"),
      period: input(axes.period ?? start.period ?? (start.key ? "" : String(data.document.fiscal_year ?? ""))),
      fund: select("fund", ["all", "appropriation", "general", "government_fund", "state_capital"], axes.fund ?? start.fund ?? "all"),
      basis: select("basis", ["actual", "budget", "adjusted_budget"], axes.basis ?? start.basis ?? "actual"),
      state: select("state", ["stated", "zero", "none", "blank", "redacted", "unchanged"], start.state ?? "stated"),
      vs: input(axes.vs), of: input(axes.of), threshold: input(axes.threshold), cross: input((axes.cross ?? "").replace(/^\{|\}$/g, "")),
      role: select("role", ["statement", "reason"], start.role ?? "statement"),
    };
    const members = make("datalist", { id: `${ids}-members` });
    const fill = () =>
      members.replaceChildren(...Object.entries(data.concepts[fields.concept.value]?.[2] ?? {}).map(([id, name]) => make("option", { value: id, label: name || null })));
    const key = make("output", { class: "key" });
    const fault = make("p", { class: "fault", role: "alert" });
    const read = () => {
      const concept = fields.concept.value.trim();
      const found = { concept, member: fields.member.value.trim() || null, aspect: data.concepts[concept]?.[1] ? "value" : fields.aspect.value, axes: {} };
      if (!data.concepts[concept]?.[1]) {
        for (const name of AXES) {
          const value = fields[name].value.trim();
          if (value && value !== DEFAULTS[name]) found.axes[name] = name === "cross" ? crossOf(value) : value;
        }
      }
      found.key = composed(found);
      found.state = fields.state.value;
      found.value = ["stated", "zero"].includes(found.state) ? fields.value.value.trim() : null;
      found.unit = fields.unit.value.trim() || null;
      found.role = fields.role.value;
      return found;
    };
    const more = ["vs", "of", "threshold", "cross", "role"];
    const form = make("form", { class: "correct", novalidate: true },
      make("datalist", { id: `${ids}-concepts` }, ...Object.entries(data.concepts).map(([id, [zh]]) => make("option", { value: id, label: zh }))), members,
      ...Object.keys(fields).filter((name) => !more.includes(name)).map((name) => field(name, fields[name])),
      make("details", { class: "more" }, make("summary", { "data-word": "form.more", text: say("form.more") }), ...more.map((name) => field(name, fields[name]))),
      make("p", { class: "composed" }, key), fault,
      make("div", { class: "actions" }, make("button", { type: "submit", "data-word": "form.ok", text: say("form.ok") }), make("button", { type: "button", class: "cancel", "data-word": "form.cancel", text: say("form.cancel") })));
    const close = () => {
      form.remove();
      row.node.querySelector(".head").focus({ preventScroll: true });
    };
    const show = () => {
      key.textContent = read().key;
      const isWords = Boolean(data.concepts[fields.concept.value]?.[1]);
      for (const name of ["aspect", ...AXES]) fields[name].disabled = isWords;
      fields.value.disabled = !["stated", "zero"].includes(fields.state.value);
    };
    form.addEventListener("input", () => {
      fill();
      show();
      fault.textContent = "";
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const found = read();
      const wrong = (name, reason) => {
        fault.textContent = `${say(`form.${name}`)}：${say(reason)}`;
        fields[name].focus();
      };
      if (!Object.hasOwn(data.concepts, found.concept)) return wrong("concept", "form.unknown");
      if (found.value !== null) {
        if (!found.value) return wrong("value", "form.needs");
        const plain = found.value.replace(/[,，\s]/g, "");
        if (!data.concepts[found.concept][1]) {
          if (!/^[-+−]?\d+(\.\d+)?$/.test(plain)) return wrong("value", "form.number");
          found.value = plain.replace("−", "-").replace("+", "");
        }
      }
      close();
      return done(found);
    });
    form.querySelector(".cancel").addEventListener("click", close);
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    });
    fill();
    show();
    row.node.append(form);
    form.scrollIntoView({ block: "nearest", behavior: "instant" });
    fields.concept.focus({ preventScroll: true });
  };
  const correctRow = (row) => {
    const { one } = row;
    const old = entryOf(one);
    if (one.of !== "place" && !may(one, "correct")) return speak(say("say.cannot"));
    const start = old?.corrected ? { ...old.corrected } : { ...one, value: one.value ?? (one.quote ?? "").replace(/\s*\n\s*/g, "") };
    return correct(row, start, (found) => {
      if (one.of === "place") {
        old.corrected = found;
        keep();
        draw();
      } else judge(row, "correct", found);
    });
  };
  const comment = (row) => {
    const { one } = row;
    if (one.of === "lost") return;
    row.node.querySelector("form")?.remove();
    const area = make("textarea", { rows: "2", "aria-label": say("comment") });
    area.value = entryOf(one)?.comment ?? "";
    const form = make("form", { class: "remark" }, area, make("div", { class: "actions" }, make("button", { type: "submit", "data-word": "form.ok", text: say("form.ok") }), make("button", { type: "button", class: "cancel", "data-word": "form.cancel", text: say("form.cancel") })));
    const close = () => {
      form.remove();
      row.node.querySelector(".head").focus({ preventScroll: true });
    };
    const store = () => {
      const said = area.value.trim();
      close();
      const entry = entryOf(one) ?? fresh(one);
      entry.comment = said;
      if (!said && entry.verdict === null) entries.delete(one.judged);
      else entries.set(one.judged, entry);
      changed(one.judged);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      store();
    });
    form.querySelector(".cancel").addEventListener("click", close);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        close();
      } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === area) {
        event.preventDefault();
        store();
      }
    });
    row.node.append(form);
    form.scrollIntoView({ block: "nearest", behavior: "instant" });
    area.focus({ preventScroll: true });
  };

  // ---- what the reader finds that nothing found ---------------------------------------------------------------------------

  const pointsBefore = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const block = element?.closest?.(".block");
    if (!block || !text.contains(block)) return null;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, offset);
    const copy = range.cloneContents();
    let points = Number(block.dataset.at);
    const walk = (one) => {
      if (one.nodeType === Node.TEXT_NODE) points += [...one.data].length;
      else if (one.dataset?.code !== undefined) points += 1;
      else one.childNodes.forEach(walk);
    };
    walk(copy);
    return points;
  };
  const pageAt = (node) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    for (let block = element.closest(".block"); block; block = block.previousElementSibling) {
      if (block.matches(".folio")) return Number(block.dataset.page);
    }
    return 1;
  };
  const plainOf = (fragment) => {
    let said = "";
    const walk = (one) => {
      if (one.nodeType === Node.TEXT_NODE) said += one.data;
      else if (one.dataset?.code !== undefined) said += String.fromCodePoint(Number(one.dataset.code)); // it stands for a character that is not seen
      else one.childNodes.forEach(walk);
    };
    // Between blocks stands what is none of the document's.
    const blocks = [...fragment.children].filter((node) => node.matches(".block"));
    (blocks.length ? blocks : [fragment]).forEach(walk);
    return said;
  };
  // A finger that touches the button takes the selection away first.
  let selected = null;
  const note = () => {
    const chosen = getSelection();
    if (chosen.rangeCount && !chosen.isCollapsed) selected = { range: chosen.getRangeAt(0).cloneRange(), until: Infinity };
    else if (selected) selected.until = Math.min(selected.until, performance.now() + 1000);
  };
  document.addEventListener("selectionchange", note);
  const add = () => {
    note(); // the event may be yet to come
    const range = selected && performance.now() < selected.until && text && !text.hidden ? selected.range : null;
    const start = range ? pointsBefore(range.startContainer, range.startOffset) : null;
    const end = range ? pointsBefore(range.endContainer, range.endOffset) : null;
    if (start === null || end === null || end <= start) {
      if (pages && text?.hidden) showView("text");
      return speak(say("say.select"));
    }
    const raw = plainOf(range.cloneContents());
    const quote = raw.trim();
    const before = [...raw.slice(0, raw.length - raw.trimStart().length)].length;
    const span = [start + before, start + before + [...quote].length];
    if (!quote) return speak(say("say.select"));
    const page = pageAt(range.startContainer);
    // What stands in a list already is judged there.
    const there = items.find((item) => item.span && item.span[0] === span[0] && item.span[1] === span[1]);
    if (there) {
      toRow(there);
      return correctRow(current);
    }
    const entry = { of: "place", id: null, key: null, span, quote, page, verdict: "missing", corrected: null, comment: "" };
    const number = /[-−]?\d[\d,，]*(?:\.\d+)?/.exec(quote);
    const row = { one: { of: "place", judged: keyOf(entry), entry, name: quote }, group: "added", node: make("li", { class: "row" }) };
    row.node.append(headOf(row));
    const list = byId("list");
    const holder = make("ul", { class: "rows adding" }, row.node);
    list.prepend(holder);
    list.scrollTop = 0;
    return correct(row, { value: number ? number[0].replace(/[,，]/g, "").replace("−", "-") : quote, unit: number ? quote.slice(number.index + number[0].length).trim() : "" }, (found) => {
      entry.corrected = found;
      entries.set(keyOf(entry), entry);
      keep();
      draw();
      const made = rows.find((one) => one.one.judged === keyOf(entry));
      if (made) choose(made);
      speak(`${shown(quote)}：${say("verdict.missing")}`);
    });
  };

  // ---- the list ---------------------------------------------------------------------------------------------------------

  const groupsOf = () => {
    const facts = items.filter((item) => item.of === "fact");
    const added = [...entries].filter(([, entry]) => isPlace(entry)).map(([judged, entry]) => ({ of: "place", judged, entry, name: entry.quote, span: entry.span, page: entry.page }));
    const gone = lost().map((entry) => ({ of: "lost", judged: keyOf(entry), entry, name: entry.key ?? entry.quote ?? entry.code ?? "", quote: entry.quote ?? undefined, key: entry.key ?? undefined, span: entry.span ?? undefined, state: "stated" }));
    if (byId("order").value === "text") {
      const inText = [...items, ...added].filter((one) => one.span).sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
      return [["text", inText, true]];
    }
    const found = [
      ["added", added, true],
      ["inconsistent", findings.filter((one) => one.outcome === "inconsistent"), true],
      ["doubted", findings.filter((one) => DOUBTED.has(one.outcome)), true],
      ["unclaimed", items.filter((item) => item.of === "number"), true],
      ["assumed", facts.filter((item) => item.confidence), true],
      ["missing", concepts, true],
    ];
    const sections = new Map();
    for (const fact of facts) {
      const at = fact.section ?? -1;
      if (!sections.has(at)) sections.set(at, []);
      sections.get(at).push(fact);
    }
    for (const [at, listed] of [...sections].sort(([a], [b]) => a - b)) found.push([`section-${at}`, listed, true, at]);
    found.push(["consistent", findings.filter((one) => one.outcome === "consistent"), false], ["lost", gone, true]);
    return found.filter(([, listed]) => listed.length);
  };
  const titleOf = (name, section) => {
    if (section === undefined) return make("span", { "data-word": `group.${name}`, text: say(`group.${name}`) });
    if (section < 0) return said("before");
    const [title, , part] = data.sections[section];
    return make("span", {}, foreign(title), data.parts[part] && part !== "p1" ? make("span", { class: "note", text: `　${shown(cutOff(data.parts[part], 40))}` }) : null);
  };
  const searched = (one) => {
    if (one.of === "finding") return `${one.message.join(" ")} ${one.code} ${one.id} ${one.items.map((k) => items[k].name).join(" ")}`;
    return [one.name, one.key, one.quote, one.value, one.label, one.unit, one.cell, ...(one.notes ?? []), entryOf(one)?.comment].filter(Boolean).join(" ");
  };
  const fits = (row, terms) => {
    const wanted = byId("show").value;
    const judged = Boolean(entryOf(row.one)?.verdict);
    if (wanted === "problems" && !(PROBLEMS.includes(row.group) || (row.group === "text" && (row.one.of !== "fact" || row.one.confidence || wrongItems.has(items.indexOf(row.one)))))) return false;
    if (wanted === "open" && (judged || row.group === "consistent")) return false;
    if (wanted === "judged" && !entryOf(row.one)) return false;
    if (!terms.length) return true;
    const found = searched(row.one).toLowerCase();
    return terms.every((term) => found.includes(term));
  };
  // A row is filled when it comes near the screen: a report can have thousands.
  const filling = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) if (isIntersecting) fill(target.row);
  }, { root: null, rootMargin: "100% 0%" });
  const fill = (row) => {
    if (row.filled) return;
    row.filled = true;
    filling.unobserve(row.node);
    row.node.classList.remove("unfilled");
    row.node.append(headOf(row));
    fillHead(row, row.node.querySelector(".head"));
    if (row.group === "inconsistent") open(row, true);
  };
  const draw = () => {
    const terms = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const was = current?.one.judged;
    const group = current?.group;
    filling.disconnect();
    rows = [];
    current = null;
    const made = [];
    const links = [];
    for (const [name, listed, unfolded, section] of groupsOf()) {
      const kept = listed.map((one) => ({ one, group: section === undefined ? name : "facts", node: null })).filter((row) => fits(row, terms));
      if (!kept.length) continue;
      const list = make("ul", { class: "rows" });
      for (const row of kept) {
        row.node = make("li", { class: "row unfilled" });
        row.node.row = row;
        list.append(row.node);
        if (rows.length < MOST_AT_ONCE) fill(row);
        else filling.observe(row.node);
        rows.push(row);
      }
      const id = `group-${name}`;
      const title = make("h3", { id, tabindex: "-1" }, titleOf(name, section), " ", make("span", { class: "number", text: kept.length }));
      made.push(make("details", { class: `group ${section === undefined ? name : "facts"}`, open: unfolded || terms.length > 0 }, make("summary", {}, title), list));
      if (section === undefined) links.push(make("a", { href: `#${id}`, class: name }, said(`group.${name}`), " ", make("span", { class: "number", text: kept.length })));
    }
    const factual = rows.filter((row) => row.group === "facts");
    if (factual.length) {
      const first = made.find((node) => node.classList.contains("facts"))?.querySelector("h3").id;
      links.splice(links.filter((link) => !/#group-(consistent|lost)$/.test(link.href)).length, 0, make("a", { href: `#${first}` }, said("group.facts"), " ", make("span", { class: "number", text: factual.length })));
    }
    byId("list").replaceChildren(...(made.length ? made : [make("p", { class: "note" }, said("nothing"))]));
    byId("groups").replaceChildren(...links);
    drawProgress();
    const again = rows.find((row) => row.one.judged === was && row.group === group) ?? rows.find((row) => row.one.judged === was);
    if (again) {
      current = again;
      fill(again);
      again.node.setAttribute("aria-current", "true");
      open(again, true);
    }
  };
  const drawProgress = () => {
    const all = items.length + concepts.length + findings.filter((one) => one.outcome !== "consistent").length;
    const done = [...entries].filter(([judged, entry]) => entry.verdict && (known.has(judged) || isPlace(entry))).length;
    byId("progress").textContent = say("progress", done, all);
  };
  const rowOf = (one) => {
    const found = rows.filter((row) => row.one === one);
    return found.find((row) => row.group !== "assumed") ?? found[0];
  };
  const toRow = (one) => {
    let row = rowOf(one);
    if (!row) {
      byId("search").value = "";
      byId("show").value = "all";
      if (one.of === "finding") byId("order").value = "problems";
      draw();
      row = rowOf(one);
    }
    if (row) choose(row);
  };
  byId("list").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = event.target.closest(".row")?.row;
    if (!button || !row) return;
    if (button.dataset.finding) toRow(findings[button.dataset.finding]);
    else if (button.matches(".to")) light([...new Set([items[button.dataset.item].place, ...placesOfRow(row)])].filter((place) => place !== undefined));
    else if (button.dataset.action) {
      if (current !== row) choose(row);
      act(button.dataset.action, row);
    } else if (button.matches(".head")) {
      if (row === current) {
        const opened = button.getAttribute("aria-expanded") !== "true";
        open(row, opened);
        light(placesOfRow(row));
      } else choose(row);
    }
  });
  byId("groups").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    const title = byId(link.getAttribute("href").slice(1));
    title.closest("details").open = true;
    title.focus({ preventScroll: true });
    title.closest("details").scrollIntoView({ block: "start", behavior: "instant" });
  });
  // From the source to the list: of several at one place, one after the other.
  const turn = new Map();
  document.querySelector(".source").addEventListener("click", (event) => {
    const node = event.target.closest("[data-p]");
    if (!node || !getSelection().isCollapsed) return;
    const place = Number(node.dataset.p.split(" ")[0]);
    const here = placesOf[place] ?? [];
    if (!here.length) return;
    const times = lit.has(place) ? (turn.get(place) ?? 0) + 1 : 0;
    turn.set(place, times);
    toRow(here[times % here.length]);
  });

  // ---- what is done -----------------------------------------------------------------------------------------------------

  const act = (name, row) => {
    if (!row) return speak(say("say.none"));
    if (name === "accept" || name === "reject") return judge(row, name);
    if (name === "correct") return correctRow(row);
    if (name === "comment") return comment(row);
    return undo(row);
  };
  const save = () => {
    const blob = new Blob([`${JSON.stringify(file(), null, 2)}\n`], { type: "application/json" });
    const name = data.source.name.split(/[/\\]/).pop().replace(/[<>:"|?*\u0000-\u001f]/g, "_");
    const link = make("a", { href: URL.createObjectURL(blob), download: `${name}.corrections.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    unsaved = false;
    speak(say("say.saved", entries.size));
  };
  const loadText = (content) => {
    const fault = take(content);
    if (fault) return speak(fault);
    keep();
    draw();
    const gone = lost().length;
    return speak(`${say("say.loaded", JSON.parse(content).entries.length)}${gone ? `　${say("say.lost", gone)}` : ""}`);
  };
  byId("save").addEventListener("click", save);
  byId("load").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", () => {
    const [chosen] = byId("file").files;
    chosen?.text().then(loadText, () => speak(say("say.not_corrections")));
    byId("file").value = "";
  });
  byId("help").addEventListener("click", () => byId("keys").showModal());
  byId("keys-close").addEventListener("click", () => byId("keys").close());
  byId("add")?.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  byId("add")?.addEventListener("click", add);
  byId("reviewer").addEventListener("input", () => {
    reviewer = byId("reviewer").value.trim() || null;
    keep();
  });
  byId("complete").addEventListener("change", () => {
    complete = byId("complete").checked;
    keep();
  });
  for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => showView(button.dataset.view));
  byId("zoom-in")?.addEventListener("click", () => zoomTo(zoom * 1.25));
  byId("zoom-out")?.addEventListener("click", () => zoomTo(zoom / 1.25));
  let waiting;
  byId("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  });
  byId("show").addEventListener("change", draw);
  byId("order").addEventListener("change", draw);

  const isTyping = (node) => node.matches?.("textarea, select, input:not([type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (byId("keys").open) {
      if (event.key === "?") byId("keys").close();
      return;
    }
    if (isTyping(event.target)) {
      if (event.key === "Escape" && event.target.id === "search") {
        byId("search").value = "";
        draw();
        (current?.node.querySelector(".head") ?? byId("facts")).focus({ preventScroll: true });
      }
      return;
    }
    const inList = byId("list").contains(event.target) || event.target === document.body;
    const arrows = event.target.closest?.(".source") ? {} : { ArrowDown: "j", ArrowUp: "k" };
    const key = arrows[event.key] ?? event.key;
    if (event.key in arrows && !inList) return;
    if (!byId("keys-on").checked && !(event.key in arrows) && key !== "?") return;
    const then = (name) => {
      if (!current) return speak(say("say.none"));
      return act(name, current) === true ? step(1) : undefined;
    };
    const does = {
      j: () => step(1), k: () => step(-1), a: () => then("accept"), x: () => then("reject"),
      c: () => act("correct", current), m: () => act("comment", current), u: () => act("undo", current), n: add, s: save,
      o: () => current && light(placesOfRow(current)),
      t: () => pages && showView(pages.hidden ? "page" : "text"),
      "/": () => byId("search").focus(),
      "?": () => byId("keys").showModal(),
    }[key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  // ---- language, print --------------------------------------------------------------------------------------------------

  const translate = () => {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
    for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
    for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = say(node.dataset.placeholder);
    for (const node of document.querySelectorAll("[data-number]")) node.textContent = say("page", node.dataset.number);
    if (byId("kind")) byId("kind").textContent = words[lang][`kind.${data.document.kind}`] ?? data.document.kind;
    document.title = `${document.querySelector("h1").textContent}　${say("title")}`;
    for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === lang));
  };
  const turnTo = (wanted, kept = true) => {
    lang = wanted === "en" ? "en" : "zh";
    translate();
    draw();
    if (!kept) return;
    try {
      localStorage.setItem("reportparse.review.language", lang);
    } catch {
      // it is Chinese again the next time
    }
  };
  for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => turnTo(button.dataset.language));
  addEventListener("beforeprint", () => {
    rows.forEach(fill);
    document.querySelectorAll("#list details").forEach((node) => {
      node.open = true;
    });
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved && !keeps && entries.size) event.preventDefault();
  });

  // The same page in another window.
  addEventListener("storage", (event) => {
    if (event.key !== STORE || !event.newValue) return;
    entries.clear();
    take(event.newValue);
    draw();
  });

  try {
    const stored = localStorage.getItem(STORE);
    if (stored) take(stored);
    lang = localStorage.getItem("reportparse.review.language") === "en" ? "en" : "zh";
  } catch {
    byId("memory").hidden = false;
    keeps = false;
  }
  if (pages && pages.clientWidth < 420) zoomTo(1.5); // a sheet on a telephone
  document.body.classList.add("is-live");
  if (lang === "en") translate();
  draw();
})();
