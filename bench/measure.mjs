/** Whole processes: wall time and memory. */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs each command `runs` times in turn, so that both see the same machine; returns the median milliseconds of each. */
export function medians(commands, runs) {
  const times = commands.map(() => []);
  for (let run = 0; run <= runs; run += 1)
    commands.forEach(({ command, args, env, input }, at) => {
      const began = performance.now();
      spawnSync(command, args, { env: { ...process.env, ...env }, input, stdio: [input ? "pipe" : "ignore", "ignore", "ignore"], maxBuffer: 2 ** 30 });
      // The first run warms caches and does not count.
      if (run) times[at].push(performance.now() - began);
    });
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]);
}

/** Peak resident memory in MB; null where the system has no /usr/bin/time. */
export function peakMegabytes({ command, args, env, input }) {
  const file = join(tmpdir(), `unloop-bench-time-${process.pid}`);
  const { status, error } = spawnSync("/usr/bin/time", ["-f", "%M", "-o", file, command, ...args], {
    env: { ...process.env, ...env },
    input,
    stdio: [input ? "pipe" : "ignore", "ignore", "ignore"],
    maxBuffer: 2 ** 30,
  });
  if (error || status === null) return null;
  const kilobytes = Number(readFileSync(file, "utf8").trim().split("\n").at(-1));
  rmSync(file, { force: true });
  return kilobytes / 1024;
}

export const milliseconds = (value) => `${Math.round(value)} ms`;
