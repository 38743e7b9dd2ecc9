#!/usr/bin/env python3
"""Reads every page of `crease report --out DIR` in a headless Chromium, and says what is wrong.

    python3 tests/browser/site.py DIR [--shots FOLDER]

Needs a Chromium (`CHROMIUM`, or one on the path; Debian: `apt-get install chromium`) and nothing
else: it talks to the browser through the pipe of `--remote-debugging-pipe`. Ends with exit code 1
and a line an offence, or with a line that says what was looked at.

On every page, at the width of a phone: no error on the console, nothing asked of a network, no
scrolling sideways, one `h1`, no level of headings left out, unique ids, every link and anchor leads
somewhere, every picture has its words, every field has its label, and every text has a contrast of
4.5 or more, in the light and in the dark scheme. On the first page the search box finds claims.
"""

import argparse
import base64
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PHONE = (360, 740)
DESK = (1100, 1500)
SHOTS = [  # name, pages of which the first that exists is taken, size, scheme
    ("first-page", ["index.html"], DESK, "light"),
    ("refuted", ["claims/regions/one_layer_maximum_as_printed.html"], DESK, "light"),
    ("theorem-dark", ["claims/sparsity/curvature_signs.html", "claims/perceptron/xor_one_relu_unit.html"],
     DESK, "dark"),
    ("errata", ["errata.html"], DESK, "light"),
    ("experiments", ["experiments.html"], DESK, "light"),
    ("phone", ["index.html"], PHONE, "light"),
    ("phone-claim-dark", ["claims/perceptron/mistake_bound.html"], PHONE, "dark"),
]

# What a page says of itself. A text without a background of its own lies on that of its parents.
LOOK = r"""
(() => {
  const wrong = [], all = query => [...document.querySelectorAll(query)];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) wrong.push(`scrolls sideways: ${root.scrollWidth} wide`);
  if (all('h1').length !== 1) wrong.push(`${all('h1').length} h1`);
  let level = 0;
  for (const h of all('h1,h2,h3,h4,h5,h6')) {
    const next = +h.tagName[1];
    if (next > level + 1) wrong.push(`h${next} after h${level}: ${h.textContent.slice(0, 40)}`);
    level = next;
  }
  const ids = all('[id]').map(e => e.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length) wrong.push(`ids twice: ${twice}`);
  for (const e of all('svg')) {
    const named = (e.getAttribute('aria-labelledby') || '').split(' ')
      .every(id => document.getElementById(id)?.textContent.trim());
    if (e.getAttribute('role') !== 'img' || !named) wrong.push('a picture without words');
  }
  for (const e of all('input')) if (!e.labels.length) wrong.push('a field without label');
  for (const e of all('a')) if (!e.textContent.trim()) wrong.push('a link without words');
  if (!document.documentElement.lang) wrong.push('no language');
  const parts = text => text.match(/[\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = parts(colour).slice(0, 3)
      .map(c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const paper = e => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if ((parts(colour)[3] ?? 1) > .99) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let node; node = walk.nextNode();) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest('svg,script') || seen.has(e)) continue;
    seen.add(e);
    const [a, b] = [light(getComputedStyle(e).color), light(paper(e))].sort((x, y) => y - x);
    const contrast = (a + .05) / (b + .05);
    if (contrast < 4.5) wrong.push(`contrast ${contrast.toFixed(2)}: ${node.data.slice(0, 30)}`);
  }
  const links = all('a[href]').map(a => a.href);
  return {wrong: wrong.slice(0, 8), links, ids};
})()
"""


