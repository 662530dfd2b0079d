// Small comforts. Every page is whole before this runs, and without it.
"use strict";

// A block keeps the names from other scripts of the page.
{
  for (const part of document.querySelectorAll("form.cp-search, .cp-needs-script")) part.hidden = false;
  for (const part of document.querySelectorAll(".cp-no-script")) part.hidden = true;

  // The words go behind the #, which a browser keeps to itself; after a ? they would reach the host.
  for (const form of document.querySelectorAll("form.cp-search")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = form.action + "#q=" + encodeURIComponent(form.elements.q.value.trim());
    });
  }

  const printer = document.querySelector("[data-cp-print]");
  if (printer) printer.addEventListener("click", () => window.print());

  // A region that has nothing to scroll is no stop for the Tab key.
  const regions = document.querySelectorAll(".cp-scroll");
  const measure = () => {
    for (const region of regions) region.tabIndex = region.scrollWidth > region.clientWidth ? 0 : -1;
  };
  measure();
  addEventListener("resize", measure);

  // Paper has no "open": print what is closed, then close it again.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });

  const menu = document.querySelector(".cp-menu");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
