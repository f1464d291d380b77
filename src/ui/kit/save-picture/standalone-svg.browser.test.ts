import { afterEach, beforeEach, expect, test } from "vitest";
import { pictureFile } from "./picture-file";
import { margin, standaloneSvg } from "./standalone-svg";

const sheet = new CSSStyleSheet();

beforeEach(() => {
  document.adoptedStyleSheets = [sheet];
});

afterEach(() => {
  document.adoptedStyleSheets = [];
  document.body.replaceChildren();
});

/** Puts markup under a style sheet on the page, and reads the picture of its first element as a document of its own. */
function pictureOf(css: string, markup: string): { root: Element; text: string } {
  sheet.replaceSync(`body { margin: 0; background: #123456 } ${css}`);
  document.body.innerHTML = markup;
  const picture = document.body.firstElementChild;
  if (!picture) throw new Error("no picture");
  const { text } = standaloneSvg(picture, { title: "A <picture>", description: "One & two" });
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  expect(root.querySelector("parsererror")).toBeNull();
  return { root, text };
}

const get = (root: Element, selector: string) => {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`no ${selector} in ${root.outerHTML}`);
  return found;
};

test("it says what it is, how large it is, and lies on the page's colour", () => {
  const { root } = pictureOf("", '<svg width="120" height="40" viewBox="0 0 3 1"><title>Inner</title></svg>');
  expect(root.namespaceURI).toBe("http://www.w3.org/2000/svg");
  expect([root.getAttribute("width"), root.getAttribute("height")]).toEqual([
    `${120 + 2 * margin}`,
    `${40 + 2 * margin}`,
  ]);
  expect(get(root, "title").textContent).toBe("A <picture>");
  expect(get(root, "desc").textContent).toBe("One & two");
  expect(get(root, "rect").getAttribute("fill")).toBe("#123456");
  expect(get(root, "svg svg").getAttribute("viewBox")).toBe("0 0 3 1");
  expect(get(root, "svg svg title").textContent).toBe("Inner");
});

