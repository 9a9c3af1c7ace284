/** Single files of undici: of the whole, most would be bundled for nothing. */
declare module "undici/lib/dispatcher/pool.js" {
  import { Pool } from "undici";
  export default Pool;
}
declare module "undici/lib/dispatcher/proxy-agent.js" {
  import { ProxyAgent } from "undici";
  export default ProxyAgent;
}
declare module "undici/lib/api/api-connect.js" {
  import type { Dispatcher } from "undici";
  /** As `request` below: a method that undici's entry point hangs on every dispatcher. */
  export default function connect(this: Dispatcher, options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
}
declare module "undici/lib/api/api-request.js" {
  import type { Dispatcher } from "undici";
  /** undici's entry point hangs this on every dispatcher; here it is called with the dispatcher as `this`. */
  export default function request(this: Dispatcher, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
}
