/** Logs as `kubectl cluster-info dump` marks them. Source: kubectl clusterinfo_dump.go. */

export interface DumpLog {
  namespace: string;
  pod: string;
  container: string;
  text: string;
}

/** `==== START logs for container x of pod ns/y ====` … `==== END logs …`; a log that is cut ends with the text. */
export function splitDumpLogs(text: string): DumpLog[] {
  const logs: DumpLog[] = [];
  const start = /^==== START logs for (init )?container ([a-z0-9-]{1,63}) of pod ([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253}) ====$/gm;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const [line, init = "", container, namespace, pod] = match;
    const from = match.index + line.length + 1;
    const end = text.indexOf(`\n==== END logs for ${init}container ${container} of pod ${namespace}/${pod} ====`, from - 1);
    const to = end < 0 ? text.length : Math.max(end, from - 1);
    logs.push({ namespace: namespace!, pod: pod!, container: container!, text: text.slice(from, to) });
    start.lastIndex = Math.max(start.lastIndex, to);
  }
  return logs;
}

/** Takes the marked logs out of lines; what is left stands in `rest`. */
export function takeDumpLogs(lines: string[]): { logs: DumpLog[]; rest: string[] } {
  const first = lines.findIndex((line) => line.startsWith("==== START logs for "));
  if (first < 0) return { logs: [], rest: lines };
  const rest = lines.slice(0, first);
  let open = false;
  for (const line of lines.slice(first)) {
    if (line.startsWith("==== START logs for ")) open = true;
    else if (line.startsWith("==== END logs for ")) open = false;
    else if (!open) rest.push(line);
  }
  return { logs: splitDumpLogs(lines.slice(first).join("\n")), rest };
}
