/** A word of a command as it can be pasted into a POSIX shell: quoted only when it must be. */
export function quoteArgument(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
