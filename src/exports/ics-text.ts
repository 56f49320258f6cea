/** Lines of RFC 5545 (iCalendar). */

/** A content line, folded at 75 octets without splitting a character (section 3.1), with its CRLF. */
export function icsLine(name: string, value: string): string {
  const encoder = new TextEncoder();
  const folded: string[] = [];
  let line = '';
  let octets = 0;
  for (const character of `${name}:${value}`) {
    const width = encoder.encode(character).length;
    // Lines after the first begin with the space that marks them as folded.
    if (octets + width > 75) {
      folded.push(line);
      line = ' ';
      octets = 1;
    }
    line += character;
    octets += width;
  }
  return `${[...folded, line].join('\r\n')}\r\n`;
}

/** A value of type TEXT (section 3.3.11). Control characters other than tab and line feed are not allowed in one. */
export function icsText(text: string): string {
  return (
    text
      .replaceAll(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545 forbids them
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replaceAll(/[\\;,]/g, '\\$&')
      .replaceAll('\n', '\\n')
  );
}

/** A value of type DATE (section 3.3.4). */
export function icsDate(day: string): string {
  return day.replaceAll('-', '');
}

/** A value of type DATE-TIME in UTC (section 3.3.5). */
export function icsTime(iso: string): string {
  return `${iso.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
