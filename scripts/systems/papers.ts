/** What the papers and pages of the five systems report, and what cannot be set beside it. Sources: the README of each example. */

export interface Published {
  /** Folder below `examples/`. */
  system: string;
  /** Further pipelines of the folder, as paths from the root of the repository. */
  also?: readonly string[];
  paper: string;
  /** The published figures, in their own measure. */
  figures: string;
  /** What could not be reproduced for want of the original data. */
  missing: readonly string[];
}

export const published: readonly Published[] = [
  {
    system: 'pulse',
    also: ['examples/pulse/verification.json'],
    paper: 'Shao and others, Know Me by My Pulse, NDSS 2026 (abstract)',
    figures: '25 Hz, 26 people, 4 channels: accuracy 88.11 %, FAR 0.48 %, FRR 11.77 %, EER 2.76 %',
    missing: [
      'The We-Be data set and band: one wrist channel of 20 people (Stress-Predict) stands in for four channels of 26.',
      'Layer sizes, split, filters and the accuracy at each rate: not in any text that could be read; the sharp drop at 20 Hz does not show here.',
      'Rates above 64 Hz: no recording; they are costed without accuracy.',
    ],
  },
  {
    system: 'deepauth',
    paper: 'Lu and others, DeepAuth, ISWC 2018',
    figures:
      '155 people, lock patterns: accuracy 95 %, F1 0.84; sub-RNN 2 % below the 128-unit RNN, under 0.5 s on the watches',
    missing: [
      'Lock patterns: no such recording could be had; the people here sit, stand up, walk and turn.',
      'Cell type, widths, rate and length of a sequence: not published.',
      'The 2 % that the sub-RNN loses: on this data it is the better network.',
    ],
  },
  {
    system: 'waca',
    paper: 'Acar and others, WACA, SPW 2018 (abstract and project page)',
    figures: 'error 1 % with 30 s of typing, 2 to 3 % with 20 s; insiders identified 99.2 %',
    missing: [
      'Typing with both sensors: no recording could be had; the same movements as for deepauth stand in.',
      'Windows of 20 and 30 s: the recordings are 9 to 15 s long, so windows are 8 s.',
      'Rate, filter, list of features and EER of each distance: not on the page.',
    ],
  },
  {
    system: 'typing102',
    paper: 'Student re-implementation of WACA (project page)',
    figures: 'error around 20 % at first; no number after the corrections',
    missing: [
      'Typing: as for waca.',
      'Windows of 15 s and folds over days: recordings of 9 to 15 s, one visit a person.',
    ],
  },
  {
    system: 'smarteryou',
    paper: 'Lee and Lee, SmarterYou (arXiv)',
    figures:
      '35 people, two weeks, 6 s windows: accuracy 98.1 %, FRR 0.9 %, FAR 2.8 %; impostors locked out 90 % within 6 s, all by 18 s',
    missing: [
      'Two weeks of 35 people: two minutes of 16 people stand in, with windows of 3 s.',
      'The watch’s own power: the paper measured the phone; the radio between them is not costed here.',
    ],
  },
];
