/** Reads the body of an answer within a limit. */

export interface Body {
  body: Buffer;
  /** Bytes that were transferred. */
  size: number;
  /** The beginning was dropped. */
  isCut: boolean;
  /** The transfer was ended; `body` is empty. */
  isTooLong: boolean;
}
/** How much longer than what is kept a log may be before its transfer is ended. */
const readAhead = 8;

/** `end` keeps the last bytes of a longer body, `all` gives a longer one up. */
export async function readBody(stream: AsyncIterable<Buffer>, max: number, keep: "all" | "end"): Promise<Body> {
  const chunks: Buffer[] = [];
  const isTail = keep === "end";
  let held = 0;
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    held += chunk.length;
    chunks.push(chunk);
    if (size > (isTail ? max * readAhead : max)) return { body: Buffer.alloc(0), size, isCut: true, isTooLong: true };
    if (isTail) while (held - chunks[0]!.length >= max) held -= chunks.shift()!.length;
  }
  return { body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), size, isCut: held < size, isTooLong: false };
}
