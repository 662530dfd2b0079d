// Drives one Firefox at a time for firefox.py, over WebDriver BiDi: a command a line comes in, its answer goes out.
// A command is { "do": name, "given": value }, an answer { "value": … } or { "error": "…" }.
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const PATIENCE = 30_000; // milliseconds; nothing here may wait for ever
const FUNCTION = /^\s*(async\s+)?(\([^)]*\)|\w+)\s*=>/;

let firefox, visit, page;
let heard = { requests: [], complaints: [] };

const commands = {
  // Begin anew, with a profile of its own and these preferences.
  async start({ path, preferences }) {
    await commands.stop();
    firefox = await puppeteer.launch({
      browser: "firefox",
      executablePath: path,
      headless: true,
      extraPrefsFirefox: preferences,
      timeout: PATIENCE,
      protocolTimeout: PATIENCE,
    });
    return (await firefox.version()).replace(/^firefox\//i, "");
  },

  async stop() {
    await firefox?.close();
    firefox = visit = page = undefined;
  },

  // A clean visit: no storage, no cookies, and nothing heard yet.
  async visit() {
    await visit?.close();
    visit = await firefox.createBrowserContext();
    page = await visit.newPage();
    await page.bringToFront(); // a window behind another shows no focus
    const { requests, complaints } = (heard = { requests: [], complaints: [] });
    page.on("request", (request) => requests.push(request.url()));
    page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warn"].includes(message.type())) complaints.push(message.text());
    });
  },

  goto: async (address) => void (await page.goto(address, { waitUntil: "load", timeout: PATIENCE })),
  url: async () => page.url(),
  size: (size) => page.setViewport(size),
  evaluate: ({ script, argument = null }) => page.evaluate(FUNCTION.test(script) ? `(${script})(${JSON.stringify(argument)})` : script),
  press: (key) => page.keyboard.press(key),
  hold: (key) => page.keyboard.down(key),
  release: (key) => page.keyboard.up(key),
  type: (text) => page.keyboard.type(text),
  picture: (clip) => page.screenshot({ encoding: "base64", clip, captureBeyondViewport: false }),
  heard: async () => heard,
  cookies: async () => (await visit.cookies()).map((cookie) => cookie.name),
};

const late = (name) =>
  new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error(`${name} took more than ${PATIENCE / 1000} seconds`)).unref());

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, given } = JSON.parse(line);
  const answer = await Promise.race([commands[name](given), late(name)]).then(
    (value) => ({ value: value ?? null }),
    (error) => ({ error: error.message }),
  );
  process.stdout.write(JSON.stringify(answer) + "\n");
}
await commands.stop();
process.exit();
