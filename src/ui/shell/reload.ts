/**
 * Loads the page anew, with the link that is in the address: browsers and bundlers keep a part that
 * did not come once, and after an update of the site the part is called otherwise. False, and
 * nothing is lost, when the server cannot be reached.
 */
export async function reload(): Promise<boolean> {
  const page = new URL("./", document.baseURI);
  const isThere = await fetch(page, { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isThere) location.reload();
  return isThere;
}
