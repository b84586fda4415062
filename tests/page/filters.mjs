// Filters, and the links that bring them back.

import assert from "node:assert/strict";
import { check, data, given, nameOf, rowsOf, shown } from "./harness.mjs";

await check("filter: rows, marks and the count agree with the cases", async (page, shot) => {
  await shot("top");
  const { cases } = await data(page);
  const before = await page.locator("tbody tr[hidden], .outside").count();
  assert.equal(before, 0);
  const period = cases[0].period[0];
  await page.selectOption("#filter-period", period);
  const kept = cases.filter((one) => one.period.includes(period)).map((one) => one.id);
  assert(kept.length > 0 && kept.length < cases.length);
  assert.match(await page.locator("#filter output").innerText(), new RegExp(`\\b${kept.length}\\b.*\\b${cases.length}\\b`));
  assert.deepEqual((await shown(page, rowsOf("cases"))).sort(), kept.sort());
  const lit = await page.$$eval("#figure-timeline g[data-case]:not(.outside)", (marks) => marks.map((mark) => mark.dataset.case));
  assert.deepEqual([...new Set(lit)].sort(), kept);
  const periods = await page.$$eval(rowsOf("roles"), (rows) => rows.map((row) => [row.dataset.period, row.hidden]));
  for (const [of, hidden] of periods) assert.equal(hidden, of !== undefined && of !== period, of);
  await page.locator("#table-roles h3").scrollIntoViewIfNeeded();
  await shot("filtered");
  await page.fill("#filter-search", "no such case");
  assert.deepEqual(await shown(page, rowsOf("cases")), []);
  await page.click("#filter button[type=reset]");
  await page.waitForFunction(() => !document.querySelector("tbody tr[hidden], .outside"));
  const [one] = cases;
  await page.fill("#filter-search", one.title.toUpperCase());
  assert((await shown(page, rowsOf("cases"))).includes(one.id));
});

await check("filter: every facet keeps the cases that have the code", async (page) => {
  const { cases } = await data(page);
  for (const facet of ["period", "role", "outcome", "party"]) {
    const codes = await page.$$eval(`#filter-${facet} option`, (list) => list.map((one) => one.value).filter(Boolean));
    assert(codes.length > 1, facet);
    for (const code of codes.slice(0, 6)) {
      await page.selectOption(`#filter-${facet}`, code);
      const kept = cases.filter((one) => one[facet].includes(code)).map((one) => one.id);
      assert.deepEqual((await shown(page, rowsOf("cases"))).sort(), kept.sort(), `${facet} ${code}`);
    }
    await page.selectOption(`#filter-${facet}`, "");
  }
});

const FACETS = ["period", "role", "outcome", "party"];

