// Does Chromium show a figure as the program rasterises it? Every SVG with outlined text beside the PNG
// of the same drawing, pixel by pixel.
//
//   node tests/page/pixels.mjs FOLDER        the folder of `bitim chart NAME --text paths --dpi 192`
//
// Edges are smoothed differently and lengths end on parts of a pixel, so a pixel is held against those around
// it too. A mark that is elsewhere, a colour or a stroke that is another one find no such neighbour.

import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

const folder = process.argv[2];
assert(folder, "which folder?");
// Pixels are counted in squares with sides of so many, and in the worst one this part may differ from all of
// those around them by more than a quarter of the range.
const TILE = 24;
const MOST_APART = 0.12;
const profile = await mkdtemp(path.join(tmpdir(), "bitim-pixels-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});
const page = await context.newPage();
const names = (await readdir(folder)).filter((file) => file.endsWith(".svg")).sort();
assert(names.length > 0, "no figure");
let worst = 0;
try {
  for (const name of names) {
    const url = async (file, type) =>
      `data:${type};base64,${(await readFile(path.join(folder, file))).toString("base64")}`;
    const apart = await page.evaluate(async ([svg, png, TILE]) => {
      const load = (source) => new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = () => resolve(image);
        image.onerror = reject;
        image.src = source;
      });
      const [drawn, raster] = [await load(svg), await load(png)];
      const { width, height } = raster;
      const pixels = (image) => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext("2d");
        context.fillStyle = "#fff";
        context.fillRect(0, 0, width, height);
        context.drawImage(image, 0, 0, width, height);
        return context.getImageData(0, 0, width, height).data;
      };
      const [one, other] = [pixels(drawn), pixels(raster)];
      const alike = (here, there) =>
        [0, 1, 2].every((part) => Math.abs(one[here + part] - other[there + part]) <= 64);
      const tiles = new Map();
      for (let y = 1; y < height - 1; y += 1) {
        for (let x = 1; x < width - 1; x += 1) {
          const here = (y * width + x) * 4;
          const beside = [-1, 0, 1].some((down) =>
            [-1, 0, 1].some((right) => alike(here, here + (down * width + right) * 4)));
          const tile = Math.floor(y / TILE) * 10_000 + Math.floor(x / TILE);
          if (!beside) tiles.set(tile, (tiles.get(tile) ?? 0) + 1);
        }
      }
      return Math.max(0, ...tiles.values()) / (TILE * TILE);
    }, [await url(name, "image/svg+xml"), await url(name.replace(/svg$/, "png"), "image/png"), TILE]);
    console.log(`${(apart * 100).toFixed(3).padStart(7)}%  ${name}`);
    worst = Math.max(worst, apart);
  }
} finally {
  await context.close();
  await rm(profile, { recursive: true, force: true });
}
assert(worst <= MOST_APART, `${(worst * 100).toFixed(1)}% of the pixels of a part of a figure are another colour`);
