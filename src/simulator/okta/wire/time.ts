/** Okta prints whole seconds, `.000Z`, for all but the System Log. contracts/okta.md §1.3 */
export function timestamp(time: number): string;
export function timestamp(time: number | null): string | null;
export function timestamp(time: number | null): string | null {
  return time === null ? null : new Date(Math.floor(time / 1000) * 1000).toISOString();
}
