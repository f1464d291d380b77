import { afterEach, expect, test } from "vitest";
import { parseChord } from "./chord";
import { isOwnedByFocus } from "./key-owner";

afterEach(() => document.body.replaceChildren());

/** Puts markup on the page; the element of id `at` has the focus, `within` is the listener's, if there is one. */
function owned(markup: string, keys: string): boolean {
  document.body.innerHTML = markup;
  const element = (id: string) => document.getElementById(id);
  return isOwnedByFocus(element("at"), parseChord(keys), element("within"));
}

test.each([
  ['<input id="at">', "G"],
  ['<input id="at">', "Mod+Z"],
  ['<input id="at" type="number">', "ArrowUp"],
  ['<textarea id="at"></textarea>', "?"],
  ['<p contenteditable="true"><b id="at">x</b></p>', "Space"],
  ['<select id="at"></select>', "1"],
  ['<select id="at"></select>', "ArrowDown"],
  ['<ul role="listbox"><li id="at" role="option"></li></ul>', "M"],
  ['<ul role="listbox"><li id="at" role="option"></li></ul>', "Home"],
  ['<button id="at"></button>', "Space"],
  ['<a id="at" href="#"></a>', "Enter"],
  ['<input id="at" type="checkbox">', "Space"],
  ['<input id="at" type="range">', "ArrowRight"],
  ['<input id="at" type="radio">', "ArrowRight"],
  ['<div role="dialog"><button id="at"></button></div>', "G"],
  ['<div id="within"><button id="at"></button></div>', "Space"],
])("%s keeps %s", (markup, keys) => expect(owned(markup, keys)).toBe(true));

test.each([
  ["<p></p>", "Space"],
  ['<button id="at"></button>', "G"],
  ['<button id="at"></button>', "ArrowRight"],
  ['<select id="at"></select>', "Mod+Z"],
  ['<input id="at" type="checkbox">', "ArrowRight"],
  ['<ul role="listbox"><li id="at" role="option"></li></ul>', "?"],
  ['<div id="within" role="grid"><div id="at" tabindex="0"></div></div>', "ArrowRight"],
  ['<div role="dialog"><div id="within"><p id="at" tabindex="0"></p></div></div>', "G"],
])("%s leaves %s to the page", (markup, keys) => expect(owned(markup, keys)).toBe(false));
