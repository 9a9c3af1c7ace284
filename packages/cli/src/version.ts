declare const UNLOOP_VERSION: string | undefined;

/** The version of the package; the build writes it in. */
export const version = typeof UNLOOP_VERSION === "string" ? UNLOOP_VERSION : "0.0.0-development";
