// What is done without a mouse: where the focus goes, that it is seen, and what scrolls.

import assert from "node:assert/strict";
import { check, open } from "./harness.mjs";

await check("keyboard: one stop a figure, arrows between marks, Escape closes", async (page) => {
  const stops = await page.$$eval(".drawing", (list) => list.map((drawing) => [
    drawing.querySelectorAll(".mark").length,
    drawing.querySelectorAll("[tabindex='0']").length + Number(drawing.tabIndex === 0),
  ]));
  assert(stops.some(([marks]) => marks > 0));
  for (const [, tabs] of stops) assert.equal(tabs, 1);
  const figures = await page.$$eval(".drawing svg", (list) => list.filter((svg) => svg.querySelector(".mark")).map((svg) => svg.id));
  for (const id of figures) {
    await page.locator(`#${id} .mark[tabindex='0']`).focus();
    const all = await page.locator(`#${id} .mark`).count();
    const seen = new Set();
    for (let step = 0; step < all; step += 1) {
      seen.add(await page.evaluate(() => [...document.querySelectorAll(".mark")].indexOf(document.activeElement)));
      assert(await page.locator("#tip").isVisible(), `${id} ${step}`);
      if (step < all - 1) await page.keyboard.press("ArrowRight");
    }
    assert.equal(seen.size, all, `${id}: every mark is reached`);
    await page.keyboard.press("Home");
    await page.keyboard.press("Escape");
    assert(!(await page.locator("#tip").isVisible()));
    assert(await page.evaluate(() => document.activeElement.matches(".mark")), "the focus stays");
    await page.keyboard.press("Tab");
    assert(!(await page.evaluate((svg) => document.getElementById(svg).contains(document.activeElement), id)), "one stop");
  }
});

await check("keyboard: the skip link leads past the contents", async (page) => {
  await page.keyboard.press("Tab");
  const link = await page.evaluate(() => [document.activeElement.className, document.activeElement.getBoundingClientRect().top]);
  assert.equal(link[0], "skip");
  assert(link[1] >= 0, "seen when it has the focus");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "part-results");
  await page.keyboard.press("Tab");
  assert(await page.evaluate(() => Boolean(document.activeElement.closest("main"))));
});

/** How much of the focus is seen: has it an outline, and is some of it not covered? */
const seen = (page) => page.evaluate(() => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const spread = (from, length) => [0.1, 0.5, 0.9].map((part) => from + part * length);
  const tops = spread(box.left, box.width).flatMap((x) => spread(box.top, box.height).map((y) => document.elementFromPoint(x, y)));
  return {
    what: `${at.tagName} ${at.className.baseVal ?? at.className} ${at.textContent.slice(0, 40)}`,
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    covered: !tops.some((top) => top && (at.contains(top) || top.contains(at))),
  };
});

for (const [width, height] of [[1280, 900], [390, 700], [320, 256]]) {
  await check(`keyboard: the focus is seen and not covered at ${width} × ${height}`, async (page) => {
    await open(page);
    await page.fill("#filter-search", "a");
    const walk = async (start, steps, key) => {
      await page.locator(start).first().focus();
      for (let step = 0; step < steps; step += 1) {
        await page.keyboard.press(key);
        const { what, outlined, covered } = await seen(page);
        assert(outlined, `no outline: ${start} ${step} ${what}`);
        assert(!covered, `covered: ${start} ${step} ${what}`);
      }
    };
    await walk("#filter-period", 14, "Tab");
    await walk("#table-cases summary", 12, "Tab");
    await walk("#table-pairs summary", 18, "Tab");
    await page.$$eval(".box", (list) => list.forEach((box) => { box.scrollLeft = box.scrollWidth; }));
    await walk("#table-pairs details .files a", 16, "Shift+Tab");
    await walk("#part-findings + .anchor", 8, "Tab");
  }, { viewport: { width, height } });
}

await check("keyboard: tables and drawings scroll within themselves", async (page) => {
  await open(page);
  for (const box of ["#table-pairs .box", "#table-profile .box"]) {
    await page.locator(box).focus();
    const at = () => page.$eval(box, (element) => [element.scrollLeft, element.scrollTop]);
    assert.deepEqual(await at(), [0, 0]);
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((one) => document.querySelector(one).scrollLeft > 0, box);
  }
  await page.locator("#table-pairs .box").focus();
  await page.keyboard.press("PageDown");
  await page.waitForFunction(() => document.querySelector("#table-pairs .box").scrollTop > 0);
  // A drawing is scrolled by the mark that has the focus.
  await page.locator("#figure-roles .mark[tabindex='0']").focus();
  await page.keyboard.press("End");
  const [mark, drawing] = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    const around = document.activeElement.closest(".drawing").getBoundingClientRect();
    return [[box.left, box.right], [around.left, around.right]];
  });
  assert(mark[0] >= drawing[0] - 1 && mark[1] <= drawing[1] + 1, `${mark} in ${drawing}`);
}, { viewport: { width: 390, height: 700 } });

await check("motion: none where it is not wanted", async (page) => {
  const moving = () => page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
    return parseFloat(transitionDuration) > 0 || animationName !== "none" || scrollBehavior === "smooth";
  }).length);
  assert.equal(await moving(), 0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  assert((await moving()) > 0, "marks fade where it is");
}, { reducedMotion: "reduce" });
