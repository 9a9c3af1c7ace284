/** Why a text tells nothing, in one sentence. */
import type { Section } from "./sections";

const shellWord =
  /^\s{0,8}(?:\d{1,6}\*?\s{1,4}(?:\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} )?)?(?:cd|ls|ll|cat|vi|vim|nano|git|kubectl|k|docker|helm|sudo|ssh|curl|export|echo|make|npm(?!\s{1,4}(?:notice|warn|WARN|error|ERR!|verb|http|info))|yarn|python3?|pip|apt|brew|history|exit|clear|mkdir|rm|cp|mv|grep|tail|less|pwd|which|man|terraform|aws|gcloud|az)(?:\s|$)/;

function isShellHistory(filled: string[]): boolean {
  return filled.length >= 3 && filled.filter((line) => shellWord.test(line)).length >= filled.length * 0.7;
}
function isBase64(filled: string[]): boolean {
  const letters = filled.join("");
  return letters.length > 200 && filled.every((line) => /^[A-Za-z0-9+/=_-]{20,}$|^-{5}/.test(line.trim()));
}

/** @param isEmpty nothing at all was found; false: only a text that may be a log. null: it may well be one */
export function whyNothing(lines: string[], sections: Section[], isEmpty: boolean, fragments: number): string | null {
  const filled = lines.filter((line) => line.trim());
  const first = filled[0]?.trim() ?? "";
  if (isShellHistory(filled)) return "the input is a list of shell commands without their output: paste what they print";
  if (isBase64(filled)) return "the input is base64, not text that kubectl or a program printed";
  if (
    /^[{[]/.test(first) &&
    !filled.some((line) => /^\s*\{.*\}\s*$/.test(line)) &&
    filled.length > 0 &&
    /"(?:apiVersion|kind|items|metadata|spec|status)"/.test(filled.slice(0, 400).join("\n"))
  )
    return "the input is cut or broken JSON: nothing in it could be read";
  if (/^(?:apiVersion|kind|items|metadata|spec):/.test(first)) return "the input is YAML that holds no Kubernetes object that could be read";
  if (!isEmpty) return null;
  if (fragments) return "the input is a part of an object without its name: paste the whole of what kubectl printed";
  if (sections.some((section) => section.command !== null && section.command.verb !== "other")) return "the commands are there, but not what they printed";
  return "nothing in the input looks like kubectl output or a log";
}
