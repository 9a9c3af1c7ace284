/** Ten megabytes of pasted text through the whole command. */
import { readFileSync, readdirSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { medians, milliseconds, peakMegabytes } from "./measure.mjs";

export function pasteMeasures(root, folder) {
  const incidents = join(root, "fixtures/incidents");
  const sessions = (existsSync(incidents) ? readdirSync(incidents) : []).map((slug) => join(incidents, slug, "session.txt")).filter((path) => existsSync(path));
  if (!sessions.length) return [{ what: "paste", skipped: "no recorded sessions" }];
  let text = "";
  for (let at = 0; text.length < 10e6; at += 1) text += `${readFileSync(sessions[at % sessions.length], "utf8")}\n`;
  const path = join(folder, "pasted.txt");
  writeFileSync(path, text);
  const unloop = { command: process.execPath, args: [join(root, "packages/cli/dist/unloop.cjs"), "--from", path] };
  const grep = { command: "grep", args: ["-ciE", "error|exception|fatal|panic|backoff", path] };
  const [own, other] = medians([unloop, grep], 3);
  const memory = peakMegabytes(unloop);
  return [
    {
      what: `paste: ${(text.length / 1e6).toFixed(1)} MB of kubectl output, whole process, peak ${memory === null ? "?" : Math.round(memory)} MB`,
      value: milliseconds(own),
      beside: "grep -ciE over the same file",
      other: milliseconds(other),
      ratio: (own / other).toFixed(1),
      bound: "under 2 s and 300 MB",
      holds: own < 2000 && (memory === null || memory < 300),
    },
  ];
}
