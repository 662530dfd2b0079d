// What a browser knows of a page, measured. test_measured.py says what must hold, and shows each measure a bad page.
// Every function gives a list of faults in words, or plain data.
"use strict";

globalThis.cpMeasure ||= (() => {
  const short = (node) => node.outerHTML.slice(0, 90).replace(/\s+/g, " ");
  const round = (number) => Math.round(number * 10) / 10;

  // ------------------------------------------------------------------ what is seen

  // Words for the ears alone stand in a box of one pixel. Asked of many, each box is judged once.
  function ears() {
    const known = new Map();
    return function forEars(node) {
      if (!node || node === document.body) return false;
      if (!known.has(node)) {
        const looks = getComputedStyle(node);
        known.set(node, looks.clipPath === "inset(50%)" || (looks.overflowX === "hidden" && node.clientWidth === 1) || forEars(node.parentElement));
      }
      return known.get(node);
    };
  }
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const all = (selector = "body *") => {
    const forEars = ears();
    return [...document.querySelectorAll(selector)].filter((node) => isShown(node) && !forEars(node));
  };

  function texts(root = document.body) {
    const found = [];
    const forEars = ears();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || !node.parentElement || !isShown(node.parentElement) || forEars(node.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
      if (boxes.length) found.push({ node, parent: node.parentElement, words: node.data.trim().replace(/\s+/g, " "), boxes });
    }
    return found;
  }

  const pieces = () => texts().length;

  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0'], [role=option]";

  // ------------------------------------------------------------------ colours

  const channels = (colour) => {
    const numbers = (colour.match(/[\d.]+/g) || []).map(Number);
    if (colour.startsWith("color(srgb")) return [...numbers.slice(0, 3).map((one) => one * 255), numbers[3] ?? 1];
    return colour.startsWith("rgb") ? [...numbers.slice(0, 3), numbers[3] ?? 1] : [0, 0, 0, 0];
  };
  const over = (top, below) => [0, 1, 2].map((n) => top[n] * top[3] + below[n] * (1 - top[3])).concat(1);
  const light = (colour) => {
    const [red, green, blue] = colour.map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  // What lies behind an element: the backgrounds of it and of what it stands in, down to one that hides the rest.
  function backdrop(node) {
    const layers = [];
    for (let box = node; box; box = box.parentElement) {
      const colour = channels(getComputedStyle(box).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]);
  }

  // In a drawing, the last shape before the words that lies under them.
  function behindWords({ parent, boxes }) {
    const drawing = parent.closest("svg");
    if (!drawing) return backdrop(parent);
    const x = boxes[0].x + boxes[0].width / 2, y = boxes[0].y + boxes[0].height / 2;
    const under = [...drawing.querySelectorAll("path, rect, circle, ellipse, polygon")].filter((shape) => {
      const box = shape.getBoundingClientRect();
      const before = shape.compareDocumentPosition(parent) & Node.DOCUMENT_POSITION_FOLLOWING;
      return before && channels(getComputedStyle(shape).fill)[3] === 1 && box.left < x && x < box.right && box.top < y && y < box.bottom;
    });
    return under.length ? channels(getComputedStyle(under.at(-1)).fill) : backdrop(drawing);
  }

  const colourOfWords = (node) => channels(getComputedStyle(node)[node.closest("svg") ? "fill" : "color"]);

  const paleWords = (least) => texts()
    .map((text) => [text, contrast(over(colourOfWords(text.parent), behindWords(text)), behindWords(text))])
    .filter(([, found]) => found < least)
    .map(([{ parent, words }, found]) => `${short(parent)} “${words.slice(0, 30)}” has ${round(found)}:1`);

  // Each piece of text in a drawing, with the least contrast between its colour and what lies behind its beginning,
  // middle and end.
  function wordsInDrawings() {
    const behind = (x, y) => document.elementsFromPoint(x, y).filter((node) => !node.closest("text"))
      .map((node) => channels(getComputedStyle(node)[node instanceof SVGGeometryElement ? "fill" : "backgroundColor"]))
      .find((colour) => colour[3] === 1) || [255, 255, 255, 1];
    return all("svg text").map((node) => {
      node.scrollIntoView({ block: "center" });
      const { left, top, width, height } = node.getBoundingClientRect();
      const ratios = [0.05, 0.5, 0.95].map((part) => contrast(colourOfWords(node), behind(left + part * width, top + height / 2)));
      return [node.textContent.trim(), Math.min(...ratios)];
    });
  }

  // The contrast of words that a script has marked, and the line that is drawn at them.
  function highlighted(name) {
    const looks = getComputedStyle(document.querySelector("main"), `::highlight(${name})`);
    return { contrast: contrast(channels(looks.color), channels(looks.backgroundColor)), line: looks.textDecorationLine };
  }

  // Every line that is drawn round or beside a box, also by its ::before and ::after.
  function paleLines(least) {
    const found = [];
    for (const node of all("body, body *")) {
      for (const part of ["", "::before", "::after"]) {
        const looks = getComputedStyle(node, part || undefined);
        if (part && ["none", "normal"].includes(looks.content)) continue;
        const behind = part ? backdrop(node) : backdrop(node.parentElement);
        for (const side of ["Top", "Right", "Bottom", "Left"]) {
          const colour = channels(looks[`border${side}Color`]);
          if (parseFloat(looks[`border${side}Width`]) === 0 || looks[`border${side}Style`] === "none" || colour[3] === 0) continue;
          const is = contrast(over(colour, behind), behind);
          if (is < least) found.push(`${short(node)}${part} ${side.toLowerCase()}: ${round(is)}:1`);
        }
      }
    }
    return [...new Set(found)];
  }

  // ------------------------------------------------------------------ room

  // Boxes that move inside themselves: what is out of sight in them can be brought into it.
  const moving = () => all().filter((box) => /auto|scroll/.test(getComputedStyle(box).overflow) && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1));
  const scrolled = () => moving().filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => (box.matches("section[aria-label][tabindex='0']") && box.querySelector("table") ? box.ariaLabel : `a part without a name: ${short(box)}`));

  const holds = (outer, inner) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;

  // Words and controls that are cut off by a box they stand in, lie beyond the window, or have something on top of them,
  // as the page scrolls from its top to its end.
  function lost() {
    const found = [];
    const points = [];
    const cutting = all("body *:not(svg, svg *)").filter((box) => /hidden|clip/.test(getComputedStyle(box).overflow));
    const movable = moving();
    const stays = all().filter(isStuck);
    const look = (node, words, boxes) => {
      if (movable.some((box) => box !== node && box.contains(node))) return;
      for (const outer of cutting) {
        if (!outer.contains(node)) continue;
        const inside = outer.getBoundingClientRect();
        if (!boxes.every((box) => holds(inside, box))) found.push(`${words} is cut off by ${short(outer)}`);
      }
      for (const box of boxes) {
        if (box.left < -1 || box.right > document.documentElement.clientWidth + 1) found.push(`${words} lies beyond the window`);
      }
      // Where the words begin and where they end. What stays while the page scrolls is looked at before it scrolls.
      for (const [box, part] of [[boxes[0], 0.1], [boxes.at(-1), 0.9]]) {
        if (box.bottom >= innerHeight && stays.some((part) => part.contains(node))) continue;
        points.push({ node, words, x: box.left + box.width * (box.width < 30 ? 0.5 : part), y: scrollY + box.top + box.height / 2 });
      }
    };
    scrollTo(0, 0);
    for (const { parent, words, boxes } of texts()) if (!parent.closest(".cp-skip")) look(parent, `“${words.slice(0, 40)}”`, boxes);
    for (const control of all("button, input, select, textarea, summary")) {
      look(control, short(control), [control.getBoundingClientRect()]);
      if (control.matches("input, select") && control.scrollWidth > control.clientWidth + 1) found.push(`${short(control)} cuts its words off`);
    }
    points.sort((one, other) => one.y - other.y);
    let end = innerHeight;
    for (const { node, words, x, y } of points) {
      if (y >= end - 1) {
        scrollTo(0, y - 2);
        end = scrollY + innerHeight;
      }
      const top = document.elementFromPoint(x, y - scrollY);
      const isThere = top && (top.contains(node) || (node.matches(CONTROLS) && node.contains(top)) || top.closest("svg")?.contains(node));
      if (!isThere && x > 0 && x < innerWidth) found.push(`${words} is under ${top ? short(top) : "nothing"}`);
    }
    scrollTo(0, 0);
    return [...new Set(found)];
  }

  // Words that are printed over other words.
  function overprinted() {
    const boxes = texts().flatMap(({ node, words, boxes }) => boxes.map((box) => ({ node, words, box }))).sort((a, b) => a.box.top - b.box.top);
    const found = [];
    for (const [n, one] of boxes.entries()) {
      for (let m = n + 1; m < boxes.length && boxes[m].box.top < one.box.bottom; m += 1) {
        const other = boxes[m];
        if (other.node === one.node) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        if (across > 2 && down > 0.3 * Math.min(one.box.height, other.box.height)) found.push(`“${one.words.slice(0, 40)}” and “${other.words.slice(0, 40)}”`);
      }
    }
    return [...new Set(found)];
  }

  // What ::before and ::after draw beyond the window. No script can ask where they are; one that moves with its element
  // can be told from where it is placed, or by how much its margin draws it back.
  function drawnBeyond() {
    const found = [];
    const width = document.documentElement.clientWidth;
    for (const node of all()) {
      for (const part of ["::before", "::after"]) {
        const looks = getComputedStyle(node, part);
        if (["none", "normal"].includes(looks.content) || looks.display === "none" || node.closest(".cp-skip")) continue;
        const box = node.getBoundingClientRect();
        const inner = box.left + parseFloat(getComputedStyle(node).paddingLeft);
        const placed = looks.position === "absolute" && getComputedStyle(node).position !== "static";
        const left = placed ? box.left + (parseFloat(looks.left) || 0) : inner + parseFloat(looks.marginLeft);
        if (left < -1 || left > width) found.push(`${short(node)} draws its ${part} from ${round(left)} on, in a window of ${width}`);
      }
    }
    return found;
  }

  // Each piece of text in the main part, to be compared with what another window shows. Where the rows of a table
  // become cards, its cells name their columns themselves: see namelessCells.
  const wordsOfMain = () => texts(document.querySelector("main")).filter(({ parent }) => !parent.closest(".cp-cards thead, .cp-col")).map(({ words }) => words);
  const namelessCells = () => all(".cp-cards td").filter((cell) => getComputedStyle(cell).display === "block" && !cell.querySelector(".cp-col")?.checkVisibility()).map(short);

  // What stays in its place while the page scrolls under it, and how much of the window it takes.
  const isStuck = (box) => ["fixed", "sticky"].includes(getComputedStyle(box).position);
  const stuck = () => all().filter(isStuck).map((box) => {
    const { width, height } = box.getBoundingClientRect();
    return { what: short(box), share: (width * height) / (innerWidth * innerHeight) };
  });

  // ------------------------------------------------------------------ targets

  // A link is part of a sentence when other words stand with it on its line of text.
  function inSentence(node) {
    if (getComputedStyle(node).display !== "inline") return false;
    let block = node.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    return texts(block).some((text) => !text.parent.closest("a, button") && /\p{L}|\p{N}/u.test(text.words));
  }

  const fits = ({ width, height }, least) => width >= least - 0.05 && height >= least - 0.05;

  // Targets smaller than `least` that are not part of a sentence, and have no room of a circle of that width around
  // them (WCAG 2.5.8). `spaced` counts those that only the room around them saves.
  function targets(least) {
    const boxes = all(CONTROLS).filter((node) => !node.matches(".cp-scroll")).map((node) => ({ node, box: node.getBoundingClientRect(), parts: [...node.getClientRects()] }));
    const small = boxes.filter(({ node, box }) => !fits(box, least) && !inSentence(node));
    const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
    const near = ([x, y], box) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    const crowded = small.filter((one) => {
      const here = middle(one.box);
      return boxes.some((other) => {
        if (other === one || other.node.contains(one.node) || one.node.contains(other.node)) return false;
        const there = middle(other.box);
        const isSmall = small.includes(other);
        return other.parts.some((part) => near(here, part) < least / 2) || (isSmall && Math.hypot(here[0] - there[0], here[1] - there[1]) < least);
      });
    });
    return {
      count: boxes.length,
      spaced: small.filter((one) => !crowded.includes(one)).map(({ node }) => short(node)),
      small: crowded.map(({ node, box }) => `${short(node)} is ${round(box.width)} by ${round(box.height)}`),
    };
  }

  const smallerThan = (least, selector) => all(selector).map((node) => [node, node.getBoundingClientRect()])
    .filter(([, box]) => !fits(box, least))
    .map(([node, box]) => `${short(node)} is ${round(box.width)} by ${round(box.height)}`);

  // ------------------------------------------------------------------ motion, signs

  function motion() {
    const found = document.getAnimations().map((one) => `${short(one.effect.target)} moves`);
    for (const node of document.querySelectorAll("html, body *")) {
      for (const part of [undefined, "::before", "::after"]) {
        const looks = getComputedStyle(node, part);
        if (looks.animationName !== "none") found.push(`${short(node)} has an animation`);
        if (looks.transitionDuration.split(",").some((one) => parseFloat(one) > 0)) found.push(`${short(node)} has a transition`);
        if (looks.scrollBehavior === "smooth") found.push(`${short(node)} scrolls smoothly`);
      }
    }
    for (const node of document.querySelectorAll("marquee, blink, animate, animateTransform, animateMotion, video, audio, [autoplay], img[src*='.gif']")) found.push(`${short(node)} may move`);
    return [...new Set(found)];
  }

  // A line under the words of a link, drawn by the link or by what is in it.
  const underlined = (link) => [link, ...link.querySelectorAll("*")].some((part) => getComputedStyle(part).textDecorationLine.includes("underline"));

  const boxed = (link) => ["Top", "Right", "Bottom", "Left"].every((side) => parseFloat(getComputedStyle(link)[`border${side}Width`]) >= 1);
  const linksByColourAlone = () => all("main a[href], footer a[href]").filter((link) => link.textContent.trim() && !underlined(link) && !boxed(link)).map(short);

  // What tells the page one is on from the others, colours aside.
  function hereByColourAlone() {
    const signs = (node) => {
      const looks = getComputedStyle(node);
      return [looks.fontWeight, looks.textDecorationThickness, looks.textDecorationLine, node.tagName].join();
    };
    return all("[aria-current]").filter((node) => {
      const others = [...node.closest("nav, header").querySelectorAll("a[href]")].filter((other) => !other.matches("[aria-current]") && other.className === node.className);
      return others.length > 0 && others.every((other) => signs(other) === signs(node));
    }).map(short);
  }

  // Groups, states and answers that no word names.
  const unsaid = () => all("[data-group]:not(svg *), .cp-yes, .cp-part, .cp-no, .cp-tag, mark").filter((node) => {
    const group = node.dataset.group;
    return group ? !node.innerText.toLowerCase().includes(group) : !node.textContent.trim();
  }).map(short);

  // What appears, goes or moves when a pointer rests on something: a rule may only change lines and colours.
  function hiddenBehindHover() {
    const harmless = /^(color|text-decoration|border-color|border-(top|right|bottom|left)-color|border-(block|inline).*-color|background-color|background|outline)/;
    const rules = (list) => [...list].flatMap((rule) => [rule, ...(rule.cssRules ? rules(rule.cssRules) : [])]);
    return [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules))
      .filter((rule) => rule.selectorText?.includes(":hover"))
      .filter((rule) => [...rule.style].some((name) => !harmless.test(name) && !name.startsWith("background-")))
      .map((rule) => rule.cssText)
      .concat(all("[title]:not(iframe)").map((node) => `${short(node)} has words that only a pointer shows`));
  }

  const dragged = () => all("[draggable=true], input[type=range], [ondragstart], [ontouchmove]").map(short);

  // ------------------------------------------------------------------ boxes in forced colours

  // In colours of our own, boxes that only their ground tells from what is around them; each gets a mark to find it by.
  function boxesByGround() {
    const boxes = all().filter((node) => {
      const ground = channels(getComputedStyle(node).backgroundColor);
      return ground[3] > 0 && !node.closest("svg, img, .cp-skip") && contrast(over(ground, backdrop(node.parentElement)), backdrop(node.parentElement)) > 1.01;
    });
    for (const box of boxes) box.dataset.ground = "yes";
    return boxes.length;
  }

  const withoutEdge = () => all("[data-ground]").filter((node) => {
    const looks = getComputedStyle(node);
    return !["Top", "Right", "Bottom", "Left"].some((side) => {
      const drawn = parseFloat(looks[`border${side}Width`]) >= 1 && looks[`border${side}Style`] !== "none";
      return drawn && contrast(channels(looks[`border${side}Color`]), backdrop(node.parentElement)) >= 3;
    });
  }).map(short);

  // ------------------------------------------------------------------ the Tab key

  const stops = [];

  // The element in focus; null once the focus has left the page. Every stop is remembered.
  function stop() {
    const node = document.activeElement;
    if (node === document.body || node === document.documentElement || !node) return null;
    let number = stops.indexOf(node);
    if (number < 0) {
      number = stops.push(node) - 1;
      node.setAttribute("data-stop", number);
    }
    return { number, faults: faultsInWindow(node) };
  }

  // Where the ring round a stop reaches to.
  const REACH = 6;

  function faultsInWindow(node) {
    const found = [];
    const whole = node.getBoundingClientRect();
    const boxes = [...node.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    if (!boxes.length) return ["has no box"];
    if (whole.left - REACH < 0 || whole.right + REACH > document.documentElement.clientWidth) found.push("lies beyond the window at a side, or its ring does");
    if (whole.height <= innerHeight ? whole.top < 0 || whole.bottom > innerHeight : Math.min(whole.bottom, innerHeight) - Math.max(whole.top, 0) < innerHeight / 2) {
      found.push(`does not lie in the window (${round(whole.top)} to ${round(whole.bottom)} of ${innerHeight})`);
    }
    for (const box of boxes) {
      for (const [across, down] of [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]]) {
        const x = box.left + box.width * across, y = box.top + box.height * down;
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
        const top = document.elementFromPoint(x, y);
        if (!(top && (node.contains(top) || top.contains(node)))) {
          found.push(`is under ${top ? short(top) : "nothing"}`);
          break;
        }
      }
    }
    for (let outer = node.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
      const inside = outer.getBoundingClientRect();
      if (getComputedStyle(outer).overflow !== "visible" && !holds(inside, { left: whole.left - REACH, right: whole.right + REACH, top: Math.max(whole.top, inside.top), bottom: Math.min(whole.bottom, inside.bottom) })) {
        found.push(`has its ring cut off by ${short(outer)}`);
      }
    }
    return found.map((fault) => `${short(node)} ${fault}`);
  }

  const missed = () => all("a[href], button, input, select, textarea, summary, [tabindex='0']")
    .filter((node) => !node.disabled && !stops.includes(node)).map((node) => `${short(node)} is never reached`);

  // Stops that come before others which stand above them in the same column, or left of them on the same line.
  function outOfOrder() {
    scrollTo(0, 0);
    const found = [];
    const boxes = stops.map((node) => node.getBoundingClientRect());
    for (let n = 0; n + 1 < stops.length; n += 1) {
      if (stops[n].compareDocumentPosition(stops[n + 1]) & Node.DOCUMENT_POSITION_PRECEDING) found.push(`${short(stops[n + 1])} stands before ${short(stops[n])}, and is reached after it`);
    }
    for (let n = 0; n < stops.length; n += 1) {
      for (let m = n + 1; m < stops.length; m += 1) {
        const [one, other] = [boxes[n], boxes[m]];
        const above = other.bottom <= one.top + 1 && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1;
        const block = "p, ul, ol, dl, tr, form, h2, h3";
        const sameLine = other.right <= one.left + 1 && Math.abs(one.top + one.bottom - other.top - other.bottom) < Math.min(one.height, other.height) && stops[n].closest(block) && stops[n].closest(block) === stops[m].closest(block);
        if (above || sameLine) found.push(`${short(stops[m])} is reached after ${short(stops[n])}, and stands ${above ? "above it" : "left of it"}`);
      }
    }
    return found;
  }

  // The bands of the ring round an element in focus, from the inside out: [how thick, colour].
  function bands(node) {
    const looks = getComputedStyle(node);
    const shadow = /^(rgba?\([^)]*\)|color\([^)]*\)) 0px 0px 0px ([\d.]+)px$/.exec(looks.boxShadow);
    const found = shadow ? [[parseFloat(shadow[2]), channels(shadow[1])]] : [];
    const width = looks.outlineStyle === "none" ? 0 : parseFloat(looks.outlineWidth);
    if (width) {
      const gap = parseFloat(looks.outlineOffset) - (shadow ? found[0][0] : 0);
      if (gap > 0) found.push([gap, [0, 0, 0, 0]]);
      found.push([width, channels(looks.outlineColor)]);
    }
    return found;
  }

  // Stops whose ring has no band of 2 px that differs by 3:1 from what is on both sides of it.
  function paleRings() {
    const found = [];
    for (const node of stops) {
      node.focus({ preventScroll: true, focusVisible: true });
      if (document.activeElement !== node) continue;
      const outside = backdrop(node.parentElement);
      const row = [[0, backdrop(node)], ...bands(node), [0, outside]].map(([thick, colour]) => [thick, over(colour, outside)]);
      const good = row.some(([thick, colour], n) => n > 0 && n < row.length - 1 && thick >= 2 && contrast(colour, row[n - 1][1]) >= 3 && contrast(colour, row[n + 1][1]) >= 3);
      if (!good) found.push(`${short(node)} has no ring that can be seen: ${JSON.stringify(row)}`);
    }
    return found;
  }

  // One stop of each kind, to be looked at: the styles say what should be drawn, a picture shows what is.
  function kinds() {
    const found = new Map();
    for (const [number, node] of stops.entries()) {
      const kind = [node.tagName, node.className, node.parentElement.tagName, node.parentElement.className, backdrop(node.parentElement)].join("|");
      if (!found.has(kind)) found.set(kind, number);
    }
    return [...found];
  }

  function point(number) {
    const node = stops[number];
    node.scrollIntoView({ block: "center", inline: "nearest" });
    node.focus({ preventScroll: true, focusVisible: true });
    const { x, y, width, height } = node.getBoundingClientRect();
    const line = Math.max(...[...node.getClientRects()].map((box) => box.width)); // of a link that goes on in the next line
    return { x, y, width, height, line };
  }

  const unpoint = () => document.activeElement.blur();

  // How many pixels of two pictures differ by at least 3:1.
  async function changed(before, after) {
    const [one, other] = await Promise.all([before, after].map(async (data) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
      canvas.drawImage(picture, 0, 0);
      return canvas.getImageData(0, 0, picture.width, picture.height).data;
    }));
    let count = 0;
    for (let n = 0; n < one.length; n += 4) {
      if (one[n] === other[n] && one[n + 1] === other[n + 1] && one[n + 2] === other[n + 2]) continue;
      if (contrast([...one.slice(n, n + 3)], [...other.slice(n, n + 3)]) >= 3) count += 1;
    }
    return count;
  }

  // The greatest contrast between two pixels of a picture: an icon that cannot be seen has none.
  async function spread(data) {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const pixels = canvas.getImageData(0, 0, picture.width, picture.height).data;
    let [low, high] = [1, 0];
    for (let n = 0; n < pixels.length; n += 4) {
      const here = light([...pixels.slice(n, n + 3)]);
      [low, high] = [Math.min(low, here), Math.max(high, here)];
    }
    return (high + 0.05) / (low + 0.05);
  }

  // ------------------------------------------------------------------ languages

  // Words of another language whose place in the page does not say so.
  function unmarked(words, language) {
    const found = [];
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement: parent } = walker.currentNode;
      if (parent.matches("script, style, code, title")) continue;
      for (const word of words) {
        const said = new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, "iu").test(data);
        if (said && parent.closest("[lang]").lang !== language) found.push(`“${word}” in ${short(parent)}`);
      }
    }
    return found;
  }

  return {
    boxesByGround, changed, dragged, drawnBeyond, hereByColourAlone, hiddenBehindHover, highlighted, kinds, linksByColourAlone, lost, missed, motion,
    namelessCells, outOfOrder, overprinted, paleLines, paleRings, paleWords, pieces, point, scrolled, smallerThan, spread, stop, stuck, targets, underlined,
    unmarked, unpoint, unsaid, withoutEdge, wordsInDrawings, wordsOfMain,
  };
})();
