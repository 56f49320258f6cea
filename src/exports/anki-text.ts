/** Text for the fields of a file that Anki imports as HTML, separated by tabs. */

/**
 * A field: escaped, on one line, with the line breaks and the indentation of the text. Quotation marks are escaped too,
 * so that no field looks like a quoted one, and so are Anki's own commands in square brackets.
 */
export function ankiField(text: string): string {
  return ankiText(text.replaceAll(/\r\n?/g, '\n').trimEnd())
    .replaceAll('\t', '    ')
    .replaceAll(/^ +| {2,}/gm, (spaces) => '&nbsp;'.repeat(spaces.length))
    .replaceAll('\n', '<br>');
}

/** Text that stands within a line of HTML. */
export function ankiText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/\[(?=sound:|anki:|latex\]|\$)/gi, '&#91;')
    .replaceAll('{{', '&#123;&#123;');
}

/** A tag: Anki separates tags by spaces. */
export function ankiTag(...parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(/[\s"]+/g, '_')).join('::');
}
