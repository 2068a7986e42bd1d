/** The form in which addresses are compared everywhere: trimmed, letter case ignored. Empty for a blank one. */
export function comparableAddress(address: string): string {
  return address.trim().toLowerCase();
}