for (const file of given) {
  await check(`filter: cases without a value are a choice, ${nameOf(file)}`, async (page, shot) => {
    const { cases, labels } = await data(page);
    const lacking = FACETS.flatMap((facet) =>
      [...new Set(cases.flatMap((one) => one[facet]))].filter((code) => code.startsWith("missing-")).map((code) => [facet, code]));
    assert(lacking.length > 0);
    for (const [facet, code] of lacking) {
      const kept = cases.filter((one) => one[facet].includes(code));
      await page.selectOption(`#filter-${facet}`, code);
      const option = await page.locator(`#filter-${facet} option[value="${code}"]`).innerText();
      assert.equal(option, `${labels[facet][code]} (${kept.length})`);
      assert.deepEqual((await shown(page, rowsOf("cases"))).sort(), kept.map((one) => one.id).sort(), `${facet} ${code}`);
      const lit = await page.$$eval("#figure-timeline g[data-case]:not(.outside)", (marks) => marks.map((mark) => mark.dataset.case));
      assert.deepEqual([...new Set(lit)].sort(), kept.map((one) => one.id).sort());
      assert.equal(new URLSearchParams(page.url().split("?")[1]).get(facet), code);
      assert((await page.locator(".filtered span").innerText()).includes(labels[facet][code]));
      // With another choice, each list counts what would be left.
      const other = FACETS.find((one) => one !== facet && cases.every((each) => each[one].length) && labels[one] && Object.keys(labels[one]).length > 1);
      const [also] = kept[0][other];
      await page.selectOption(`#filter-${other}`, also);
      const both = kept.filter((one) => one[other].includes(also)).length;
      assert.equal((await shown(page, rowsOf("cases"))).length, both);
      for (const list of [facet, other]) {
        const chosen = await page.$eval(`#filter-${list}`, (field) => field.selectedOptions[0].textContent);
        assert(chosen.endsWith(` (${both})`), `${chosen}: ${both}`);
      }
      const address = page.url();
      await page.reload();
      assert.equal(page.url(), address);
      assert.equal(await page.inputValue(`#filter-${facet}`), code);
      assert.equal((await shown(page, rowsOf("cases"))).length, both, "after a reload");
      await shot(`missing-${nameOf(file)}-${facet}-${code}`);
      await page.selectOption(`#filter-${facet}`, "");
      await page.selectOption(`#filter-${other}`, "");
    }
  }, { file });

  await check(`filter: marks of a code answer, marks of everything do not, ${nameOf(file)}`, async (page) => {
    const { cases, labels } = await data(page);
    const alias = { one: "party", other: "party" };
    // What a mark says it belongs to, read from the drawing and not by the script of the page.
    const marks = await page.$$eval(".drawing .mark", (list) => list.map((element) => {
      const chain = [];
      for (let at = element; at.dataset && !at.matches(".drawing"); at = at.parentElement) chain.push({ ...at.dataset });
      return { figure: element.closest("svg").id, chain, what: element.getAttribute("aria-label") };
    }));
    for (const mark of marks) {
      const held = Object.assign({}, ...mark.chain.toReversed());
      mark.case = held.case;
      mark.codes = [];
      for (const [name, code] of Object.entries(held)) {
        const facet = name === "group" ? held.by : alias[name] ?? name;
        if (!FACETS.includes(facet) || mark.case) continue;
        const codes = Object.keys(labels[facet]);
        const meant = code === "missing" ? codes.filter((one) => one.startsWith("missing-")) : [code];
        const known = ["missing-unknown", ...codes];
        assert(meant.every((one) => known.includes(one)), `${mark.figure}: ${mark.what}: ${facet} ${code}`);
        mark.codes.push([facet, meant]);
      }
    }
    const figures = await page.$$eval("figure", (list) => list.map((figure) => [figure.querySelector("svg").id, figure.querySelectorAll(".whole").length]));
    const answers = (id) => marks.some((mark) => mark.figure === id && (mark.case || mark.codes.length));
    for (const [id, notes] of figures) assert.equal(notes, answers(id) ? 0 : 1, id);
    const whole = ["funnel", "trends", "survival", "models", "map", "claims", "specifications", "reliability", "coverage"];
    for (const [id] of figures) assert.equal(answers(id), !whole.includes(id.replace("figure-", "")), id);
    const ofCases = ["figure-timeline", "figure-trajectories", "figure-calendar"];
    for (const mark of marks) assert(mark.case || !ofCases.includes(mark.figure), mark.what);
    assert.equal(await page.locator(".whole:visible").count(), 0);
    for (const facet of FACETS) {
      const codes = Object.keys(labels[facet]).filter((code) => cases.some((one) => one[facet].includes(code)));
      for (const code of [codes[0], codes.at(-1)]) {
        await page.selectOption(`#filter-${facet}`, code);
        const kept = cases.filter((one) => one[facet].includes(code));
        const outside = await page.$$eval(".drawing .mark", (list) => list.map((mark) => mark.classList.contains("outside")));
        marks.forEach((mark, place) => {
          const own = mark.codes.filter(([of]) => of === facet);
          const has = (one) => mark.codes.every(([of, meant]) => meant.some((each) => one[of].includes(each)));
          const inside = mark.case ? kept.some((one) => one.id === mark.case)
            : own.length ? own.some(([, meant]) => meant.includes(code))
            : !mark.codes.length || kept.some(has);
          assert.equal(outside[place], !inside, `${facet} ${code}: ${mark.figure}: ${mark.what}`);
        });
        assert.equal(await page.locator(".whole:visible").count(), await page.locator(".whole").count());
        await page.selectOption(`#filter-${facet}`, "");
      }
    }
  }, { file });
}

await check("deep link: filter and section come back, links keep the filter", async (page) => {
  assert.equal(await page.inputValue("#filter-role"), "broker");
  assert(await page.locator("#table-outcomes details.numbers").evaluate((details) => details.open));
  const top = await page.locator("#table-outcomes").evaluate((section) => section.getBoundingClientRect().top);
  assert(Math.abs(top) < 200, `scrolled there: ${top}`);
  await page.selectOption("#filter-outcome", "process");
  assert(page.url().endsWith("#table-outcomes?role=broker&outcome=process") || page.url().endsWith("#table-outcomes?outcome=process&role=broker"), page.url());
  await page.evaluate(() => document.querySelector(".contents a[href='#table-cases']").click());
  await page.waitForFunction(() => location.hash.startsWith("#table-cases?"));
  assert.equal(await page.inputValue("#filter-role"), "broker");
  await page.locator("#table-roles .head .anchor").click();
  assert(page.url().includes("#table-roles?"), page.url());
  await page.locator(".note").filter({ hasText: /\S/ }).waitFor();
  const again = page.url();
  await page.reload();
  assert.equal(page.url(), again);
  assert.equal(await page.inputValue("#filter-outcome"), "process");
}, { hash: "#table-outcomes?role=broker" });


