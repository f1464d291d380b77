import { editFolding } from "../src/hardware/edit-folding";
import { mobilenetFoldings } from "../src/hardware/presets";
import { foldedFor, shippedGraph } from "../src/hardware/testing/shipped-graph";
import type { Simulation } from "../src/simulator/result";
import { simulate } from "../src/simulator/simulate";
import { expectNoViolations } from "./support/axe";
import { DataflowPage } from "./support/dataflow-page";
import { expectFits } from "./support/fits";
import { expect, test } from "./support/test";

const chosenCycle = 230_000;
let known: Promise<{ whole: Simulation; around: Simulation }>;

/** What the simulator says of FINN's folding for the U250, worked out in this process. */
async function simulations() {
  const folded = foldedFor("U250", "from-weights");
  return {
    whole: await simulate(folded, { trace: { resolution: 256 } }),
    around: await simulate(folded, {
      frames: 3,
      trace: { from: chosenCycle - 8, to: chosenCycle + 8, resolution: 1 },
    }),
  };
}
const fromSimulator = () => {
  known ??= simulations();
  return known;
};

test("every machine and FIFO on the map is as the simulator has it at that cycle", async ({ page }) => {
  const view = new DataflowPage(page);
  await view.open();
  await view.goTo(chosenCycle);
  await view.exact();
  const { trace, machines, streams } = (await fromSimulator()).around;
  if (!trace) throw new Error("no trace");
  const bin = chosenCycle - trace.from;
  const expected = machines.map(({ name }, i) => {
    const did = (totals: Uint32Array | undefined) => (totals?.[bin + 1] ?? 0) > (totals?.[bin] ?? 0);
    const { busy, blocked } = trace.machines[i] ?? {};
    const stream = trace.streams[i];
    return {
      name,
      state: did(busy) ? "busy" : did(blocked) ? "blocked" : "starved",
      held: stream ? (stream.written[bin] ?? 0) - (stream.read[bin] ?? 0) : null,
      frame: stream && streams[i] ? Math.floor((stream.written[bin] ?? 0) / streams[i].beats) + 1 : null,
    };
  });
  const shown = () =>
    view.map.getByRole("option").evaluateAll((options) =>
      options.map((option) => {
        const { machine, state, held, frame } = (option as HTMLElement).dataset;
        return {
          name: machine,
          state,
          held: held === undefined ? null : Number(held),
          frame: held === undefined ? null : Number(frame),
        };
      }),
    );
  await expect.poll(shown).toEqual(expected);
});

test("the chart's blocks are the trace's", async ({ page }) => {
  const view = new DataflowPage(page);
  await view.open();
  const { whole } = await fromSimulator();
  const chart = page.getByRole("img", { name: /^Machines by time/ });
  const box = await chart.boundingBox();
  if (!box || !whole.trace) throw new Error("no chart");
  const [first, second, third] = whole.frames;
  if (!first || !second || !third) throw new Error("too few frames");
  await expect(chart).toHaveAccessibleName(
    `Machines by time. The first result is there at cycle ${first.lastOut.toLocaleString("en-US")}. Frame 2 comes in at cycle ${second.firstIn.toLocaleString("en-US")}, long before that.`,
  );
  const readout = page.locator(".occupancy__note");
  for (const [name, share] of [
    ["MVAU_hls_0", 0.1],
    ["VVAU_hls_6", 0.4],
    ["MVAU_hls_13", 0.65],
    ["ConvolutionInputGenerator_rtl_14", 0.9],
  ] as const) {
    const index = whole.machines.findIndex((machine) => machine.name === name);
    const rows = whole.machines.length;
    const rowHeight = Math.max(3, Math.min(6, Math.floor(430 / rows)));
    const rowsTop = box.height - 22 - rows * rowHeight;
    await chart.hover({
      position: { x: 52 + share * (box.width - 53), y: rowsTop + (index + 0.5) * rowHeight },
    });
    await expect(readout).toContainText(`${name} around cycle`);
    const text = (await readout.textContent()) ?? "";
    const cycle = Number(/cycle ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
    const { busy = new Uint32Array() } = whole.trace.machines[index] ?? {};
    const bin = Math.floor(cycle / 256);
    const percent = ((100 * ((busy[bin + 1] ?? 0) - (busy[bin] ?? 0))) / 256).toFixed(1);
    expect(text).toContain(`${percent} % busy`);
    // A click goes to the very cycle that the pointer is at.
    await page.mouse.down();
    await page.mouse.up();
    await expect(view.cycle).toHaveAttribute("data-cycle", String(cycle));
  }
});

test("jumps go where the simulator says", async ({ page }) => {
  const view = new DataflowPage(page);
  await view.open();
  const { whole } = await fromSimulator();
  const { steady, frames } = whole;
  await page.getByRole("button", { name: "First result out" }).click();
  await expect(view.cycle).toHaveAttribute("data-cycle", String(frames[0]?.lastOut));
  await page.getByRole("button", { name: "Steady", exact: true }).click();
  await expect(view.cycle).toHaveAttribute("data-cycle", String(frames[steady?.fromFrame ?? -1]?.firstIn));
  await page.getByRole("button", { name: "First pixel in" }).click();
  await expect(view.cycle).toHaveAttribute("data-cycle", "0");
  await expect(
    page.getByText(`${((frames[0]?.lastOut ?? 0) + 1).toLocaleString("en-US")} cycles from its first pixel`),
  ).toBeVisible();
});

test("it plays, pauses, and steps by beats, forward and back", async ({ page }) => {
  const view = new DataflowPage(page);
  await view.open("&node=MVAU_hls_0");
  await page.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => view.shownCycle()).toBeGreaterThan(500);
  await page.getByRole("button", { name: "Pause" }).click();
  const stood = await view.shownCycle();
  await view.exact();
  expect(await view.shownCycle()).toBe(stood);

  // MVAU_hls_0 puts out a pixel every nine cycles.
  await page.getByRole("button", { name: "On a beat" }).click();
  await expect.poll(() => view.shownCycle()).not.toBe(stood);
  const first = await view.shownCycle();
  expect(first - stood).toBeLessThanOrEqual(9);
  await page.getByRole("button", { name: "On a beat" }).click();
  await expect(view.cycle).toHaveAttribute("data-cycle", String(first + 9));
  await page.getByRole("button", { name: "Back a beat" }).click();
  await expect(view.cycle).toHaveAttribute("data-cycle", String(first));
});

