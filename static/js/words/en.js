// @ts-check
/** What the page says. Written by scripts/words.py from app/words/en. */
export default {};
