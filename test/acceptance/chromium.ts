// A real Chromium, in which pages are looked at as their readers do.
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, type TestContext } from "vitest";
import { needs } from "./needs.ts";

let browser: Promise<Browser> | null = null;

afterAll(async () => {
  await (await browser)?.close();
  browser = null;
});

/** The path of the machine's Chromium (CHROMIUM_PATH, else the one of the PATH). Leaves the test out where there is none. */
function needsChromium(context: TestContext): string {
  return process.env["CHROMIUM_PATH"] ?? needs(context, "chromium");
}

/** A page with what went wrong on it: messages of the console, errors, and requests for anything but the file itself. */
export interface WatchedPage {
  readonly page: Page;
  readonly faults: readonly string[];
}

/** Opens a file in a browser of its own. Leaves the test out where there is no Chromium. */
export async function openFile(context: TestContext, file: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  // Machines of tests run as root, where Chromium starts without its sandbox only, and may have little shared memory; the page is our own.
  browser ??= chromium.launch({ executablePath: needsChromium(context), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const page = await (await (await browser).newContext(options)).newPage();
  const faults: string[] = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults };
}
