/** When a refused request is sent again. */

/** client-go gives up on Retry-After after 10 times (rest/with_retry.go). */
const maxRetryAfter = 10;

/**
 * Milliseconds to wait, or null where the refusal stands. 429 and 503 with Retry-After are waited out; other server
 * errors are tried again after a short and growing pause.
 */
export function retryDelay(status: number, retryAfter: string | undefined, attempt: number, retries: number, random = Math.random): number | null {
  const asked = status === 429 || status >= 500 ? parseRetryAfter(retryAfter) : null;
  // Many clients were told the same second: a little spread keeps them from coming back together.
  if (asked !== null && retries > 0) return attempt < maxRetryAfter ? asked * 1000 + random() * 100 : null;
  const isPassing = status === 429 || status === 500 || status === 502 || status === 503 || status === 504;
  return isPassing && attempt < retries ? 100 * 2 ** attempt + random() * 50 : null;
}
function parseRetryAfter(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,6}$/.test(value.trim()) ? Number(value) : null;
}
