// What a reader can do with the page beyond reading it. Every control is made or shown here, so that
// the page without a script lacks nothing but them. Data come from the element with the id "data".
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const cases = new Map(data.cases.map((one) => [one.id, one]));
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const plain = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // A short message, seen and heard.
  const note = make("p", { className: "note" });
  note.setAttribute("role", "status");
  document.querySelector("main").append(note);
  let fading;
  const say = (text) => {
    clearTimeout(fading);
    note.textContent = text;
    fading = setTimeout(() => { note.textContent = ""; }, 4000);
  };

  // What a mark or a row belongs to: cases, or codes by facet. A mark inside that of a case belongs
  // to the case; what a mark says of itself goes before what it stands in says.
  const alias = { one: "party", other: "party", partner: "party", depth: "role" };
  const meant = (facet, value) => {
    if (!Object.hasOwn(data.labels, facet)) return null;
    const known = Object.keys(data.labels[facet]);
    // Without a reason it stands for every reason; there may be no case with any.
    if (/^missing(-|$)/.test(value)) return known.filter((code) => `${code}-`.startsWith(`${value}-`));
    return known.includes(value) ? [value] : null;
  };
  const belongs = (element) => {
    const holder = element.closest("[data-case]");
    const named = holder?.dataset.case ?? "";
    const ids = (cases.has(named) ? [named] : named.split(/[\s;]+/)).filter((id) => cases.has(id));
    if (ids.length) return { cases: ids };
    const codes = [];
    for (let at = element; at?.dataset; at = at.parentElement) {
      const own = Object.entries(at.dataset).map(([name, value]) => {
        const of = name === "group" ? at.dataset.by : name;
        const facet = alias[of] ?? of;
        return [facet, meant(facet, value)];
      });
      codes.push(...own.filter(([facet, of]) => of && !codes.some(([held]) => held === facet)));
    }
    return codes.length ? { codes } : {};
  };

  // Marks: one tab stop a figure, arrow keys inside it.
  const figures = all(".drawing svg");
  const marks = [];
  for (const svg of figures) {
    const own = all("g > title", svg).map((title) => title.parentNode);
    const belonging = own.map(belongs);
    if (!belonging.some(({ cases: ids, codes }) => ids ?? codes)) {
      svg.closest("figure").querySelector(".files").before(make("p", { className: "whole" }, words.whole));
    }
    if (!own.length) continue;
    // The marks are inside, so this is no longer one picture to those who hear the page.
    svg.setAttribute("role", "graphics-document");
    svg.setAttribute("aria-describedby", "marks-help");
    svg.parentNode.removeAttribute("tabindex");
    all("text", svg).forEach((text) => text.setAttribute("aria-hidden", "true"));
    own.forEach((element, place) => {
      const title = element.querySelector(":scope > title");
      const inner = element.querySelector("g > title:not(:scope > title)");
      const mark = { element, what: title.textContent, where: belonging[place] };
      element.setAttribute("role", inner ? "group" : "img");
      element.setAttribute("tabindex", place ? "-1" : "0");
      element.classList.add("mark");
      marks.push(mark);
    });
  }
  const markOf = new Map(marks.map((mark) => [mark.element, mark]));
  const label = (mark) => {
    const outside = mark.element.classList.contains("outside");
    mark.element.setAttribute("aria-label", outside ? `${mark.what} (${words.outside})` : mark.what);
  };
  for (const mark of marks) {
    // Without its own title the browser shows no second tooltip.
    mark.element.querySelector(":scope > title").remove();
    label(mark);
  }

  // Tooltips: on hover and on focus, to be hovered themselves, closed by Escape.
  const tip = make("div", { className: "tip", id: "tip", hidden: true });
  tip.setAttribute("role", "tooltip");
  const more = make("dl", { id: "tip-more" });
  document.querySelector("main").append(tip);
  let shown = null;
  let leaving;
  const hide = () => {
    clearTimeout(leaving);
    shown?.element.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
  };
  const show = (mark, pointer) => {
    clearTimeout(leaving);
    if (shown === mark) return;
    hide();
    shown = mark;
    const about = (mark.where.cases ?? []).map((id) => cases.get(id));
    const head = about.length === 1 && !mark.what.startsWith(about[0].title) ? [make("b", {}, about[0].title)] : [];
    const facts = about.length === 1 ? about[0].facts : about.map((one) => ["", one.title]);
    more.replaceChildren(...facts.map(([name, fact]) => make("div", {}, make("dt", {}, name), make("dd", {}, fact))));
    tip.replaceChildren(make("p", {}, mark.what), ...head, more);
    tip.hidden = false;
    if (facts.length) mark.element.setAttribute("aria-describedby", "tip-more");
    const box = mark.element.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const left = pointer ? pointer.clientX - 12 : box.left;
    const below = box.bottom + 2;
    const above = box.top - tip.offsetHeight - 2;
    const top = below + tip.offsetHeight > innerHeight && above > 0 ? above : below;
    tip.style.left = `${Math.max(8, Math.min(left, room - tip.offsetWidth - 8)) + scrollX}px`;
    tip.style.top = `${top + scrollY}px`;
  };
  const leave = () => {
    clearTimeout(leaving);
    const focused = markOf.get(document.activeElement);
    const keep = focused?.element.matches(":focus-visible") ? focused : null;
    leaving = setTimeout(() => (keep && shown && keep !== shown ? show(keep) : keep ? null : hide()), 300);
  };
  const over = (event) => markOf.get(event.target.closest(".mark"));
  const move = (svg, from, key) => {
    const own = all(".mark", svg);
    const lit = own.filter((mark) => !mark.classList.contains("outside"));
    const list = lit.length ? lit : own;
    const place = own.indexOf(from);
    const next = list.find((mark) => own.indexOf(mark) > place) ?? list.at(-1);
    const previous = list.findLast((mark) => own.indexOf(mark) < place) ?? list[0];
    const ways = { ArrowRight: next, ArrowDown: next, ArrowLeft: previous, ArrowUp: previous, Home: list[0], End: list.at(-1) };
    return ways[key];
  };
  for (const svg of figures) {
    svg.addEventListener("pointerover", (event) => {
      const mark = over(event);
      if (mark) show(mark, event);
      else if (shown) leave();
    });
    svg.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && leave());
    svg.addEventListener("click", (event) => over(event) && show(over(event), event));
    svg.addEventListener("focusin", (event) => {
      const mark = over(event);
      if (!mark) return;
      all(".mark[tabindex='0']", svg).forEach((other) => other.setAttribute("tabindex", "-1"));
      mark.element.setAttribute("tabindex", "0");
      mark.element.scrollIntoView({ block: "nearest", inline: "nearest" });
      if (mark.element.matches(":focus-visible")) show(mark);
    });
    svg.addEventListener("focusout", hide);
    svg.addEventListener("keydown", (event) => {
      const next = event.target.closest(".mark") && move(svg, event.target, event.key);
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leave);
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".tip, .mark")) hide();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());

  // Filters.
  const form = document.getElementById("filter");
  const count = form.querySelector("output");
  const strip = document.querySelector(".filtered");
  const rows = all(".result tbody tr")
    .map((element) => ({ element, where: belongs(element) }))
    .filter((row) => row.where.cases || row.where.codes);
  const chosen = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  const fits = (one, filter) => Object.entries(filter).every(([name, value]) => {
    if (!value) return true;
    if (name !== "search") return one[name].includes(value);
    const parties = one.party.map((party) => `${party} ${data.labels.party[party] ?? ""}`);
    return [one.id, one.title, ...parties].join(" ").toLowerCase().includes(value.toLowerCase());
  });
  const inside = ({ cases: ids, codes }, asked, kept) => {
    if (ids) return ids.some((id) => kept.has(cases.get(id)));
    if (!codes) return true;
    const own = (name) => codes.filter(([facet]) => facet === name);
    const is = ([name, value]) => !own(name).length || own(name).some(([, of]) => of.includes(value));
    if (!asked.every(is)) return false;
    // A row of the asked period stays, though it counts none; what else is asked a case must answer.
    const has = (one) => codes.every(([facet, of]) => of.some((code) => one[facet].includes(code)));
    return asked.every(([name]) => own(name).length) || [...kept].some(has);
  };
  // How many cases each choice would leave, given the other choices.
  const offer = (filter) => {
    for (const list of all("select", form)) {
      const others = data.cases.filter((one) => fits(one, { ...filter, [list.name]: "" }));
      for (const option of [...list.options].slice(1)) {
        const n = others.filter((one) => one[list.name].includes(option.value)).length;
        option.textContent = `${data.labels[list.name][option.value]} (${n})`;
      }
    }
  };
  const apply = () => {
    hide();
    const filter = chosen();
    const asked = Object.entries(filter).filter(([, value]) => value);
    const active = asked.length > 0;
    const kept = new Set(data.cases.filter((one) => fits(one, filter)));
    for (const mark of marks) {
      mark.element.classList.toggle("outside", active && !inside(mark.where, asked, kept));
      label(mark);
    }
    for (const row of rows) row.element.hidden = active && !inside(row.where, asked, kept);
    for (const details of all("details.numbers")) {
      const body = all("tbody tr", details);
      const left = body.filter((row) => !row.hidden).length;
      const text = left < body.length ? ` · ${fill(words.rows, { n: left, m: body.length })}` : "";
      details.querySelector("summary .shown").textContent = text;
    }
    offer(filter);
    count.textContent = fill(words.count, { n: kept.size, m: data.cases.length });
    const said = asked.map(([name, value]) => `${plain(form.elements[name].labels[0])}: ${data.labels[name]?.[value] ?? value}`);
    strip.firstElementChild.textContent = [count.textContent, ...said].join(" · ");
    strip.hidden = !active;
    document.documentElement.classList.toggle("filtering", active);
  };

  // Links: "#section?period=…&sort=table.column" brings section, filter and order back. What a reader
  // asks for is a step of the history; typing on, and where the page is open, are none.
  const sorted = new Map();
  let section = "";
  // An address that is broken, as by a lone percent sign, names no section.
  const decoded = (text) => {
    try { return decodeURIComponent(text); } catch { return ""; }
  };
  const write = (way = "replaceState") => {
    const asked = Object.entries(chosen()).filter(([, value]) => value);
    const orders = [...sorted].map(([table, column]) => ["sort", `${table}.${column}`]);
    const query = new URLSearchParams([...asked, ...orders]).toString();
    const hash = `#${section}${query ? `?${query}` : ""}`;
    const same = hash === (location.hash || "#");
    history[same ? "replaceState" : way](true, "", same ? location.href : hash);
  };
  const read = () => {
    const [anchor, query] = location.hash.slice(1).split("?");
    const before = section;
    section = decoded(anchor);
    // A link to a section keeps filter and order; an address that was written here says all of them.
    if (query !== undefined || history.state) {
      const asked = new URLSearchParams(query);
      for (const field of form.elements) {
        if (field.name) field.value = asked.get(field.name) ?? "";
        // Of a code that the list does not have nothing would be chosen.
        if (field.selectedIndex < 0) field.value = "";
      }
      const orders = new Map(asked.getAll("sort").map((order) => order.split(/\.(.*)/s)));
      for (const [table, sort] of tables) sort(orders.get(table));
    }
    apply();
    write();
    const target = section && section !== before && document.getElementById(section);
    if (!target) return;
    if (target.matches(".result")) target.querySelector("details.numbers")?.setAttribute("open", "");
    target.scrollIntoView();
  };
  let typing = false;
  form.addEventListener("input", ({ target }) => {
    const types = target.type === "search";
    apply();
    write(types && typing ? "replaceState" : "pushState");
    typing = types;
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    const lost = strip.contains(document.activeElement);
    apply();
    write("pushState");
    if (lost) form.elements[0].focus();
  }));
  const anchor = (id, title) => {
    const link = make("a", { className: "anchor", href: `#${id}` }, "#");
    link.setAttribute("aria-label", fill(words.link, { title }));
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      section = id;
      write();
      try {
        await navigator.clipboard.writeText(location.href);
        say(words.copied);
      } catch {
        say(words.address);
      }
    });
    return link;
  };
  for (const heading of all("main h2[id], .result > h3")) {
    const head = make("div", { className: "head" });
    heading.replaceWith(head);
    head.append(heading, anchor(heading.id || head.parentNode.id, plain(heading)));
  }
  for (const svg of figures) {
    const files = svg.closest("figure").querySelector(".files");
    files.append(" ", anchor(svg.id, svg.parentNode.getAttribute("aria-label")));
  }

  // Tables: sorted by a column, written as shown.
  const keyOf = (cell) => {
    if (!cell || cell.querySelector(".missing") || cell.dataset.sort === "") return null;
    return cell.dataset.sort ?? (plain(cell) || null);
  };
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const number = (key) => {
    const text = key.replace(/\s/g, "").replace(",", ".").replace("−", "-");
    return /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
  };
  const comparison = (keys) => {
    const known = keys.filter((key) => key !== null);
    if (known.every((key) => !Number.isNaN(number(key)))) return (one, other) => number(one) - number(other);
    const days = known.every((key) => /^\d{4}-\d\d(-\d\d)?(\/|$)/.test(key));
    return days ? (one, other) => (one < other ? -1 : Number(one > other)) : order.compare;
  };
  const tables = new Map();
  for (const table of all("main table")) {
    const body = table.tBodies[0];
    const original = [...body.rows];
    if (original.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells];
    const part = table.closest("section");
    const name = part.id || part.getAttribute("aria-labelledby");
    // By a column, by "-column" from the last to the first, or as the rows came.
    const sort = (by) => {
      const column = heads.findIndex((head) => head.dataset.column === by?.replace(/^-/, ""));
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      body.append(...original);
      sorted.delete(name);
      if (column < 0) return;
      const way = by.startsWith("-") ? -1 : 1;
      sorted.set(name, by);
      heads[column].setAttribute("aria-sort", way < 0 ? "descending" : "ascending");
      table.closest("details")?.setAttribute("open", "");
      const keyed = original.map((row) => ({ row, key: keyOf(row.cells[column]) }));
      const compare = comparison(keyed.map(({ key }) => key));
      keyed.sort((one, other) => one.key === null || other.key === null
        ? Number(one.key === null) - Number(other.key === null)
        : way * compare(one.key, other.key));
      body.append(...keyed.map(({ row }) => row));
    };
    tables.set(name, sort);
    for (const head of heads) {
      const title = plain(head);
      const button = make("button", { type: "button", className: "sort" }, ...head.childNodes);
      const { column } = head.dataset;
      head.append(button);
      // The browser takes what lies under the first column for seen.
      button.addEventListener("focus", () => button.scrollIntoView({ block: "nearest", inline: "nearest" }));
      button.addEventListener("click", () => {
        const next = { [column]: `-${column}`, [`-${column}`]: undefined };
        const before = sorted.get(name);
        sort(before in next ? next[before] : column);
        section = name;
        write("pushState");
        say(sorted.has(name) ? fill(words.sorted, { title }) : words.unsorted);
      });
    }
  }
  for (const details of all("details.numbers")) {
    const summary = details.querySelector("summary");
    summary.append(make("span", { className: "shown" }));
    summary.addEventListener("click", () => {
      const id = details.closest(".result").id;
      if (!details.open) section = id;
      else if (section === id) section = "";
      write();
    });
    const files = details.querySelector(".files");
    const button = make("button", { type: "button" }, words.download);
    button.addEventListener("click", () => {
      const lines = all("tr", details).filter((row) => !row.hidden);
      const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const text = lines.map((row) => [...row.cells].map((cell) => quoted(plain(cell))).join(",")).join("\r\n");
      // The mark at the start tells spreadsheets that this is UTF-8.
      const file = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }));
      const name = files.querySelector("a").getAttribute("href").split("/").pop();
      make("a", { href: file, download: name.replace(".csv", "-shown.csv") }).click();
      setTimeout(() => URL.revokeObjectURL(file), 1000);
    });
    files.append(" ", button);
  }

  form.hidden = false;
  document.documentElement.classList.add("explored");
  addEventListener("hashchange", read);
  read();
})();
