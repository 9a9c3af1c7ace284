/** Other readings of the same text, with the way back to the places of the first. */

/** A text without what stands before each line; `starts` and `places` say where its lines came from. */
export interface View {
  text: string;
  starts: number[];
  places: number[];
}

/** A compose service, a CRI or RFC 3339 stamp, `[pod/x/y]` before every line (kubectl --prefix, --timestamps). A word that names a secret is no service. */
const linePrefix =
  /(?:\[[\w.-]{1,60}\/[\w./ -]{1,100}\] |(?![\w.-]{0,60}(?:pass|secret|token|key|pwd))[\w./-]{1,60} {0,20}\| ?)?(?:\d{4}-\d\d-\d\dT[0-9:.]{8,20}(?:Z|[+-]\d\d:\d\d) (?:(?:stdout|stderr) [FP] )?)?/y;

/** Null where none of the first lines has a prefix: then the text is its own view. */
export function withoutPrefixes(text: string): View | null {
  if (!hasPrefixes(text)) return null;
  const starts: number[] = [];
  const places: number[] = [];
  const parts: string[] = [];
  let length = 0;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline + 1;
    linePrefix.lastIndex = start;
    linePrefix.test(text);
    const from = Math.max(start, Math.min(linePrefix.lastIndex, end - 1));
    starts.push(length);
    places.push(from);
    parts.push(text.slice(from, end));
    length += end - from;
    start = end;
  }
  return { text: parts.join(""), starts, places };
}

function hasPrefixes(text: string): boolean {
  for (let start = 0, lines = 0; start < text.length && lines < 40; lines++) {
    linePrefix.lastIndex = start;
    linePrefix.test(text);
    if (linePrefix.lastIndex > start) return true;
    const newline = text.indexOf("\n", start);
    if (newline < 0) return false;
    start = newline + 1;
  }
  return false;
}

/** The place in the first text of each position of the view, for positions that only rise. */
export function placeFinder(view: View): (position: number, isEnd: boolean) => number {
  return (position, isEnd) => {
    let low = 0;
    let high = view.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      // The end of a mask belongs to the line before where it falls on a line's start.
      if (isEnd ? view.starts[middle]! < position : view.starts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return view.places[low]! + position - view.starts[low]!;
  };
}
