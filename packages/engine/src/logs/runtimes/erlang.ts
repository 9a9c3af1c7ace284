/** Erlang and Elixir: `** (Class) text`, then frames; boot failures as one tuple `{"init terminating in do_boot",{…}}`. */
import { type Block, type Link, type Reader } from "../block";
import type { Line } from "../line";

const head = /^(?:\*\* |ERROR\*\* )?\((?:(EXIT from #PID<[\d.]+>)|([A-Z]\w*(?:\.\w+)*)|(?:stop|exit|EXIT))\) (.*)$/;
const frame = /^\(?(?:[a-z_]\w* [\d.]+\) )?[\w/.-]{1,200}\.(?:exs?|erl):\d{1,7}: |^\((?:stdlib|elixir|kernel|mix)[ )]/;
const own = /([\w/.-]{1,200}\.exs?:\d{1,7}): /;

export const erlang: Reader = {
  name: "erlang",
  read(lines: Line[], at: number): Block | null {
    const text = lines[at]!.text;
    const boot = text.startsWith('{"init terminating in do_boot"') || text.startsWith("Runtime terminating during boot");
    const found = boot ? null : head.exec(text);
    if (!boot && (!found || !text.startsWith("** ("))) return null;
    const links: Link[] = [{ type: found?.[2] ?? null, message: found ? found[3]! : text.slice(0, 2000), at }];
    const said = [at];
    let app: string | null = null;
    let end = at + 1;
    for (; end < lines.length && end < at + 200; end++) {
      const line = lines[end]!;
      if (frame.test(line.text)) {
        const place = own.exec(line.text);
        if (place && !/^\((?:elixir|stdlib|mix|kernel|ecto|phoenix|plug)/.test(line.text)) app ??= place[1]!;
        continue;
      }
      if (line.text.startsWith("** (")) {
        const deeper = head.exec(line.text);
        links.push({ type: deeper?.[2] ?? null, message: deeper?.[3] ?? line.text, at: end });
        said.push(end);
        continue;
      }
      if (line.indent > 0 && end - at < 40 && line.level === null) said.push(end);
      else break;
    }
    return { runtime: "erlang", start: at, end, links, root: links.length - 1, frame: app, fatal: true, said };
  },
};