test("the bottleneck is named, and an edit of the folding moves it", async ({ page }) => {
  const view = new DataflowPage(page);
  await view.open();
  const { steady } = (await fromSimulator()).whole;
  await expect(view.bottleneck).toContainText(steady?.bottleneck.machine ?? "no bottleneck");
  for (const stream of [steady?.bottleneck.heldUpBy, steady?.bottleneck.fullStreams[0]]) {
    await expect(view.bottleneck).toContainText(stream ?? "no stream");
  }
  await page.getByRole("link", { name: "Folding" }).click();
  await page.getByRole("combobox", { name: "PE of MVAU_hls_3" }).selectOption("16");
  await expect(page.getByText("PE of MVAU_hls_3 is 16.").first()).toBeVisible();
  await page.getByRole("link", { name: "Dataflow" }).click();
  const edit = { node: "MVAU_hls_3", axis: "PE", value: 16 } as const;
  const after = await simulate(editFolding(shippedGraph(), mobilenetFoldings.U250(), edit).folded);
  const moved = after.steady?.bottleneck;
  expect(moved?.machine).toBe("MVAU_hls_3");
  await expect(view.bottleneck).toContainText(
    `MVAU_hls_3 has most to do, ${moved?.busyCycles.toLocaleString("en-US")} cycles a frame, but results come only every ${after.steady?.interval.toLocaleString("en-US")}`,
  );
  await expect(view.bottleneck).toContainText(`while ${moved?.heldUpBy}`);
});

test("by keyboard alone", async ({ page }) => {
  const view = new DataflowPage(page);
  await view.open();
  await view.map.focus();
  await page.keyboard.press("Home");
  await expect(view.panel.getByRole("heading")).toHaveText("idma0");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(view.panel.getByRole("heading")).toHaveText("MVAU_hls_0");
  await expect(view.machine("MVAU_hls_0")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  await view.slider.focus();
  await page.keyboard.press("Home");
  await expect(view.cycle).toHaveAttribute("data-cycle", "0");
  await page.keyboard.press("ArrowRight");
  await expect(view.cycle).toHaveAttribute("data-cycle", "1");
  await page.keyboard.press(".");
  await expect.poll(() => view.shownCycle()).toBeGreaterThan(1);
  await page.keyboard.press("o");
  const { frames } = (await fromSimulator()).whole;
  await expect(view.cycle).toHaveAttribute("data-cycle", String(frames[0]?.lastOut));
});

test("a link restores board, cycle and machine", async ({ page }) => {
  const view = new DataflowPage(page);
  // In the frames that only the longer simulation has.
  await view.open("&node=VVAU_hls_5&cycle=900001");
  await expect(view.cycle).toHaveAttribute("data-cycle", "900001");
  await expect(view.panel.getByRole("heading")).toHaveText("VVAU_hls_5");
  await view.goTo(1234);
  await expect(page).toHaveURL(/node=VVAU_hls_5&cycle=1234$/);
});

test("reduced motion: nothing moves by itself, and playing goes in steps", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const view = new DataflowPage(page);
  await view.open();
  await expect(view.cycle).toHaveAttribute("data-cycle", "0");
  await page.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => view.shownCycle()).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Pause" }).click();
  expect((await view.shownCycle()) % 1400).toBe(0);
});

test("axe finds nothing, and nothing sticks out, on a wide screen and a phone", async ({ page }) => {
  const view = new DataflowPage(page);
  await view.open("&cycle=230000");
  await page.getByText("Layer by layer").click();
  await expect(page.getByRole("row", { name: /^dws 13/ })).toBeVisible();
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoViolations(page);
    await expectFits(page);
  }
});
