/** More names than this do not help on one line. */
const shown = 12;

/** Names with commas between them, the first dozen and how many more there are. */
export const listed = (names: readonly string[]): string =>
  names.length > shown
    ? `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`
    : names.join(', ');
