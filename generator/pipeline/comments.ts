/**
 * Comments of a pipeline file as blanks, so that the rest keeps its lines and columns: from // to the end of the line, and between slash-star and star-slash. What stands in a text stays; a comment that
 * never ends is left for the syntax check to find.
 */
export const blankComments = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, ' '),
  );
