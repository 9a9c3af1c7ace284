/** What both browsers and Node have and the engine needs. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
declare class URL {
  constructor(url: string, base?: string);
  protocol: string;
  hostname: string;
  port: string;
  pathname: string;
  username: string;
  password: string;
}
declare function atob(data: string): string;