await check("history: choices and the order of a table are steps, back and forward", async (page) => {
  const order = () => page.$$eval(rowsOf("cases"), (rows) => rows.map((row) => row.dataset.case));
  const events = page.locator("#table-cases th[data-column=events]");
  const found = async () => [await page.inputValue("#filter-period"), await events.getAttribute("aria-sort"), (await order()).join()];
  const steps = [[page.url(), await found()]];
  const step = async (act) => {
    await act();
    steps.push([page.url(), await found()]);
    const [[before], [now]] = steps.slice(-2);
    assert.notEqual(now, before, "the address says it");
  };
  const { cases } = await data(page);
  await page.$eval("#table-cases details", (details) => { details.open = true; });
  await step(() => page.selectOption("#filter-period", cases[0].period[0]));
  await step(() => events.locator("button").click());
  assert(page.url().endsWith("&sort=table-cases.events"), page.url());
  await step(() => events.locator("button").click());
  assert(page.url().endsWith("&sort=table-cases.-events"), page.url());
  await step(() => page.locator("#table-cases th[data-column=outcome] button").click());
  await step(() => page.click("#filter button[type=reset]").then(() => page.waitForFunction(() => !location.hash.includes("period"))));
  const is = async ([url, expected]) => {
    await page.waitForFunction((address) => (location.href.split("#")[1] ?? "") === (address.split("#")[1] ?? ""), url);
    assert.deepEqual(await found(), expected, url);
  };
  for (const one of steps.toReversed().slice(1)) {
    await page.goBack();
    await is(one);
  }
  for (const one of steps.slice(1)) {
    await page.goForward();
    await is(one);
  }
  // Typing is one step, however long the word is.
  const length = () => page.evaluate(() => history.length);
  const before = await length();
  await page.locator("#filter-search").pressSequentially("word");
  assert.equal(await length(), before + 1);
});

await check("deep link: the order of several tables comes back, one that is not there is left out", async (page) => {
  assert.equal(await page.locator("#table-cases th[data-column=events]").getAttribute("aria-sort"), "descending");
  const counts = await page.$$eval(rowsOf("cases"), (rows) => rows.map((row) => Number(row.cells[row.cells.length - 1].textContent)));
  assert.deepEqual(counts, [...counts].sort((one, other) => other - one));
  assert(await page.locator("#table-cases details.numbers").evaluate((details) => details.open));
  assert.equal(await page.locator("#table-roles th[data-column=role]").getAttribute("aria-sort"), "ascending");
  const left = new URLSearchParams(page.url().split("?")[1]);
  assert.deepEqual([left.getAll("sort").length, left.has("role")], [2, false]);
  assert.equal(await page.$eval("#filter-role", (list) => list.selectedIndex), 0, "a code that is not there asks nothing");
  await page.evaluate(() => document.querySelector(".contents a[href='#table-profile']").click());
  await page.waitForFunction(() => location.hash.startsWith("#table-profile?"));
  assert.equal(await page.locator("[aria-sort]").count(), 2, "a link keeps the order");
}, { hash: "#table-cases?sort=table-cases.-events&sort=table-roles.role&sort=table-cases2.x&sort=table-profile&role=nonsense" });

const broken = ["#%", "#%E0%A4%A", "#table-roles%", "#%?role=broker", "#?role=%", "#?sort=%", "#?sort=", "#?sort=.-", "#??&&==",
  "#__proto__", "#constructor?constructor=1&__proto__=2", "#?sort=__proto__.x", "#data", "#\"'><img src=x onerror=alert(1)>",
  "#%00", "#%ED%A0%80", "#?search=%3Cimg src=x onerror=alert(1)%3E", `#${"%25".repeat(9999)}`];
await check("broken links throw nothing, opened or followed", async (page, _, complaints) => {
  const address = page.url().split("#")[0];
  for (const hash of broken) {
    // Followed, then opened.
    await page.goto(address + hash);
    await page.goto("about:blank");
    await page.goto(address + hash);
    assert.deepEqual(complaints, [], hash.slice(0, 80));
    assert(await page.locator("#filter").isVisible(), hash);
    assert.equal(await page.locator("main img").count(), 0, hash);
  }
  await page.goto(`${address}#%?role=broker`);
  assert.equal(await page.inputValue("#filter-role"), "broker", "the rest of a broken link counts");
}, { hash: broken[0] });
