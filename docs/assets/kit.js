// Shows a review kit one question at a time, and gathers the answers at its end. They live on the page alone:
// nothing is stored and nothing is sent. Loaded by the pages of the kits, after site.js.
"use strict";

{
  const kit = document.querySelector(".cp-kit");
  const screens = [...kit.querySelectorAll(".cp-screen")];
  const status = kit.querySelector("[role=status]");
  const plain = (text) => text.replace(/\s+/g, " ").trim();

  // One screen at a time; on paper they are all there.
  kit.classList.add("cp-kit-one");
  const show = (screen) => {
    for (const other of screens) other.classList.toggle("cp-now", other === screen);
    takeListen();
    gather();
  };
  // From the first question on the button to listen stands above it, so that it is there with each of them.
  const listen = () => document.querySelector(".cp-listen");
  const takeListen = () => {
    const place = listen();
    if (place && place.nextElementSibling !== kit && !screens[0].matches(".cp-now")) kit.before(place);
  };
  window.speechSynthesis?.addEventListener?.("voiceschanged", takeListen); // site.js may make it late
  const named = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".cp-screen");

  const answers = () =>
    screens.filter((screen) => screen.matches("fieldset")).map((screen, index) => {
      const chosen = screen.querySelector("input:checked");
      const how = chosen?.value === "change" ? plain(screen.querySelector("textarea").value) : "";
      const line = [...screen.querySelectorAll(".cp-kit-line p")].map((part) => plain(part.textContent)).join(" ");
      return {
        id: screen.id,
        name: `Question ${index + 1}`,
        asked: (line && `“${line}” `) + screen.querySelector(".cp-kit-asked").textContent,
        answer: (chosen ? plain(chosen.parentElement.textContent) : "No answer") + (how && `: ${how}`),
        isGiven: Boolean(chosen),
      };
    });
  const inWords = () =>
    [`My answers: ${kit.dataset.cpKit}`, ...answers().map(({ name, asked, answer }) => `${name}: ${asked} ${answer}`)].join("\n");

  const gather = () => {
    const list = document.createElement("ul"); // each answer names its question, so no number beside it
    for (const { id, name, asked, answer, isGiven } of answers()) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const bold = document.createElement("b");
      link.href = `#${id}`;
      link.textContent = name;
      bold.textContent = answer;
      if (!isGiven) item.className = "cp-kit-open";
      item.append(link, `: ${asked} `, bold);
      list.append(item);
    }
    kit.querySelector(".cp-kit-said").replaceChildren(list);
    status.textContent = "";
    const mail = kit.querySelector("[data-cp-kit-mail]");
    if (mail) mail.href = `${mail.href.split("&body=")[0]}&body=${encodeURIComponent(inWords())}`;
  };

  show(named() || screens[0]);
  addEventListener("hashchange", () => {
    const screen = named();
    if (!screen) return; // such as the skip link
    show(screen);
    (listen() || screen).scrollIntoView({ behavior: "instant" });
    screen.focus({ preventScroll: true });
  });

  kit.querySelector("[data-cp-kit-copy]").addEventListener("click", async () => {
    const worked = await cpCopied({ "text/plain": inWords() });
    status.textContent = worked
      ? "Your answers are copied. You can put them in a letter or an e-mail."
      : "Your browser did not copy them. Print them instead.";
  });

  const root = document.documentElement;
  kit.querySelector("[data-cp-kit-print]").addEventListener("click", () => {
    root.classList.add("cp-answers-only");
    print();
  });
  addEventListener("afterprint", () => root.classList.remove("cp-answers-only"));

  // What was written goes with the page, so the browser asks first. A mail program is no other page.
  let isMailed = false;
  kit.querySelector("[data-cp-kit-mail]")?.addEventListener("click", () => {
    isMailed = true;
    setTimeout(() => { isMailed = false; });
  });
  addEventListener("beforeunload", (event) => {
    const isWritten = [...kit.querySelectorAll("textarea")].some((box) => box.value.trim());
    if (!isMailed && (isWritten || answers().some((one) => one.isGiven))) event.preventDefault();
  });
  // A browser may keep the whole page, to show it again when somebody goes back.
  addEventListener("pagehide", () => {
    kit.querySelector("form").reset();
    gather();
  });
}
