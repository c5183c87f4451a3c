// @ts-check
/** Where the server is shown: at a host of its own, or under a path of another. */

/** The path before all of the server's, without a slash at its end; mostly empty. */
export const ROOT = document.documentElement.dataset.root ?? '';

/** The address of a path of the server's. @param {string} path  begins with a slash */
export function rooted(path) {
  return ROOT + path;
}
