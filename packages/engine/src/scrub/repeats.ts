/** Values that were found once and come back where nothing announces them. */
import { isHarmless } from "./harmless";
import { isPlainWord } from "./looks";
import type { Scan } from "./scan";

/** Masks every place where a value found elsewhere in the text stands again. */
export function repeats(scan: Scan): void {
  for (const [value, kind] of scan.values) {
    if (!isWorthSearching(value)) continue;
    for (let at = scan.text.indexOf(value); at >= 0; at = scan.text.indexOf(value, at + value.length))
      scan.masks.push({ start: at, end: at + value.length, kind });
  }
}

/** A password that is a word would black out the log. */
function isWorthSearching(value: string): boolean {
  return value.length >= 5 && !isHarmless(value) && !(isPlainWord(value) && value.length < 12) && !/^\d{1,5}$/.test(value);
}
