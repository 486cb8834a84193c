/** A curve of values from 0 to 1 as one line of block characters, one a value. */
const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

export const curve = (values: readonly number[]): string =>
  values
    .map((value) => blocks[Math.max(0, Math.min(blocks.length - 1, Math.ceil(value * blocks.length) - 1))])
    .join('');