test("what the style sheet says stands in the elements, with plain colours", () => {
  const { root, text } = pictureOf(
    `:root { color-scheme: dark; --tone: light-dark(#ffffff, #aa0000) }
     .bar { fill: var(--tone); height: 30px; stroke: color-mix(in srgb, #0000ff 50%, transparent) }
     .gone { display: none }`,
    `<svg width="100" height="100"><g class="bar"><rect class="bar" x="1" y="2" width="3" data-x="1"/></g>
     <circle class="gone" r="9"/></svg>`,
  );
  const bar = get(root, "g");
  expect(bar.getAttribute("fill")).toBe("#aa0000");
  expect(bar.getAttribute("stroke")).toBe("#0000ff");
  expect(Number(bar.getAttribute("stroke-opacity"))).toBeCloseTo(0.5, 2);
  const rect = get(root, "g rect");
  expect(rect.getAttribute("height")).toBe("30");
  expect(rect.hasAttribute("fill"), "what it takes over is not said again").toBe(false);
  expect(root.querySelector("circle")).toBeNull();
  expect(text).not.toMatch(/class=|style=|data-|var\(|light-dark|color-mix/);
});

test("an opaque child of a see-through parent stays opaque", () => {
  const { root } = pictureOf(
    "",
    '<svg width="9" height="9"><g fill="rgb(1 2 3 / 0.4)"><rect width="9" height="9" fill="rgb(1 2 3)"/></g></svg>',
  );
  expect(get(root, "g").getAttribute("fill-opacity")).toBe("0.4");
  expect(get(root, "g rect").getAttribute("fill-opacity")).toBe("1");
});

test("gradients and clips keep what they refer to", () => {
  const { root } = pictureOf(
    ".stop { stop-color: rgb(255 0 0 / 0.5) }",
    `<svg width="9" height="9"><defs><linearGradient id="fade"><stop class="stop" offset="0"/></linearGradient></defs>
     <rect width="9" height="9" style="fill: url(#fade)"/></svg>`,
  );
  const [, id] = /#([\w-]+)/.exec(get(root, "svg svg > rect").getAttribute("fill") ?? "") ?? [];
  expect(id).toBe("fade");
  expect(get(root, "#fade stop").getAttribute("stop-color")).toBe("#ff0000");
  expect(Number(get(root, "#fade stop").getAttribute("stop-opacity"))).toBeCloseTo(0.5, 2);
});

test("a turn about a style sheet's origin is the same turn", () => {
  const { root } = pictureOf(
    ".turned { transform: rotate(90deg); transform-box: fill-box; transform-origin: center }",
    '<svg width="100" height="100"><rect class="turned" x="10" y="10" width="20" height="40"/></svg>',
  );
  document.body.append(root);
  const box = get(root, "svg svg rect").getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  expect(
    [box.left - frame.left - margin, box.top - frame.top - margin, box.width, box.height].map(Math.round),
  ).toEqual([0, 20, 40, 20]);
});

test("of a scrolled box only what is in sight", () => {
  const { root } = pictureOf(
    "div { width: 60px; height: 40px; overflow: auto; scrollbar-width: none } p { margin: 0; height: 100px; background: #00ff00 }",
    "<div><p></p></div>",
  );
  const part = get(root, "svg svg");
  expect(["x", "y", "width", "height"].map((name) => part.getAttribute(name))).toEqual([
    "0",
    "0",
    "60",
    "40",
  ]);
  expect(get(part, "rect").getAttribute("height")).toBe("100");
});

test("a control that is what is shown is part of the picture", () => {
  const { root } = pictureOf("", "<p>12 + <button data-in-picture>30</button><button>Pin</button></p>");
  expect([...root.querySelectorAll("text")].map((line) => line.textContent)).toEqual(["12 +", "30"]);
});

test("a figure of HTML: text where it stands, boxes, borders; no controls, no hidden words", () => {
  const { root } = pictureOf(
    `figure { margin: 0; width: 200px; font: 600 20px/30px sans-serif; color: #0a0b0c; position: relative }
     .bar { position: absolute; left: 20px; top: 40px; width: 30px; height: 50px; background: #00ff00; border-bottom: 2px dashed red }
     .hidden { position: absolute; clip-path: inset(50%); overflow: hidden }`,
    `<figure>  Cycles
 of <!-- --> a long <br> name<div class="bar"></div><button>Save</button><span class="hidden">Read me</span></figure>`,
  );
  const lines = [...root.querySelectorAll("text")].map((line) => line.textContent);
  expect(lines).toEqual(["Cycles of", "a long", "name"]);
  const [first, , second] = root.querySelectorAll("text");
  expect(first?.getAttribute("fill")).toBe("#0a0b0c");
  expect(first?.getAttribute("font-size")).toBe("20");
  expect(first?.getAttribute("font-family")).toBe("sans-serif");
  expect(Number(second?.getAttribute("y")) - Number(first?.getAttribute("y"))).toBe(30);
  const bar = get(root, "rect[fill='#00ff00']");
  expect(["x", "y", "width", "height"].map((name) => Number(bar.getAttribute(name)))).toEqual([
    20, 40, 30, 52,
  ]);
  expect(get(root, "line").getAttribute("stroke")).toBe("#ff0000");
  expect(get(root, "line").getAttribute("stroke-dasharray")).not.toBeNull();
});

test("a text keeps its place on the line's foot", () => {
  pictureOf("p { margin: 0; font: 40px/80px sans-serif }", "<p>Hx</p>");
  const p = document.body.querySelector("p");
  if (!p) throw new Error("no text");
  const foot = document.createElement("span");
  foot.style.cssText = "display: inline-block; width: 0; height: 0";
  const { text } = standaloneSvg(p, { title: "Text" });
  p.append(foot);
  const y = Number(/<text[^>]* y="([\d.]+)"/.exec(text)?.[1]);
  expect(y).toBeCloseTo(foot.getBoundingClientRect().bottom - p.getBoundingClientRect().top, 0);
});

/** The colour of a pixel of a PNG. */
async function pixelOf(png: Blob, x: number, y: number): Promise<number[]> {
  const bitmap = await createImageBitmap(png);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  return [...(context?.getImageData(x, y, 1, 1).data ?? [])];
}

test("a canvas is drawn anew, twice as sharp, or copied", async () => {
  sheet.replaceSync(
    "body { background: #000000 } div { width: 50px; height: 20px } canvas { display: block; width: 50px; height: 20px }",
  );
  document.body.innerHTML = '<div><canvas width="5" height="2"></canvas></div>';
  const [div, canvas] = [document.querySelector("div"), document.querySelector("canvas")];
  const own = canvas?.getContext("2d");
  if (!div || !own) throw new Error("no canvas");
  own.fillStyle = "#ff0000";
  own.fillRect(0, 0, 5, 2);

  const copied = await pictureFile(div, "png", { title: "Map" });
  expect(await pixelOf(copied, 2 * margin + 10, 2 * margin + 10)).toEqual([255, 0, 0, 255]);

  const drawn = await pictureFile(div, "png", {
    title: "Map",
    draw: (context, width, height) => {
      context.fillStyle = "#0000ff";
      context.fillRect(0, 0, width / 2, height);
    },
  });
  const { width, height } = await createImageBitmap(drawn);
  expect([width, height]).toEqual([100 + 4 * margin, 40 + 4 * margin]);
  expect(await pixelOf(drawn, 2 * margin + 49, 2 * margin + 39)).toEqual([0, 0, 255, 255]);
  expect(await pixelOf(drawn, 2 * margin + 51, 2 * margin + 39)).toEqual([0, 0, 0, 255]);
});

test("a caption stands below the picture, within its width", () => {
  sheet.replaceSync("body { margin: 0; background: #123456; color: #010203 }");
  document.body.innerHTML = '<div style="width: 150px; height: 40px"></div>';
  const words = "Board U250, cycle 12,345 of 67,890, and more words than there is room for";
  const { text, height } = standaloneSvg(document.body.children[0]!, { title: "A map", caption: words });
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const lines = [...root.querySelectorAll("text")];
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.map((line) => line.textContent).join(" ")).toBe(words);
  document.body.append(root);
  for (const line of lines) {
    const box = line.getBBox();
    expect(box.y).toBeGreaterThanOrEqual(39);
    expect(box.y + box.height).toBeLessThanOrEqual(height - margin);
    expect(box.width).toBeLessThanOrEqual(151);
    expect(line.getAttribute("fill")).toBe("#010203");
  }
});
