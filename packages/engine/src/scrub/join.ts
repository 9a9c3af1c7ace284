/** Puts together what a container runtime cut apart, so that a line is the line that the program wrote. */

/** CRI: `stamp stream P text`, `F` ends the line (kubernetes/cri-api, log format). Docker: a `log` that ends without `\n`. */
export function joinPartialLines(text: string): string {
  let joined = text;
  if (/std(?:out|err) P /.test(joined)) joined = joinCri(joined);
  if (joined.includes('{"log":"')) joined = joinDocker(joined);
  return joined;
}

const cri = /^(\d{4}-\d\d-\d\dT[0-9:.]{8,20}(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP])(?: |$)/;

function joinCri(text: string): string {
  const out: string[][] = [];
  const open = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const head = cri.exec(line.length > 80 ? line.slice(0, 80) : line);
    if (!head) {
      out.push([line]);
      continue;
    }
    const stream = head[2]!;
    const rest = line.slice(head[0].length);
    const begun = open.get(stream);
    const parts = begun ?? [`${head[1]} ${stream} F ${rest}`];
    if (begun) begun.push(rest);
    else out.push(parts);
    if (head[3] === "P") open.set(stream, parts);
    else open.delete(stream);
  }
  return out.map((parts) => parts.join("")).join("\n");
}

const dockerHead = '{"log":"';
const dockerTail = /","stream":"(stdout|stderr)"[^"]{0,8}(?:,"[a-z]{1,16}":"[^"]{0,64}")?\}?\s{0,8}$/;

function joinDocker(text: string): string {
  const out: string[][] = [];
  const open = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const tail = line.startsWith(dockerHead) ? dockerTail.exec(line.slice(-160)) : null;
    if (!tail) {
      out.push([line]);
      continue;
    }
    const stream = tail[1]!;
    const body = line.slice(0, line.length - tail[0].length);
    const begun = open.get(stream);
    const parts = begun ?? [body];
    if (begun) begun.splice(-1, 1, body.slice(dockerHead.length), tail[0]);
    else out.push((parts.push(tail[0]), parts));
    if (body.endsWith("\\n")) open.delete(stream);
    else open.set(stream, parts);
  }
  return out.map((parts) => parts.join("")).join("\n");
}
