/** Removes what moves a terminal's cursor or hides text, so that a reader sees what a pattern sees. */

const suspicious = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\udb40[\udc00-\udc7f]/;

/** Text without CSI, OSC, DCS, C1, backspaces, bidirectional overrides, invisible characters and NUL; every line ends in LF. */
export function stripControls(text: string): string {
  if (!suspicious.test(text)) return text;
  let plain = text;
  if (/[\u001b\u0090-\u009f]/.test(plain)) plain = stripSequences(plain);
  if (plain.includes("\r")) plain = flattenReturns(plain);
  if (plain.includes("\b")) plain = plain.replace(/[^\n\b]\u0008/g, "");
  return plain
    .replace(/\u0085/g, "\n")
    .replace(/[\u000b\u000c]/g, " ")
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\udb40[\udc00-\udc7f]/g, "");
}

/** ECMA-48: control strings first, since their content is not text; then CSI, where a cursor that moves right stands for a blank. */
function stripSequences(text: string): string {
  return text
    .replace(/(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n]{0,4096}(?:\u0007|\u001b\\|\u009c)/g, "")
    .replace(/(?:\u001b\[|\u009b)[0-9;]{0,12}C/g, " ")
    .replace(/(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]/g, "")
    .replace(/\u001b[ -/]{0,8}[0-~]/g, "");
}

/** A lone CR ends a frame of a progress bar. Of frames that look alike the last stays; other text is a line of its own. */
function flattenReturns(text: string): string {
  const lines = text.replace(/\r{2,}/g, "\r").replaceAll("\r\n", "\n");
  if (!lines.includes("\r")) return lines;
  return lines
    .split("\n")
    .map((line) => (line.includes("\r") ? lastFrames(line) : line))
    .join("\n");
}

function lastFrames(line: string): string {
  const frames = line.split("\r").filter((frame) => frame.trim() !== "");
  return frames.filter((frame, i) => i === frames.length - 1 || !areFrames(frame, frames[i + 1]!)).join("\n");
}

function areFrames(before: string, after: string): boolean {
  return shapeOf(after).startsWith(shapeOf(before)) || (before.includes("%") && after.includes("%"));
}

function shapeOf(frame: string): string {
  return frame
    .slice(0, 200)
    .replace(/[^A-Za-z]/g, "")
    .slice(0, 10);
}