class Browser:
    """A headless Chromium with one page."""

    def __init__(self, program, profile):
        to_browser, ours = os.pipe()
        theirs, from_browser = os.pipe()
        self.out, self.inp = os.fdopen(ours, "wb"), os.fdopen(theirs, "rb")

        def pipes():
            # First out of the way of 3 and 4, where the browser looks for them.
            high = [os.dup(to_browser), os.dup(from_browser)]
            high = [os.dup2(fd, place) for fd, place in zip(high, (60, 61))]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        flags = ["--headless=new", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
                 "--disable-extensions", "--hide-scrollbars", f"--user-data-dir={profile}"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        self.process = subprocess.Popen([program, *flags, "about:blank"], preexec_fn=pipes,
                                        close_fds=False, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.numbers, self.events, self.session = itertools.count(1), [], None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def read(self):
        text = bytearray()
        while (byte := self.inp.read(1)) != b"\0":
            if not byte:
                sys.exit("the browser ended")
            text += byte
        return json.loads(text)

    def ask(self, method, **params):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.out.write(json.dumps(message).encode() + b"\0")
        self.out.flush()
        while (answer := self.read()).get("id") != number:
            self.events.append(answer)
        if "error" in answer:
            sys.exit(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def open(self, url):
        """Opens a page; what it did in the meantime that it should not."""
        self.events.clear()
        self.ask("Page.navigate", url=url)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self.read())
        return [offence for event in self.events if (offence := self.offence(event))]

    @staticmethod
    def offence(event):
        method, params = event["method"], event.get("params", {})
        if method == "Runtime.exceptionThrown":
            return f"exception: {params['exceptionDetails']['text']}"
        if method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning"):
            return f"console: {params['args']}"
        if method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            return f"log: {params['entry']['text']}"
        if method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if not url.startswith(("file:", "data:")):
                return f"asks a network: {url}"
        return None

    def run(self, script):
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            sys.exit(f"a script failed: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def size(self, width, height):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=1, mobile=False)

    def scheme(self, name):
        feature = {"name": "prefers-color-scheme", "value": name}
        self.ask("Emulation.setEmulatedMedia", features=[feature])

    def key(self, name):
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=name, code=name,
                     windowsVirtualKeyCode={"Tab": 9}[name])

    def shot(self, path):
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))

    def close(self):
        self.session = None
        self.ask("Browser.close")
        self.process.wait(20)


def every_page(browser, site):
    """What is wrong on the pages, and how many links were followed."""
    wrong, found = [], {}
    browser.size(*PHONE)
    for page in sorted(site.rglob("*.html")):
        name = page.relative_to(site)
        browser.scheme("light")
        offences = browser.open(page.as_uri())
        seen = browser.run(LOOK)
        browser.scheme("dark")
        offences += seen["wrong"] + [f"dark: {one}" for one in browser.run(LOOK)["wrong"]
                                     if one.startswith("contrast")]
        wrong += [f"{name}: {offence}" for offence in offences]
        found[page.as_uri()] = seen
    links = 0
    for page, seen in found.items():
        for link in seen["links"]:
            address, _, anchor = link.partition("#")
            address = address.partition("?")[0]
            if not address.startswith("file:"):
                continue
            links += 1
            if address not in found:
                wrong.append(f"{page}: no page {address}")
            elif anchor and anchor not in found[address]["ids"]:
                wrong.append(f"{page}: no place {link}")
    return wrong, len(found), links


def searching(browser, site):
    """What is wrong with the search box and with the first key."""
    wrong = []
    count = ("[...document.querySelectorAll('[data-words]')]"
             ".filter(row => row.getClientRects().length).length")
    first = (site / "index.html").as_uri()
    wrong += browser.open(first)
    every = browser.run(count)
    one = browser.run("document.querySelector('[data-words] code').textContent")
    browser.key("Tab")
    if browser.run("document.activeElement.className") != "skip":
        wrong.append("the first key does not lead to the skip link")
    for text, least, most in [(one, 1, every - 1 if every > 1 else 1), ("no such words", 0, 0)]:
        browser.run("document.getElementById('q').focus();document.getElementById('q').value='';"
                    "document.getElementById('q').dispatchEvent(new Event('input'))")
        browser.ask("Input.insertText", text=text)
        if not least <= browser.run(count) <= most:
            wrong.append(f"a search for {text} shows {browser.run(count)} of {every} claims")
    wrong += browser.open(f"{first}?q={one}")
    if not 1 <= browser.run(count) <= max(1, every - 1):
        wrong.append("a search from another page does not arrive")
    return [f"index.html: {offence}" for offence in wrong]


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("site", type=pathlib.Path)
    args.add_argument("--shots", type=pathlib.Path, help="write pictures of pages here")
    args = args.parse_args()
    site = args.site.resolve()
    if not (site / "index.html").is_file():
        sys.exit(f"{site}: no index.html; `crease report --out {args.site}` writes one")
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    program = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if not program:
        sys.exit("no Chromium: install one, or say where it is by CHROMIUM")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        wrong, pages, links = every_page(browser, site)
        wrong += searching(browser, site)
        if args.shots:
            args.shots.mkdir(parents=True, exist_ok=True)
            for name, choice, size, scheme in SHOTS:
                page = next((site / page for page in choice if (site / page).is_file()), None)
                if page:
                    browser.size(*size)
                    browser.scheme(scheme)
                    browser.open(page.as_uri())
                    browser.shot(args.shots / f"{name}.png")
        browser.close()
    print("\n".join(wrong) or f"{pages} pages, {links} links: nothing wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
