/** Codes come from the server; one that we do not know is shown as it is, made readable. */
export function readable(code: string): string {
  const words = code.replace(/[_-]+/gu, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
