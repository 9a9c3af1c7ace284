/** One line on stderr that says what is being waited for: only on a terminal, only after half a second, gone when done. */

export interface Progress {
  say(what: string): void;
  close(): void;
}

const silent: Progress = { say() {}, close() {} };

export function startProgress(
  stream: NodeJS.WriteStream,
  { quiet = false, afterMilliseconds = 500 }: { quiet?: boolean; afterMilliseconds?: number } = {},
): Progress {
  if (quiet || !stream.isTTY) return silent;
  let shown = false;
  let what = "looking";
  const draw = (): void => {
    shown = true;
    stream.write(`\r${what.slice(0, Math.max(10, (stream.columns || 80) - 1))}\u001b[K`);
  };
  const timer = setTimeout(draw, afterMilliseconds);
  timer.unref();
  return {
    say(text) {
      what = text;
      if (shown) draw();
    },
    close() {
      clearTimeout(timer);
      if (shown) stream.write("\r\u001b[K");
      shown = false;
    },
  };
}
