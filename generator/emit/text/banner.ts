/** A line that opens a section of the generated source. */
export const banner = (title: string): string => `// ${`-- ${title} `.padEnd(108, '-')}`;

/** 3353600 as 3,353,600. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
